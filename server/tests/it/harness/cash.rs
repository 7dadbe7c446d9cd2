//! The money side of the tests' payment processor: charges, refunds, disputes, partners' accounts, transfers, payouts. Like the
//! real one it makes one transfer for a key, and forgets keys after a day.

use super::app::App;
use super::people::NORTHWIND;
use super::processor::Processor;
use async_trait::async_trait;
use contract::money::{Currency, Money};
use contract::revenue::RunState;
use contract::{PartnerId, Timestamp};
use domain::billing::entitlement::Status;
use domain::billing::ledger::Posting;
use domain::ports::{
    Bought, Charges, DisputeStatus, Effects, InvoiceLine, InvoiceStatus, Movement, NewTransfer, PayoutRun, PayoutRuns,
    PayoutStatus, Payouts, ProcessorAccount, ProcessorCharge, ProcessorDispute, ProcessorInvoice, ProcessorPayout,
    ProcessorRefund, ProcessorSubscription, ProcessorTransfer, RefundStatus, Reversal, Sent,
};
use domain::{Error, Result};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// What the processor keeps of each payment.
pub const FEE: i64 = 59;

/// Whether a step fails, and whether it does so before its work or after.
#[derive(Default)]
pub struct Fuse {
    /// Half-steps until it blows; negative when it is out.
    left: AtomicI64,
    blown: AtomicBool,
}

impl Fuse {
    /// Blows at this half-step: an even one is before a step's work, an odd one after it.
    pub fn set(&self, half_step: i64) {
        self.left.store(half_step + 1, Ordering::SeqCst);
        self.blown.store(false, Ordering::SeqCst);
    }

    /// Takes it out; gives whether it blew.
    pub fn out(&self) -> bool {
        self.left.store(0, Ordering::SeqCst);
        self.blown.swap(false, Ordering::SeqCst)
    }

    fn pass(&self) -> Result<()> {
        if self.blown.load(Ordering::SeqCst) {
            return Err(Error::Payments("the power is out".to_owned()));
        }
        if self.left.load(Ordering::SeqCst) > 0 && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.blown.store(true, Ordering::SeqCst);
            return Err(Error::Payments("the power went out".to_owned()));
        }
        Ok(())
    }

    /// Does the work of a step, unless it is out or goes out.
    pub async fn step<T>(&self, work: impl Future<Output = Result<T>> + Send) -> Result<T> {
        self.pass()?;
        let done = work.await?;
        self.pass()?;
        Ok(done)
    }
}

/// What the processor has.
#[derive(Default)]
pub struct Cash {
    /// Payments by id.
    pub charges: HashMap<String, ProcessorCharge>,
    /// Refunds by id.
    pub refunds: HashMap<String, ProcessorRefund>,
    /// Disputes by id.
    pub disputes: HashMap<String, ProcessorDispute>,
    /// Accounts by id.
    pub accounts: HashMap<String, ProcessorAccount>,
    /// Transfers in order.
    pub transfers: Vec<ProcessorTransfer>,
    /// Payouts with their accounts.
    pub payouts: Vec<(String, ProcessorPayout)>,
    /// What was answered to orders by key.
    pub keys: HashMap<String, Sent>,
    /// Whether nothing is available.
    pub short: bool,
}

/// Dollars and cents.
pub fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

impl Processor {
    /// Looks at the money, or changes it.
    pub fn cash<T>(&self, look: impl FnOnce(&mut Cash) -> T) -> T {
        look(&mut self.cash.lock().unwrap())
    }

    /// Northwind's subscription of `monitor`.
    pub fn has_plan(&self) {
        self.has_subscription(ProcessorSubscription {
            id: "sub_1".to_owned(),
            customer: "cus_1".to_owned(),
            bought: Some(Bought {
                organization: NORTHWIND.into(),
                listing: "monitor".into(),
                plan: "team".to_owned(),
                contract: None,
            }),
            status: Status::Active,
            period_end: Timestamp(1_900_000_000_000),
            cancel_at_period_end: false,
            seats: 1,
            item: String::new(),
            price: String::new(),
            currency: None,
            period_start: contract::Timestamp(0),
        });
    }

    /// There is a paid invoice of these lines (net and tax), `in_<id>` with `il_<id>_<n>`, paid by `ch_<id>` at this time. Nothing
    /// is told.
    pub fn has_paid(&self, id: &str, lines: &[(Money, i64)], at: Timestamp) {
        self.has_plan();
        let currency = lines[0].0.currency;
        let total = Money::new(lines.iter().map(|(net, tax)| net.minor + tax).sum(), currency);
        let line = |(number, (net, tax)): (usize, &(Money, i64))| InvoiceLine {
            id: format!("il_{id}_{number}"),
            subscription: Some("sub_1".to_owned()),
            net: *net,
            tax: Money::new(*tax, currency),
        };
        let invoice = format!("in_{id}");
        self.has_invoice(ProcessorInvoice {
            id: invoice.clone(),
            number: format!("NW-{id}"),
            customer: "cus_1".to_owned(),
            status: InvoiceStatus::Paid,
            currency,
            total,
            paid: total,
            created: at,
            paid_at: Some(at),
            url: String::new(),
            lines: lines.iter().enumerate().map(line).collect(),
        });
        let movement = Movement { id: format!("txn_{id}"), amount: total, fee: Money::new(FEE, currency), at };
        let charge = ProcessorCharge {
            id: format!("ch_{id}"),
            invoice: Some(invoice),
            amount: total,
            refunded: Money::new(0, currency),
            movement: Some(movement),
        };
        self.cash(|cash| cash.charges.insert(charge.id.clone(), charge));
    }

    /// The same, told and followed.
    pub async fn sells(&self, node: &App, id: &str, lines: &[(Money, i64)], at: Timestamp) {
        self.has_paid(id, lines, at);
        self.tell(node, &format!("evt_{id}_paid"), "invoice.paid", &format!("in_{id}")).await;
        self.tell(node, &format!("evt_{id}_charged"), "charge.succeeded", &format!("ch_{id}")).await;
        node.work_off().await;
    }

    /// A refund of `ch_<of>` is like this now.
    pub fn has_refund(&self, id: &str, of: &str, minor: i64, status: RefundStatus, created: Timestamp) {
        self.cash(|cash| {
            let charge = cash.charges.get_mut(&format!("ch_{of}")).unwrap();
            let amount = Money::new(minor, charge.amount.currency);
            let currency = charge.movement.as_ref().unwrap().amount.currency;
            charge.refunded.minor += minor;
            let movement = Movement {
                id: format!("txn_{id}"),
                amount: Money::new(-minor, currency),
                fee: Money::new(0, currency),
                at: created,
            };
            let charge = charge.id.clone();
            let movement = Some(movement);
            let refund = ProcessorRefund { id: id.to_owned(), charge, amount, status, created, movement };
            cash.refunds.insert(id.to_owned(), refund);
        });
    }

    /// A dispute of `ch_<of>` is like this now; what it moved follows from its state.
    pub fn has_dispute(&self, id: &str, of: &str, status: DisputeStatus, created: Timestamp) {
        self.cash(|cash| {
            let charge = cash.charges[&format!("ch_{of}")].clone();
            let movement = |name: &str, minor: i64, fee: i64| Movement {
                id: format!("txn_{id}_{name}"),
                amount: Money::new(minor, charge.amount.currency),
                fee: Money::new(fee, charge.amount.currency),
                at: created,
            };
            let mut movements = vec![movement("out", -charge.amount.minor, 1_500)];
            if status == DisputeStatus::Won {
                movements.push(movement("in", charge.amount.minor, -1_500));
            }
            let (amount, charge) = (charge.amount, charge.id);
            let dispute = ProcessorDispute { id: id.to_owned(), charge, amount, status, created, movements };
            cash.disputes.insert(id.to_owned(), dispute);
        });
    }

    /// A partner's account is ready, or not.
    pub fn account_is(&self, id: &str, ready: bool) {
        self.cash(|cash| {
            let account = ProcessorAccount {
                id: id.to_owned(),
                charges_enabled: ready,
                payouts_enabled: ready,
                details_submitted: ready,
                transfers_enabled: ready,
            };
            cash.accounts.insert(id.to_owned(), account);
        });
    }

    /// A payout of an account is like this now.
    pub fn has_payout(&self, account: &str, id: &str, minor: i64, status: PayoutStatus, arrives: Timestamp) {
        self.cash(|cash| {
            cash.payouts.retain(|(_, it)| it.id != id);
            let payout = ProcessorPayout { id: id.to_owned(), amount: usd(minor), status, arrives };
            cash.payouts.push((account.to_owned(), payout));
        });
    }

    async fn asked<T>(&self, look: impl FnOnce(&mut Cash) -> T + Send) -> Result<T>
    where
        T: Send,
    {
        self.answers()?;
        self.fuse.step(async { Ok(self.cash(look)) }).await
    }
}

#[async_trait]
impl Charges for Processor {
    async fn charge(&self, id: &str) -> Result<Option<ProcessorCharge>> {
        self.asked(|cash| cash.charges.get(id).cloned()).await
    }

    async fn charges_of(&self, invoice: &str) -> Result<Vec<ProcessorCharge>> {
        let of = |it: &&ProcessorCharge| it.invoice.as_deref() == Some(invoice);
        self.asked(|cash| cash.charges.values().filter(of).cloned().collect()).await
    }

    async fn refund(&self, id: &str) -> Result<Option<ProcessorRefund>> {
        self.asked(|cash| cash.refunds.get(id).cloned()).await
    }

    async fn refunds_of(&self, charge: &str) -> Result<Vec<ProcessorRefund>> {
        self.asked(|cash| cash.refunds.values().filter(|it| it.charge == charge).cloned().collect()).await
    }

    async fn dispute(&self, id: &str) -> Result<Option<ProcessorDispute>> {
        self.asked(|cash| cash.disputes.get(id).cloned()).await
    }

    async fn disputes_of(&self, charge: &str) -> Result<Vec<ProcessorDispute>> {
        self.asked(|cash| cash.disputes.values().filter(|it| it.charge == charge).cloned().collect()).await
    }
}

#[async_trait]
impl Payouts for Processor {
    async fn create_account(&self, partner: &PartnerId, _: &str) -> Result<ProcessorAccount> {
        let id = format!("acct_{partner}");
        if self.cash(|cash| !cash.accounts.contains_key(&id)) {
            self.account_is(&id, false);
        }
        self.asked(|cash| cash.accounts[&id].clone()).await
    }

    async fn account_link(&self, account: &str, back: &str, again: &str) -> Result<String> {
        self.asked(|_| format!("https://pay.example/setup/{account}?back={back}&again={again}")).await
    }

    async fn account(&self, id: &str) -> Result<Option<ProcessorAccount>> {
        self.asked(|cash| cash.accounts.get(id).cloned()).await
    }

    async fn transfer(&self, it: &NewTransfer) -> Result<Sent> {
        self.asked(|cash| {
            if let Some(kept) = cash.keys.get(&it.key) {
                return kept.clone();
            }
            let sent = if cash.short {
                Sent::Short
            } else {
                let made = ProcessorTransfer {
                    id: format!("tr_{}", cash.transfers.len() + 1),
                    account: it.account.clone(),
                    run: it.run.clone(),
                    amount: it.amount,
                    at: Timestamp(1_800_000_000_000),
                    reversals: Vec::new(),
                };
                cash.transfers.push(made.clone());
                Sent::Done(made)
            };
            cash.keys.insert(it.key.clone(), sent.clone());
            sent
        })
        .await
    }

    async fn transfer_of(&self, run: &str) -> Result<Option<ProcessorTransfer>> {
        self.asked(|cash| cash.transfers.iter().find(|it| it.run == run).cloned()).await
    }

    async fn transfers(&self) -> Result<Vec<ProcessorTransfer>> {
        self.asked(|cash| cash.transfers.clone()).await
    }

    async fn reverse(&self, transfer: &str, _: &str) -> Result<Reversal> {
        self.asked(|cash| {
            let made = cash.transfers.iter_mut().find(|it| it.id == transfer).unwrap();
            assert_eq!(made.reversals, [], "there is nothing left to take back");
            let reversal = Reversal { id: format!("trr_{transfer}"), amount: made.amount, at: made.at };
            made.reversals.push(reversal.clone());
            reversal
        })
        .await
    }

    async fn payout(&self, account: &str, id: &str) -> Result<Option<ProcessorPayout>> {
        let of = |(holder, it): &&(String, ProcessorPayout)| holder == account && it.id == id;
        self.asked(|cash| cash.payouts.iter().find(of).map(|(_, it)| it.clone())).await
    }

    async fn payouts_of(&self, account: &str) -> Result<Vec<ProcessorPayout>> {
        let of = |(holder, _): &&(String, ProcessorPayout)| holder == account;
        self.asked(|cash| cash.payouts.iter().filter(of).map(|(_, it)| it.clone()).collect()).await
    }
}

/// Runs behind the same fuse as the processor.
pub struct FusedRuns {
    /// Where they are kept.
    pub inner: Arc<dyn PayoutRuns>,
    /// What blows.
    pub fuse: Arc<Fuse>,
}

#[async_trait]
impl PayoutRuns for FusedRuns {
    async fn last_posting(&self) -> Result<i64> {
        self.fuse.step(self.inner.last_posting()).await
    }

    async fn earning_partners(&self) -> Result<Vec<PartnerId>> {
        self.fuse.step(self.inner.earning_partners()).await
    }

    async fn plan(&self, run: &PayoutRun) -> Result<bool> {
        self.fuse.step(self.inner.plan(run)).await
    }

    async fn runs_of(&self, partner: &PartnerId) -> Result<Vec<PayoutRun>> {
        self.fuse.step(self.inner.runs_of(partner)).await
    }

    async fn open_runs(&self) -> Result<Vec<PayoutRun>> {
        self.fuse.step(self.inner.open_runs()).await
    }

    async fn all_runs(&self) -> Result<Vec<PayoutRun>> {
        self.fuse.step(self.inner.all_runs()).await
    }

    async fn payout_run(&self, id: &str) -> Result<Option<PayoutRun>> {
        self.fuse.step(self.inner.payout_run(id)).await
    }

    async fn advance(&self, run: &PayoutRun, from: RunState, postings: &[Posting], effects: &Effects) -> Result<bool> {
        self.fuse.step(self.inner.advance(run, from, postings, effects)).await
    }
}

/// For [`Processor`].
pub type Held = Mutex<Cash>;

//! Proof of the books: against themselves, and against what the processor says now.

use super::ledger::{Account, Balances, Fault, Happened, Posting, Transfers, compare, verify};
use super::payout::closing::{carried, closed, of_currency};
use super::payout::{PlacedLine, placed};
use crate::ports::{DisputeStatus, Movement, PayoutRun, PayoutStatus, Posted};
use crate::{Error, Result, Services};
use contract::money::Money;
use contract::revenue::RunState;
use std::collections::{BTreeMap, BTreeSet};

/// Read at once.
const STEP: u64 = 500;

/// What was compared, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Postings that were read.
    pub postings: usize,
    /// Lines of paid invoices that the processor has.
    pub lines: usize,
    /// Fees, refunds, disputes, transfers and payouts that the processor has.
    pub events: usize,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Reads all books, and asks the processor for each paid invoice with what went back of it, and for all transfers.
pub async fn prove(services: &Services) -> Result<Proof> {
    let mut posted: Vec<Posted> = Vec::new();
    loop {
        let after = posted.last().map_or(0, |it| it.sequence);
        let step = services.ledger.posted_after(after, STEP).await?;
        if step.is_empty() {
            break;
        }
        posted.extend(step);
    }
    let mut seen = Seen::default();
    seen.invoices(services).await?;
    seen.partners(services).await?;
    let postings: Vec<Posting> = posted.iter().map(|it| it.posting.clone()).collect();
    let mut faults = verify(&postings, &seen.lines, &seen.transfers);
    faults.extend(compare(&postings, &seen.happened));
    faults.extend(statements(&posted, &services.payout_runs.all_runs().await?)?);
    Ok(Proof { postings: postings.len(), lines: seen.lines.len(), events: seen.happened.len(), faults })
}

/// What the processor has.
#[derive(Default)]
struct Seen {
    lines: BTreeSet<String>,
    happened: Happened,
    transfers: Transfers,
}

impl Seen {
    fn saw(&mut self, kind: &str, id: &str, amount: Money) {
        // What moves nothing has no entries.
        if amount.minor != 0 {
            self.happened.insert(format!("{kind}:{id}"), amount.minor.into());
        }
    }

    fn moved(&mut self, amount: Money, movement: &Movement) {
        self.saw("fee", &movement.id, movement.fee);
        if amount.currency != movement.amount.currency {
            self.saw("exchange", &movement.id, amount);
        }
    }

    /// Lines of paid invoices that are for subscriptions of ours, and what became of their payments.
    async fn invoices(&mut self, services: &Services) -> Result<()> {
        let mut after = String::new();
        loop {
            let step = services.billing.paid_invoices(&after, STEP).await?;
            let Some(last) = step.last() else { return Ok(()) };
            after.clone_from(last);
            for id in &step {
                let Some(invoice) = services.payments.invoice(id).await? else { continue };
                let mut sold = false;
                for line in invoice.lines {
                    let Some(subscription) = &line.subscription else { continue };
                    if services.billing.kept_subscription(subscription).await?.is_some() {
                        self.lines.insert(line.id);
                        // One that costs nothing is posted, and nothing can go back of it.
                        sold |= line.net.minor != 0 || line.tax.minor != 0;
                    }
                }
                if sold {
                    self.charges(services, id).await?;
                }
            }
        }
    }

    async fn charges(&mut self, services: &Services, invoice: &str) -> Result<()> {
        for charge in services.charges.charges_of(invoice).await? {
            if let Some(movement) = &charge.movement {
                self.moved(charge.amount, movement);
            }
            for refund in services.charges.refunds_of(&charge.id).await? {
                if refund.status.stands() {
                    self.saw("refund", &refund.id, refund.amount);
                    if let Some(movement) = &refund.movement {
                        self.moved(refund.amount.negated(), movement);
                    }
                }
            }
            for it in services.charges.disputes_of(&charge.id).await? {
                if it.withdrawn().is_none() {
                    continue;
                }
                self.saw("dispute_opened", &it.id, it.amount);
                match it.status {
                    DisputeStatus::Won if it.reinstated().is_some() => self.saw("dispute_won", &it.id, it.amount),
                    DisputeStatus::Lost => self.saw("dispute_lost", &it.id, it.amount),
                    _ => {}
                }
                for movement in &it.movements {
                    let amount = if movement.amount.minor < 0 { it.amount.negated() } else { it.amount };
                    self.moved(amount, movement);
                }
            }
        }
        Ok(())
    }

    /// Transfers to partners, and payouts of their accounts.
    async fn partners(&mut self, services: &Services) -> Result<()> {
        let accounts = services.partner_accounts.accounts().await?;
        let holders: BTreeMap<&str, &str> =
            accounts.iter().map(|it| (it.state.id.as_str(), it.partner.as_str())).collect();
        for it in services.payouts.transfers().await? {
            let Some(partner) = holders.get(it.account.as_str()) else { continue };
            self.saw("transfer", &it.id, it.amount);
            let mut sum = i128::from(it.amount.minor);
            for back in &it.reversals {
                self.saw("transfer_reversed", &back.id, back.amount);
                sum -= i128::from(back.amount.minor);
            }
            *self.transfers.entry(((*partner).to_owned(), it.amount.currency)).or_default() += sum;
        }
        for account in &accounts {
            for it in services.payouts.payouts_of(&account.state.id).await? {
                let posted = async |key: &str| services.invoice_books.posted_as(key).await;
                match it.status {
                    PayoutStatus::OnItsWay => {}
                    PayoutStatus::Paid => self.saw("payout", &it.id, it.amount),
                    // One that failed before anybody heard that it arrived was never posted.
                    PayoutStatus::Failed if posted(&format!("payout:{}", it.id)).await?.is_none() => {}
                    PayoutStatus::Failed => {
                        self.saw("payout", &it.id, it.amount);
                        self.saw("payout_failed", &it.id, it.amount);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Statements against the books: what each says is what was transferred, and all lines together are what is owed.
fn statements(posted: &[Posted], runs: &[PayoutRun]) -> Result<Vec<Fault>> {
    let too_much = || Error::Corrupt("a statement has more than there can be".to_owned());
    let mut faults = Vec::new();
    let balances = Balances::of(posted.iter().map(|it| &it.posting));
    for (account, currency, balance) in balances.iter() {
        let Account::PartnerPayable(partner) = account else { continue };
        let mut lines: Vec<PlacedLine> = placed(posted, partner);
        lines.retain(|it| it.line.amount.currency == currency);
        let by_lines: i128 = lines.iter().map(|it| i128::from(it.line.amount.minor)).sum();
        if by_lines != -balance {
            let (partner, books) = (partner.0.clone(), -balance);
            faults.push(Fault::Owed { partner, currency, statements: by_lines, books });
        }
        let own: Vec<PayoutRun> = runs.iter().filter(|run| run.partner == *partner).cloned().collect();
        let own = of_currency(&own, currency);
        let places = closed(&lines, &own);
        for (at, run) in own.iter().enumerate() {
            let before = carried(&lines, &places, &own, at).ok_or_else(too_much)?;
            let new = lines.iter().zip(&places).filter(|(_, place)| **place == Some(at));
            let statement =
                i128::from(before.minor) + new.map(|(it, _)| i128::from(it.line.amount.minor)).sum::<i128>();
            let transferred = match (&run.transfer, run.state) {
                (Some(transfer), RunState::Posted | RunState::Reversed) => sent(posted, transfer),
                _ => i128::from(run.amount.minor),
            };
            if statement != transferred {
                faults.push(Fault::Statement { run: run.id.clone(), statement, transferred });
            }
        }
    }
    Ok(faults)
}

fn sent(posted: &[Posted], transfer: &str) -> i128 {
    let key = format!("transfer:{transfer}");
    let found = posted.iter().find(|it| it.posting.key == key);
    found.and_then(|it| it.posting.entries().first()).map_or(0, |entry| i128::from(entry.money.minor))
}

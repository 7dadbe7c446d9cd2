//! What customers paid and what went back of it: fees, refunds, disputes.

use super::invoice;
use crate::billing::ledger::{Posting, rules};
use crate::billing::returned::InvoiceLedger;
use crate::ports::{DisputeStatus, Movement, ProcessorCharge, ProcessorDispute, ProcessorRefund};
use crate::{Error, Result, Services};
use contract::money::Money;

/// Somebody else may post of the same invoice at the same time; then it is looked at again.
const TRIES: usize = 8;

/// A payment: the processor's fee, and what went back of it.
pub async fn charge(services: &Services, id: &str) -> Result<()> {
    let Some(charge) = services.charges.charge(id).await? else { return Ok(()) };
    let refunds = if charge.refunded.minor == 0 { Vec::new() } else { services.charges.refunds_of(id).await? };
    settle(services, &charge, refunds, Vec::new()).await
}

/// A refund, and all others of its payment: in which order they are told does not matter.
pub async fn refund(services: &Services, id: &str) -> Result<()> {
    let Some(refund) = services.charges.refund(id).await? else { return Ok(()) };
    let Some(charge) = services.charges.charge(&refund.charge).await? else { return Ok(()) };
    let refunds = services.charges.refunds_of(&charge.id).await?;
    settle(services, &charge, refunds, Vec::new()).await
}

/// A dispute.
pub async fn dispute(services: &Services, id: &str) -> Result<()> {
    let Some(dispute) = services.charges.dispute(id).await? else { return Ok(()) };
    let Some(charge) = services.charges.charge(&dispute.charge).await? else { return Ok(()) };
    settle(services, &charge, Vec::new(), vec![dispute]).await
}

/// What was posted of the invoice of a payment; nothing where we sold nothing of it.
async fn books(services: &Services, id: &str) -> Result<Option<InvoiceLedger>> {
    let read = async || Ok::<_, Error>(InvoiceLedger::read(&services.invoice_books.posted_of(id).await?));
    let mut ledger = read().await?;
    if ledger.organization.is_none() {
        // It may not have been told of yet.
        invoice(services, id).await?;
        ledger = read().await?;
    }
    Ok(ledger.organization.is_some().then_some(ledger))
}

/// Posts what is missing.
async fn settle(
    services: &Services,
    charge: &ProcessorCharge,
    mut refunds: Vec<ProcessorRefund>,
    disputes: Vec<ProcessorDispute>,
) -> Result<()> {
    let Some(invoice) = &charge.invoice else { return Ok(()) };
    refunds.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    for _ in 0..TRIES {
        let Some(mut ledger) = books(services, invoice).await? else { return Ok(()) };
        let seen = ledger.seen;
        let mut found = Found { ledger: &mut ledger, invoice, postings: Vec::new() };
        if let Some(movement) = &charge.movement {
            found.moved(charge.amount, movement);
        }
        for refund in &refunds {
            found.refund(refund);
        }
        for dispute in &disputes {
            found.dispute(dispute);
        }
        let postings = found.postings;
        if postings.is_empty() || services.invoice_books.post_of(invoice, seen, &postings).await? {
            return Ok(());
        }
    }
    Err(Error::Payments(format!("{invoice} is being posted by somebody else")))
}

/// What is to be posted of an invoice.
struct Found<'a> {
    ledger: &'a mut InvoiceLedger,
    invoice: &'a str,
    postings: Vec<Posting>,
}

impl Found<'_> {
    fn post(&mut self, posting: Posting) {
        if !self.ledger.has(&posting.key) {
            self.ledger.add(&posting);
            self.postings.push(posting);
        }
    }

    fn post_all(&mut self, postings: Vec<Posting>) {
        for posting in postings {
            self.post(posting);
        }
    }

    /// What something moved in our balance, where it was `amount` to the customer: the fee, and the change of currency.
    fn moved(&mut self, amount: Money, movement: &Movement) {
        let of = |posting: Posting| posting.of(self.invoice);
        let fee = (movement.fee.minor != 0).then(|| of(rules::fee(&movement.id, movement.fee, movement.at)));
        let changed = (movement.amount.currency != amount.currency)
            .then(|| of(rules::exchange(&movement.id, amount, movement.amount, movement.at)));
        self.post_all(fee.into_iter().chain(changed).collect());
    }

    fn refund(&mut self, it: &ProcessorRefund) {
        let Some(organization) = self.ledger.organization.clone() else { return };
        let key = format!("refund:{}", it.id);
        if it.status.stands() {
            if self.ledger.has(&key) {
                return;
            }
            self.post(rules::refund(&it.id, self.invoice, &organization, it.amount, it.created));
            let credits = self.ledger.credits(&it.id, it.amount, it.created);
            self.post_all(credits);
            if let Some(movement) = &it.movement {
                self.moved(it.amount.negated(), movement);
            }
        } else {
            // It came back, whole: so does the change of currency.
            let mut prefixes = vec![key, format!("credit:{}:", it.id)];
            prefixes
                .extend(it.movement.iter().flat_map(|it| [format!("exchange:{}", it.id), format!("fee:{}", it.id)]));
            let prefixes: Vec<&str> = prefixes.iter().map(String::as_str).collect();
            let back = self.ledger.back(&prefixes, it.created);
            self.post_all(back);
        }
    }

    fn dispute(&mut self, it: &ProcessorDispute) {
        let Some(organization) = self.ledger.organization.clone() else { return };
        // A question of the bank that moves no money is not posted.
        let Some(withdrawn) = it.withdrawn() else { return };
        self.post(rules::dispute_opened(&it.id, self.invoice, it.amount, withdrawn));
        for movement in &it.movements {
            let amount = if movement.amount.minor < 0 { it.amount.negated() } else { it.amount };
            self.moved(amount, movement);
        }
        let lost = format!("dispute_lost:{}", it.id);
        match (it.status, it.reinstated()) {
            (DisputeStatus::Won, Some(at)) => {
                // Decided otherwise in the end.
                let back = self.ledger.back(&[&lost, &format!("credit:{}:", it.id)], at);
                self.post_all(back);
                self.post(rules::dispute_won(&it.id, self.invoice, it.amount, at));
            }
            (DisputeStatus::Lost, _) if !self.ledger.has(&lost) => {
                let at = withdrawn;
                self.post(rules::dispute_lost(&it.id, self.invoice, &organization, it.amount, at));
                let credits = self.ledger.credits(&it.id, it.amount, at);
                self.post_all(credits);
            }
            _ => {}
        }
    }
}

//! Proof of the books: against themselves, and against what the processor says now.

use super::ledger::{Fault, Posting, verify};
use crate::{Result, Services};
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
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Reads all books, and asks the processor for each paid invoice.
pub async fn prove(services: &Services) -> Result<Proof> {
    let mut postings: Vec<Posting> = Vec::new();
    let mut after = 0;
    loop {
        let step = services.ledger.posted_after(after, STEP).await?;
        let Some(last) = step.last() else { break };
        after = last.sequence;
        postings.extend(step.into_iter().map(|it| it.posting));
    }
    let lines = lines(services).await?;
    // Nothing is transferred to partners yet; what the books say of it has to be nothing.
    let faults = verify(&postings, &lines, &BTreeMap::new());
    Ok(Proof { postings: postings.len(), lines: lines.len(), faults })
}

/// Lines of paid invoices that are for subscriptions of ours.
async fn lines(services: &Services) -> Result<BTreeSet<String>> {
    let mut lines = BTreeSet::new();
    let mut after = String::new();
    loop {
        let step = services.billing.paid_invoices(&after, STEP).await?;
        let Some(last) = step.last() else { return Ok(lines) };
        after.clone_from(last);
        for id in &step {
            let Some(invoice) = services.payments.invoice(id).await? else { continue };
            for line in invoice.lines {
                let Some(subscription) = &line.subscription else { continue };
                if services.billing.kept_subscription(subscription).await?.is_some() {
                    lines.insert(line.id);
                }
            }
        }
    }
}

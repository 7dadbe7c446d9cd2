//! Subscriptions.

use contract::Timestamp;
use domain::billing::entitlement::Status;
use domain::ports::{Bought, ProcessorSubscription};
use domain::{Error, Result};
use std::collections::HashMap;
use stripe_shared::Subscription;

/// What we wrote beside a subscription when it was bought.
fn bought(metadata: &HashMap<String, String>) -> Option<Bought> {
    let of = |name: &str| metadata.get(name).filter(|value| !value.is_empty()).cloned();
    Some(Bought { organization: of("organization")?.into(), listing: of("listing")?.into(), plan: of("plan")? })
}

/// As the domain sees it.
pub fn read(it: &Subscription) -> Result<ProcessorSubscription> {
    let status = Status::parse(it.status.as_str());
    let status =
        status.ok_or_else(|| Error::Payments(format!("unknown status {:?} of {}", it.status.as_str(), it.id)))?;
    // Items of one subscription have one interval here, so they end together.
    let period_end = it.items.data.iter().map(|item| item.current_period_end).max().unwrap_or(it.start_date);
    Ok(ProcessorSubscription {
        id: it.id.to_string(),
        customer: it.customer.id().to_string(),
        bought: bought(&it.metadata),
        status,
        period_end: Timestamp(period_end.saturating_mul(1000)),
        cancel_at_period_end: it.cancel_at_period_end,
        seats: it.items.data.iter().filter_map(|item| item.quantity).max().unwrap_or(1),
    })
}

//! Subscriptions.

use contract::Timestamp;
use contract::money::Currency;
use domain::billing::entitlement::Status;
use domain::ports::{Bought, ProcessorSubscription};
use domain::{Error, Result};
use std::collections::HashMap;
use stripe_shared::Subscription;

/// What we wrote beside a subscription when it was bought.
fn bought(metadata: &HashMap<String, String>) -> Option<Bought> {
    let of = |name: &str| metadata.get(name).filter(|value| !value.is_empty()).cloned();
    Some(Bought {
        organization: of("organization")?.into(),
        listing: of("listing")?.into(),
        plan: of("plan")?,
        contract: of("contract"),
    })
}

/// As the domain sees it.
pub fn read(it: &Subscription) -> Result<ProcessorSubscription> {
    let running = matches!(it.status.as_str(), "active" | "trialing");
    // Whose invoices are not collected has paused it; the processor calls that active.
    let named = if running && it.pause_collection.is_some() { "paused" } else { it.status.as_str() };
    let status = Status::parse(named);
    let status =
        status.ok_or_else(|| Error::Payments(format!("unknown status {:?} of {}", it.status.as_str(), it.id)))?;
    // Items of one subscription have one interval here, so they end together.
    let period_end = it.items.data.iter().map(|item| item.current_period_end).max().unwrap_or(it.start_date);
    let first = it.items.data.first();
    let period_start = it.items.data.iter().map(|item| item.current_period_start).min().unwrap_or(it.start_date);
    Ok(ProcessorSubscription {
        id: it.id.to_string(),
        customer: it.customer.id().to_string(),
        bought: bought(&it.metadata),
        status,
        period_start: Timestamp(period_start.saturating_mul(1000)),
        period_end: Timestamp(period_end.saturating_mul(1000)),
        cancel_at_period_end: it.cancel_at_period_end,
        item: first.map(|item| item.id.to_string()).unwrap_or_default(),
        price: first.map(|item| item.price.id.to_string()).unwrap_or_default(),
        currency: Currency::parse(&it.currency.to_string()),
        seats: it.items.data.iter().filter_map(|item| item.quantity).max().unwrap_or(1),
    })
}

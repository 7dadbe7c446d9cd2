//! The plan that somebody bought, with the terms it was bought on: a change of price is for who buys later.

use crate::ports::KeptSubscription;
use crate::{Result, Services};
use contract::billing::Interval;
use contract::pricing::Plan;

/// The plan of a subscription as it was when it was bought; nothing where it is not known any more.
pub async fn plan_of(services: &Services, subscription: &KeptSubscription) -> Result<Option<Plan>> {
    Ok(terms_of(services, subscription).await?.map(|(plan, _)| plan))
}

/// The same with how often is paid.
pub async fn terms_of(services: &Services, subscription: &KeptSubscription) -> Result<Option<(Plan, Interval)>> {
    if let Some(kept) = services.purchases.kept_price(&subscription.state.price).await? {
        return Ok(Some((kept.plan, kept.interval)));
    }
    let bought = &subscription.bought;
    let Some(listing) = services.catalogue.listing(&bought.listing).await? else { return Ok(None) };
    let plan = listing.manifest.pricing.plan.iter().find(|plan| plan.id == bought.plan).cloned();
    Ok(plan.map(|plan| (plan, Interval::Monthly)))
}

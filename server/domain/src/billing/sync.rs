//! The prices of our listings at the processor: made where they are missing, retired where nobody sells at them any more.

use super::price::{for_sale, key, wanted};
use crate::ports::{KeptPrice, ListedPrice, Listing, WantedPrice};
use crate::{Result, Services};
use contract::ListingId;
use contract::billing::Interval;
use contract::manifest::Manifest;
use contract::pricing::{Charge, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// Kind of the job that makes and retires prices. Key: `nightly`.
pub const PRICES_JOB: &str = "sync_prices";

/// Keys of the prices of private offers begin like this; no listing is called so.
pub(super) const OFFER_KEY: &str = "offer:";

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceReport {
    /// Prices that are as they should be.
    pub right: u32,
    /// Prices that were missing and are there now.
    pub made: u32,
    /// Prices that nobody can buy at any more.
    pub retired: u32,
    /// What differs and a person has to look at, one sentence each.
    pub differences: Vec<String>,
}

/// Compares all prices, and makes and retires what is needed when `write` is set.
pub async fn sync_prices(services: &Services, write: bool) -> Result<PriceReport> {
    let mut report = PriceReport::default();
    let listed: BTreeMap<String, ListedPrice> =
        services.shop.prices().await?.into_iter().map(|price| (price.key.clone(), price)).collect();
    let mut ours = BTreeSet::new();
    for listing in services.catalogue.listings().await? {
        for plan in &listing.manifest.pricing.plan {
            for interval in Interval::ALL.into_iter().filter(|interval| for_sale(plan, *interval)) {
                let key = key(listing.id.as_str(), plan, interval);
                compare(services, &listing, (plan, interval), listed.get(&key), write, &mut report).await?;
                ours.insert(key);
            }
        }
        for kept in services.purchases.kept_prices(&listing.id).await? {
            let old = !ours.contains(&kept.key);
            if old && listed.get(&kept.key).is_some_and(|price| price.active) {
                if write {
                    services.shop.retire_price(&kept.id).await?;
                    report.retired += 1;
                } else {
                    report.differences.push(format!("{} is still sold, and should not be.", kept.key));
                }
            }
            ours.insert(kept.key);
        }
    }
    let of_offer = |price: &ListedPrice| price.key.starts_with(OFFER_KEY);
    let unknown = listed.values().filter(|price| price.active && !of_offer(price) && !ours.contains(&price.key));
    report.differences.extend(unknown.map(|price| format!("{} ({}) was not made here.", price.key, price.id)));
    Ok(report)
}

async fn compare(
    services: &Services,
    listing: &Listing,
    (plan, interval): (&Plan, Interval),
    listed: Option<&ListedPrice>,
    write: bool,
    report: &mut PriceReport,
) -> Result<()> {
    let key = key(listing.id.as_str(), plan, interval);
    match listed {
        Some(it) if it.active => {
            let meter = (plan.charge == Charge::Metered).then_some("");
            let should = wanted(&listing.manifest, plan, interval, meter);
            let told = |should: &WantedPrice| {
                !it.steps.is_empty()
                    && it.steps.iter().all(|(currency, steps)| should.steps.get(currency) == Some(steps))
            };
            if should.is_some_and(|should| told(&should)) {
                report.right += 1;
            } else {
                report.differences.push(format!("{key} ({}) costs something else at the processor.", it.id));
            }
        }
        _ if write => {
            price_id(services, &listing.id, &listing.manifest, plan, interval).await?;
            report.made += 1;
        }
        _ => report.differences.push(format!("{key} is missing at the processor.")),
    }
    Ok(())
}

/// The meter of what is counted; nothing where nothing is.
async fn meter(services: &Services, listing: &ListingId, plan: &Plan) -> Result<Option<String>> {
    match &plan.meter {
        Some(meter) if plan.charge == Charge::Metered => services.meters.ensure(listing, meter.unit).await.map(Some),
        _ => Ok(None),
    }
}

/// The id of a plan's price at the processor, which is made if it is not there. Its terms are kept beside it.
pub(super) async fn price_id(
    services: &Services,
    listing: &ListingId,
    manifest: &Manifest,
    plan: &Plan,
    interval: Interval,
) -> Result<Option<String>> {
    let meter = meter(services, listing, plan).await?;
    let Some(wanted) = wanted(manifest, plan, interval, meter.as_deref()) else { return Ok(None) };
    let WantedPrice { key, .. } = &wanted;
    let id = services.shop.put_price(&wanted).await?;
    let kept = KeptPrice {
        id: id.clone(),
        key: key.clone(),
        listing: listing.clone(),
        plan: plan.clone(),
        interval,
        created_at: services.clock.now(),
    };
    services.purchases.keep_price(&kept).await?;
    Ok(Some(id))
}

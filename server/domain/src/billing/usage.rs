//! What a subscription to a metered plan used, what it comes to, and what that costs.

use super::currency::currency_of;
use super::entitlement::Status;
use super::forecast::{by_day, cost, forecast};
use super::metering::{Running, metered_plan};
use crate::ports::KeptSubscription;
use crate::{Result, Services};
use contract::money::Money;
use contract::pricing::MeterUnit;
use contract::usage::{AtCap, CapView, UsageUnit, UsageView};

/// What is charged for, as people see it.
pub(super) const fn unit(of: MeterUnit) -> UsageUnit {
    match of {
        MeterUnit::Event => UsageUnit::Event,
        MeterUnit::Action => UsageUnit::Action,
        MeterUnit::Gb => UsageUnit::Gb,
    }
}

/// What was used in the present billing period; nothing where the plan is not metered.
pub async fn usage(services: &Services, subscription: &KeptSubscription) -> Result<Option<UsageView>> {
    match metered_plan(services, subscription.clone()).await? {
        Some(running) => view(services, running).await.map(Some),
        None => Ok(None),
    }
}

async fn view(services: &Services, it: Running) -> Result<UsageView> {
    let now = services.clock.now();
    let (from, until) = it.period(now);
    let (id, bought) = (&it.subscription.state.id, &it.subscription.bought);
    let hours = services.metering.used_by_hour(id, it.meter.unit, from, until).await?;
    let days = by_day(&hours, from, now);
    let used = days.iter().fold(0_i64, |sum, (_, quantity)| sum.saturating_add(*quantity));
    let cap = services.spending.cap(id).await?;
    let stop = cap.as_ref().filter(|it| it.at == AtCap::Stop).map_or(i64::MAX, |it| it.cap.max(used));
    let forecast = forecast(&days, from, until, now).min(stop);
    let currency = match it.subscription.state.currency {
        Some(currency) => currency,
        None => currency_of(services, &bought.organization).await?,
    };
    let currency = it.plan.currency(currency);
    // What is used while a plan is tried is free.
    let tried = it.subscription.state.status == Status::Trialing;
    let price = |quantity| if tried { Money::new(0, currency) } else { cost(&it.plan, &it.meter, quantity, currency) };
    let listing = services.catalogue.listing(&bought.listing).await?;
    let unit = unit(it.meter.unit);
    let counted = |units: u64| i64::try_from(units).unwrap_or(i64::MAX).saturating_mul(unit.counted());
    Ok(UsageView {
        subscription: id.clone(),
        listing: bought.listing.clone(),
        name: listing.map(|it| it.manifest.name.clone()).unwrap_or_default(),
        plan: it.plan.name.clone(),
        unit,
        included: counted(it.meter.included),
        price: it.plan.month(currency).unwrap_or(Money::new(0, currency)),
        per: counted(it.meter.per.into()),
        used,
        at_cap: cap.as_ref().is_some_and(|it| used >= it.cap),
        cap: cap.map(|it| CapView { cap: it.cap, at: it.at }),
        forecast,
        days,
        cost_so_far: price(used),
        forecast_cost: price(forecast),
        from,
        until,
        now,
    })
}

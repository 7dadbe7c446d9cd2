//! Which meter runs for what an organization uses, and when its billing periods begin and end.

use super::access::Access;
use super::plan::plan_of;
use crate::ports::{KeptSubscription, Metered};
use crate::{Result, Services};
use contract::Timestamp;
use contract::pricing::{Charge, Meter, Plan};

const HOUR_MS: i64 = 3_600_000;

/// A subscription to a metered plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// The subscription.
    pub subscription: KeptSubscription,
    /// Its plan.
    pub plan: Plan,
    /// What the plan counts.
    pub meter: Meter,
}

impl Running {
    /// The billing period: from a time until just before another. Where the processor's word of the next period is late, one
    /// of the same length follows.
    pub fn period(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        let (start, end) = (self.subscription.state.period_start, self.subscription.state.period_end);
        if now < end { (start, end) } else { (end, end.plus_ms(end.since(start).max(HOUR_MS))) }
    }

    /// Where something that is used now is counted. An hour in which a period begins is counted in two parts, so that each is
    /// on the right bill.
    pub fn place(&self, now: Timestamp) -> Metered {
        let hour = Timestamp(now.0 - now.0.rem_euclid(HOUR_MS));
        Metered {
            subscription: self.subscription.state.id.clone(),
            hour: hour.max(self.period(now).0),
            unit: self.meter.unit,
        }
    }
}

/// The metered plan of a subscription; nothing where the plan charges otherwise.
pub async fn metered_plan(services: &Services, subscription: KeptSubscription) -> Result<Option<Running>> {
    let Some(plan) = plan_of(services, &subscription).await? else { return Ok(None) };
    let meter = plan.meter.clone().filter(|_| plan.charge == Charge::Metered);
    Ok(meter.map(|meter| Running { subscription, plan, meter }))
}

/// The meter that runs for whoever uses something with this access. For what is free, nothing is asked.
pub async fn running(services: &Services, access: &Access) -> Result<Option<Running>> {
    let Some(id) = access.subscription.as_ref().filter(|_| access.entitlement.works()) else { return Ok(None) };
    match services.billing.kept_subscription(id).await? {
        Some(subscription) => metered_plan(services, subscription).await,
        None => Ok(None),
    }
}

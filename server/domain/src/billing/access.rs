//! Whether an organization may use a listing, and with which plan. Every place that lets something work asks here.

use super::entitlement::{Entitlement, GRACE_DAYS, Reason, Subscription, entitlement};
use crate::ports::{KeptSubscription, Listing};
use crate::{Result, Services};
use contract::pricing::{Charge, Pricing, PricingModel};
use contract::{ErrorCode, OrganizationId, PublicError, Timestamp};

/// What an organization may use of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Id of the plan; nothing where nothing is sold, or where there is none.
    pub plan: Option<String>,
    /// What it entitles to.
    pub entitlement: Entitlement,
    /// Id of the subscription it follows from; nothing for what is free.
    pub subscription: Option<String>,
}

impl Access {
    /// Everything, without a plan: nothing of it is sold.
    pub const FREE: Self = Self { plan: None, entitlement: Entitlement::Full, subscription: None };

    /// Why it does not work, with what to do; nothing where it works. `name` is the listing's.
    pub fn refusal(&self, name: &str) -> Option<PublicError> {
        let Entitlement::Stopped(reason) = self.entitlement else { return None };
        let (title, detail, next) = match reason {
            Reason::NotSubscribed => (
                "There is no plan for this",
                format!("{name} needs a plan, and the organization has none."),
                "Choose a plan on the integration's page; everything works again at once.",
            ),
            Reason::NotPaid => (
                "A payment is missing",
                format!("A payment for {name} has been missing for {GRACE_DAYS} days or more. Nothing was deleted."),
                "Pay the open invoice under Billing; everything works again at once.",
            ),
            Reason::Paused => (
                "The plan is paused",
                format!("The plan of {name} is paused. Nothing was deleted."),
                "Add a way to pay under Billing; everything works again at once.",
            ),
            Reason::Ended => (
                "The plan has ended",
                format!("The plan of {name} has ended. Nothing was deleted."),
                "Choose a plan on the integration's page; everything works again at once.",
            ),
        };
        Some(PublicError::new(ErrorCode::PaymentRequired, title, detail, next))
    }
}

/// What the subscription is entitled to now.
pub fn entitlement_of(kept: &KeptSubscription, now: Timestamp) -> Entitlement {
    let subscription = Subscription {
        status: kept.state.status,
        period_end: kept.state.period_end,
        cancel_at_period_end: kept.state.cancel_at_period_end,
        past_due_since: kept.past_due_since,
    };
    entitlement(Some(&subscription), now)
}

/// What an organization may use of a listing now.
///
/// Of several subscriptions the one that works counts, the newest of them first. A free plan needs no subscription; it is
/// what is left when another plan has ended. Whoever has not paid and has not cancelled either does not get it: until one of
/// the two, everything stands still.
pub async fn access(services: &Services, organization: &OrganizationId, listing: &Listing) -> Result<Access> {
    let pricing = &listing.manifest.pricing;
    if !pricing.model.sells() {
        return Ok(Access::FREE);
    }
    let mut theirs = services.billing.subscriptions_of(organization).await?;
    theirs.retain(|it| it.bought.listing == listing.id);
    Ok(decide(pricing, &theirs, services.clock.now()))
}

/// The decision, of the subscriptions to one listing, the newest first.
fn decide(pricing: &Pricing, theirs: &[KeptSubscription], now: Timestamp) -> Access {
    let judged = |kept: &KeptSubscription| Access {
        plan: Some(kept.bought.plan.clone()),
        entitlement: entitlement_of(kept, now),
        subscription: Some(kept.state.id.clone()),
    };
    let all: Vec<Access> = theirs.iter().map(judged).collect();
    let first = |wanted: &dyn Fn(Entitlement) -> bool| all.iter().find(|it| wanted(it.entitlement)).cloned();
    let works = first(&|it| it.works());
    let unpaid = || first(&|it| matches!(it, Entitlement::Stopped(Reason::NotPaid | Reason::Paused)));
    let over = || first(&|it| it == Entitlement::Stopped(Reason::Ended));
    let none = Access { entitlement: Entitlement::Stopped(Reason::NotSubscribed), ..Access::FREE };
    works.or_else(unpaid).or_else(|| free(pricing)).or_else(over).unwrap_or(none)
}

/// The free plan of a listing that has one beside others.
fn free(pricing: &Pricing) -> Option<Access> {
    let plan = pricing.plan.iter().find(|plan| plan.charge == Charge::Free);
    let plan = plan.filter(|_| pricing.model == PricingModel::Freemium)?;
    Some(Access { plan: Some(plan.id.clone()), ..Access::FREE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::entitlement::Status;
    use crate::ports::{Bought, ProcessorSubscription};

    const DAY_MS: i64 = 86_400_000;

    fn kept(id: &str, status: Status) -> KeptSubscription {
        let bought =
            Bought { organization: "org_1".into(), listing: "monitor".into(), plan: "team".to_owned(), contract: None };
        let state = ProcessorSubscription {
            id: id.to_owned(),
            customer: "cus_1".to_owned(),
            bought: Some(bought.clone()),
            status,
            period_start: Timestamp(0),
            period_end: Timestamp(30 * DAY_MS),
            cancel_at_period_end: false,
            seats: 1,
            item: String::new(),
            price: String::new(),
            currency: None,
        };
        KeptSubscription { state, bought, past_due_since: (status == Status::PastDue).then_some(Timestamp(0)) }
    }

    fn pricing(model: PricingModel) -> Pricing {
        let plan = |id: &str, charge: &str| {
            serde_json::from_value(serde_json::json!({ "id": id, "name": id, "summary": "x", "charge": charge }))
                .unwrap()
        };
        Pricing { model, plan: vec![plan("basic", "free"), plan("team", "flat")] }
    }

    fn decided(model: PricingModel, theirs: &[KeptSubscription]) -> (Option<String>, Entitlement, Option<String>) {
        let it = decide(&pricing(model), theirs, Timestamp(20 * DAY_MS));
        (it.plan, it.entitlement, it.subscription)
    }

    #[test]
    fn what_works_counts_whatever_else_there_was() {
        let theirs = [kept("sub_3", Status::Canceled), kept("sub_2", Status::Active), kept("sub_1", Status::Active)];
        let expected = (Some("team".to_owned()), Entitlement::Full, Some("sub_2".to_owned()));
        assert_eq!(decided(PricingModel::Paid, &theirs), expected);
    }

    #[test]
    fn without_a_plan_only_what_is_free_works() {
        let stopped = |reason| Entitlement::Stopped(reason);
        assert_eq!(decided(PricingModel::Paid, &[]), (None, stopped(Reason::NotSubscribed), None));
        assert_eq!(decided(PricingModel::Freemium, &[]), (Some("basic".to_owned()), Entitlement::Full, None));
        let over = [kept("sub_1", Status::Canceled)];
        assert_eq!(decided(PricingModel::Paid, &over).1, stopped(Reason::Ended));
        assert_eq!(decided(PricingModel::Freemium, &over).0.as_deref(), Some("basic"));
        let begun = [kept("sub_1", Status::Incomplete)];
        assert_eq!(decided(PricingModel::Paid, &begun), (None, stopped(Reason::NotSubscribed), None));
    }

    #[test]
    fn who_has_not_paid_does_not_get_the_free_plan_before_they_cancel() {
        for (status, reason) in
            [(Status::PastDue, Reason::NotPaid), (Status::Unpaid, Reason::NotPaid), (Status::Paused, Reason::Paused)]
        {
            let it = decided(PricingModel::Freemium, &[kept("sub_1", status)]);
            assert_eq!((it.1, it.2.as_deref()), (Entitlement::Stopped(reason), Some("sub_1")), "{status:?}");
        }
    }
}

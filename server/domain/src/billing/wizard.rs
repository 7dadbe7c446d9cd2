//! The first step of the wizard for what is sold: whether there is a plan that works.

use super::access::access;
use super::bill::state_of;
use super::buy::{live, may_try, settle_open};
use super::entitlement::Entitlement;
use super::pricing::pricing_view;
use crate::permission::Permission;
use crate::ports::Listing;
use crate::{Actor, Result, Services};
use contract::billing::{PlanStep, SubscriptionState};
use contract::plan::PricingView;

/// What stands between a person and the plans of a listing; nothing where nothing of it is sold. What was paid just now is
/// asked for, so nobody waits for the processor to tell.
pub async fn plan_step(services: &Services, actor: &Actor, listing: &Listing) -> Result<Option<PlanStep>> {
    if !listing.manifest.pricing.model.sells() {
        return Ok(None);
    }
    let pricing = pricing_view(services, actor, &listing.manifest).await?;
    let Actor::Person(person) = actor else { return Ok(Some(nothing_yet(pricing))) };
    let organization = person.organization();
    let waiting = settle_open(services, organization, &listing.id).await?;
    let access = access(services, organization, listing).await?;
    let plans = &listing.manifest.pricing.plan;
    let name = access
        .plan
        .as_ref()
        .map(|id| plans.iter().find(|plan| plan.id == *id).map_or_else(|| id.clone(), |plan| plan.name.clone()));
    let theirs = services.billing.subscriptions_of(organization).await?;
    let state = access.subscription.as_ref().and_then(|id| theirs.iter().find(|it| it.state.id == *id));
    let state = state.map(|it| state_of(it, services.clock.now()));
    let note = match (state, access.entitlement) {
        (Some((SubscriptionState::Trial, until)), _) => format!("Tried until {}.", until.date()),
        (_, Entitlement::Ending(at)) => format!("Ends on {}.", at.date()),
        (_, Entitlement::Grace(at)) => format!("A payment failed; it works until {}.", at.date()),
        _ => String::new(),
    };
    let members = services.organizations.members(organization).await?.len();
    Ok(Some(PlanStep {
        pricing,
        subscribed: live(services, organization, &listing.id).await?.is_some(),
        works: access.entitlement.works(),
        plan: name,
        note,
        may_buy: person.may(Permission::ManageBilling),
        waiting,
        trial: may_try(services, organization, &listing.id).await?,
        members: u32::try_from(members).unwrap_or(u32::MAX),
    }))
}

/// What visitors see.
const fn nothing_yet(pricing: PricingView) -> PlanStep {
    PlanStep {
        pricing,
        plan: None,
        note: String::new(),
        works: false,
        subscribed: false,
        may_buy: false,
        waiting: false,
        trial: false,
        members: 1,
    }
}

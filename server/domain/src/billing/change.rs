//! Changing what was bought. What a change costs is shown first, for a moment that stays the same until it is confirmed; if
//! the processor would charge anything else then, nothing is changed and it is shown again.

use super::bill::subscription_view;
use super::follow::subscription;
use super::plan::terms_of;
use super::price::{for_sale, has_seats, period_price, price_words, quantity};
use super::sync::price_id;
use crate::audit::{Subject, entry};
use crate::identity::sha256_hex;
use crate::permission::Permission;
use crate::ports::{Effects, KeptSubscription, Listing, PlanChange};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::billing::{ChangeView, Interval, PlanChoice, PreviewLine, PreviewView};
use contract::money::{Currency, Money};
use contract::pricing::Plan;
use contract::{ErrorCode, PublicError, Timestamp};
use serde_json::json;

/// A preview holds for so long.
const HOLDS_MS: i64 = 3_600_000;

/// What somebody wants instead of what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTerms {
    /// The plan.
    pub plan: String,
    /// How often is paid.
    pub interval: Interval,
    /// Seats.
    pub seats: u64,
}

/// One subscription of the organization as the processor has it now, with its listing: what was told may be late, and what a
/// change costs depends on it.
async fn load(services: &Services, person: &Person, id: &str) -> Result<(KeptSubscription, Listing)> {
    let theirs = services.billing.subscriptions_of(person.organization()).await?;
    let found = theirs.into_iter().find(|it| it.state.id == id);
    let kept = found.ok_or_else(|| PublicError::not_found("subscription"))?;
    let it = subscription(services, id).await?.unwrap_or(kept);
    let listing = services.catalogue.listing(&it.bought.listing).await?;
    Ok((it, listing.ok_or_else(|| PublicError::not_found("integration"))?))
}

/// The page of a change: what it can change to and, once that is chosen, what it costs.
pub async fn change_page(
    services: &Services,
    actor: &Actor,
    id: &str,
    wanted: Option<&NewTerms>,
) -> Result<ChangeView> {
    let person = actor.require(Permission::ManageBilling)?;
    let (it, listing) = load(services, person, id).await?;
    let view = subscription_view(services, &it, &listing).await?;
    let currency = it.state.currency.unwrap_or(Currency::USD);
    let mut choices = Vec::new();
    for plan in &listing.manifest.pricing.plan {
        let sold_in_it = plan.currency(currency) == currency;
        for interval in Interval::ALL.into_iter().filter(|interval| sold_in_it && for_sale(plan, *interval)) {
            choices.push(PlanChoice {
                id: plan.id.clone(),
                name: plan.name.clone(),
                price: price_words(plan, interval, currency),
                interval,
                seats: has_seats(plan),
                current: plan.id == it.bought.plan && interval == view.interval,
            });
        }
    }
    let preview = match wanted {
        Some(wanted) => Some(preview(services, &it, &listing, wanted, services.clock.now()).await?),
        None => None,
    };
    Ok(ChangeView { subscription: view, choices, preview })
}

/// The plan that is wanted, and the change that leads to it.
async fn planned<'a>(
    services: &Services,
    it: &KeptSubscription,
    listing: &'a Listing,
    wanted: &NewTerms,
    at: Timestamp,
) -> Result<(&'a Plan, PlanChange)> {
    if !it.state.status.is_changeable() || it.bought.contract.is_some() {
        return Err(unchangeable().into());
    }
    let plan = listing.manifest.pricing.plan.iter().find(|plan| plan.id == wanted.plan);
    let plan = plan.filter(|plan| for_sale(plan, wanted.interval)).ok_or_else(|| PublicError::not_found("plan"))?;
    // A subscription is paid in one currency, whatever it is changed to.
    if it.state.currency.is_some_and(|currency| plan.currency(currency) != currency) {
        return Err(PublicError::not_found("plan").into());
    }
    let quantity = quantity(plan, wanted.seats);
    // Who keeps plan and interval keeps the price too, whatever it costs others today.
    let stays = terms_of(services, it).await?.is_some_and(|(now, every)| now.id == plan.id && every == wanted.interval);
    if stays && (!has_seats(plan) || quantity == Some(it.state.seats)) {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "That is what you have",
            format!("The plan {} is yours already.", plan.name),
            "Choose another plan, interval or number of seats.",
        )
        .into());
    }
    let price = if stays {
        None
    } else {
        let made = price_id(services, &listing.id, &listing.manifest, plan, wanted.interval).await?;
        Some(made.ok_or_else(|| PublicError::not_found("plan"))?)
    };
    let change = PlanChange {
        subscription: it.state.id.clone(),
        item: it.state.item.clone(),
        price,
        plan: plan.id.clone(),
        quantity,
        at,
    };
    Ok((plan, change))
}

fn unchangeable() -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "It can't be changed now",
        "Only plans that are paid or tried can be changed.",
        "Pay the open invoice or resume the plan first, under Billing.",
    )
}

async fn preview(
    services: &Services,
    it: &KeptSubscription,
    listing: &Listing,
    wanted: &NewTerms,
    at: Timestamp,
) -> Result<PreviewView> {
    let (plan, change) = planned(services, it, listing, wanted, at).await?;
    let currency = it.state.currency.unwrap_or(Currency::USD);
    let then = match services.purchases.kept_price(change.price.as_ref().unwrap_or(&it.state.price)).await? {
        Some(kept) => period_price(&kept.plan, kept.interval, currency, wanted.seats),
        None => period_price(plan, wanted.interval, currency, wanted.seats),
    };
    if it.state.status.is_trial() {
        // A trial costs nothing, before the change and after it.
        let nothing = Money::new(0, currency);
        return Ok(PreviewView { lines: Vec::new(), tax: nothing, total: nothing, due: nothing, then, at });
    }
    let shown = services.shop.preview(&change).await?;
    let line = |line: crate::ports::PreviewedLine| PreviewLine { text: line.text, amount: line.amount };
    Ok(PreviewView {
        lines: shown.lines.into_iter().map(line).collect(),
        tax: shown.tax,
        total: shown.total,
        due: shown.due,
        then,
        at,
    })
}

/// Makes a change that was shown: for the same moment and the same sum, or not at all.
pub async fn change(
    services: &Services,
    actor: &Actor,
    id: &str,
    wanted: &NewTerms,
    at: Timestamp,
    total: i64,
) -> Result<()> {
    let person = actor.require(Permission::ManageBilling)?;
    let (it, listing) = load(services, person, id).await?;
    let age = services.clock.now().since(at);
    if !(0..HOLDS_MS).contains(&age) {
        return Err(shown_before("It was computed more than an hour ago.").into());
    }
    let (plan, change) = planned(services, &it, &listing, wanted, at).await?;
    let now = preview(services, &it, &listing, wanted, at).await?;
    if now.total.minor != total {
        return Err(shown_before(&format!("It would cost {} now.", now.total)).into());
    }
    let key = format!("{}:{}:{:?}:{:?}:{}", change.subscription, it.state.price, change.price, change.quantity, at.0);
    services.shop.change(&change, &format!("change:{}", sha256_hex(&key))).await?;
    let after = json!({ "plan": plan.id, "interval": wanted.interval, "seats": wanted.seats, "total": now.total });
    record(services, actor, person, AuditAction::PlanChanged, &it, &listing, after).await?;
    subscription(services, id).await.map(|_| ())
}

fn shown_before(why: &str) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "The price has to be shown again",
        format!("{why} Nothing was changed."),
        "Look at the new preview, and confirm it.",
    )
}

async fn record(
    services: &Services,
    actor: &Actor,
    person: &Person,
    action: AuditAction,
    it: &KeptSubscription,
    listing: &Listing,
    after: serde_json::Value,
) -> Result<()> {
    let subject = Subject::new("subscription", &it.state.id, &listing.manifest.name);
    let before = json!({ "plan": it.bought.plan, "seats": it.state.seats, "status": it.state.status.as_str() });
    let event = entry(services, actor, person.organization(), action, subject).before(before).after(after);
    services.effects.apply(&Effects::audited(event)).await
}

/// What can be done with a subscription as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// End it with its period.
    Cancel,
    /// Not end it after all.
    Keep,
    /// Stop using it and paying for it.
    Pause,
    /// Use it and pay for it again.
    Resume,
}

impl Deed {
    /// Reads its name.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "cancel" => Self::Cancel,
            "keep" => Self::Keep,
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            _ => return None,
        })
    }

    const fn action(self) -> AuditAction {
        match self {
            Self::Cancel => AuditAction::PlanCancelled,
            Self::Keep => AuditAction::PlanKept,
            Self::Pause => AuditAction::PlanPaused,
            Self::Resume => AuditAction::PlanResumed,
        }
    }
}

/// Cancels, keeps, pauses or resumes; doing it twice is the same as once.
pub async fn decide(services: &Services, actor: &Actor, id: &str, deed: Deed) -> Result<()> {
    let person = actor.require(Permission::ManageBilling)?;
    let (it, listing) = load(services, person, id).await?;
    if !it.state.status.is_live() {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "It is over",
            format!("The plan of {} has ended.", listing.manifest.name),
            "Choose a plan on the integration's page.",
        )
        .into());
    }
    if it.bought.contract.is_some() {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "It lasts for its term",
            "This plan comes from a private offer. It ends by itself.",
            "Talk to the partner about ending it earlier.",
        )
        .into());
    }
    if deed == Deed::Pause && !it.state.status.is_changeable() {
        return Err(unchangeable().into());
    }
    match deed {
        Deed::Cancel => services.shop.end_with_period(id, true).await?,
        Deed::Keep => services.shop.end_with_period(id, false).await?,
        Deed::Pause => services.shop.pause(id, true).await?,
        Deed::Resume => services.shop.pause(id, false).await?,
    }
    record(services, actor, person, deed.action(), &it, &listing, serde_json::Value::Null).await?;
    subscription(services, id).await.map(|_| ())
}

/// The processor's page on which payment details are changed, for what is paid in this currency.
pub async fn portal(services: &Services, actor: &Actor, currency: &str) -> Result<String> {
    let person = actor.require(Permission::ManageBilling)?;
    let organization = person.organization();
    let mut theirs = services.purchases.customers_of(organization).await?;
    theirs.sort_by_key(|(it, _)| it.code() != currency);
    let (_, customer) = theirs.into_iter().next().ok_or_else(|| {
        PublicError::new(
            ErrorCode::Conflict,
            "Nothing was bought yet",
            "How you pay is asked for when you buy something for the first time.",
            "Choose a plan on the page of an integration.",
        )
    })?;
    let url = services.shop.portal(&customer, &format!("{}/billing", services.settings.public_url)).await?;
    let subject = Subject::new("customer", &customer, &person.viewer.organization_name);
    let event = entry(services, actor, organization, AuditAction::PaymentMethodOpened, subject);
    services.effects.apply(&Effects::audited(event)).await?;
    Ok(url)
}

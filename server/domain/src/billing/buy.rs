//! Buying a plan. The order is written down before the processor is asked, and its id makes it one order however often it is
//! sent: whoever closes the tab, presses twice or loses the connection finds it again.

use super::currency::currency_of;
use super::follow::subscription;
use super::offer::{accepted, offer_price};
use super::price::{for_sale, monthly_share, period_price, quantity};
use super::sync::price_id;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::policy::Standing;
use crate::ports::{Checkout, CheckoutState, Effects, KeptSubscription, Listing, Order, Purchase, Selling};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::billing::Interval;
use contract::money::Currency;
use contract::pricing::Plan;
use contract::{ErrorCode, ListingId, OrganizationId, PublicError};
use serde_json::json;

/// An order that is older is begun anew: the processor keeps one for a day.
const FRESH_MS: i64 = 20 * 3_600_000;
/// Most seats that can be bought without talking to anybody.
const MOST_SEATS: u64 = 100_000;

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The listing.
    pub listing: ListingId,
    /// The plan.
    pub plan: String,
    /// How often is paid.
    pub interval: Interval,
    /// Seats.
    pub seats: u64,
    /// Id of the private offer that is accepted, if one is.
    pub offer: Option<String>,
}

impl Wish {
    fn is_of(&self, it: &Purchase) -> bool {
        let same = (it.plan.as_str(), it.interval, it.seats) == (self.plan.as_str(), self.interval, self.seats);
        same && it.offer == self.offer
    }
}

/// Orders a plan; gives the address to go to: the processor's page, or the wizard where it is paid already.
pub async fn buy(services: &Services, actor: &Actor, wish: &Wish) -> Result<String> {
    let person = actor.require(Permission::ManageBilling)?;
    let listing = services.catalogue.listing(&wish.listing).await?;
    let listing = listing.ok_or_else(|| PublicError::not_found("integration"))?;
    let plan = on_sale(services, &listing, wish)?;
    let price = period_price(plan, wish.interval, Currency::USD, wish.seats);
    let cents = price.map_or(0, |price| monthly_share(price, wish.interval).minor);
    order(services, actor, person, &listing, wish, cents).await
}

/// Orders what is for sale at a price that the policy judges, in US cents a month.
pub(super) async fn order(
    services: &Services,
    actor: &Actor,
    person: &Person,
    listing: &Listing,
    wish: &Wish,
    monthly_cents: i64,
) -> Result<String> {
    let organization = person.organization();
    let standing = Standing::at(services, person, listing, Some(monthly_cents)).await?;
    if let Some(refusal) = standing.refusal() {
        return Err(refusal.into());
    }
    // What is on its way is found again; an order for something else takes its place.
    for open in services.purchases.open_purchases(organization, &listing.id).await? {
        let same = wish.is_of(&open) && services.clock.now().since(open.created_at) < FRESH_MS;
        match settle(services, &open, Some(person)).await? {
            Some(Checkout { state: CheckoutState::Complete, .. }) => return Ok(wizard_address(&listing.id)),
            Some(Checkout { state: CheckoutState::Open, url: Some(url), .. }) if same => return Ok(url),
            Some(Checkout { state: CheckoutState::Open, id, .. })
                if give_up(services, &open, &id).await? == CheckoutState::Complete =>
            {
                return Ok(wizard_address(&listing.id));
            }
            _ => {}
        }
    }
    if live(services, organization, &listing.id).await?.is_some() {
        return Err(bought_already(&listing.manifest.name).into());
    }
    let now = services.clock.now();
    let purchase = Purchase {
        id: services.ids.id("pur", now),
        organization: organization.clone(),
        person: person.user().clone(),
        listing: listing.id.clone(),
        plan: wish.plan.clone(),
        interval: wish.interval,
        seats: wish.seats,
        offer: wish.offer.clone(),
        session: None,
        url: None,
        state: CheckoutState::Open,
        created_at: now,
    };
    let what = format!("{} · {}", listing.manifest.name, wish.plan);
    let event = entry(services, actor, organization, AuditAction::PlanOrdered, Subject::new("plan", &purchase.id, what))
        .after(json!({ "listing": listing.id, "plan": wish.plan, "offer": wish.offer, "interval": wish.interval, "seats": wish.seats }));
    services.purchases.begin_purchase(&purchase, &Effects::audited(event)).await?;
    let sent = send(services, &purchase, Some(person)).await?;
    sent.and_then(|it| it.url).ok_or_else(|| not_on_sale(&listing.manifest.name).into())
}

/// The plan, if it is sold here in this way.
fn on_sale<'a>(services: &Services, listing: &'a Listing, wish: &Wish) -> Result<&'a Plan> {
    let name = &listing.manifest.name;
    let plan = listing.manifest.pricing.plan.iter().find(|plan| plan.id == wish.plan);
    let plan = plan.ok_or_else(|| PublicError::not_found("plan"))?;
    if services.payments.selling() == Selling::Off || !for_sale(plan, wish.interval) {
        return Err(not_on_sale(name).into());
    }
    if !(1..=MOST_SEATS).contains(&wish.seats) {
        return Err(PublicError::new(
            ErrorCode::Invalid,
            "That is no number of seats",
            format!("From 1 to {MOST_SEATS} seats can be bought here."),
            "Enter a number in between; for more, ask the partner for an offer.",
        )
        .at("seats")
        .into());
    }
    Ok(plan)
}

fn not_on_sale(name: &str) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "This plan can't be bought here",
        format!("{name} is not sold in this way on this marketplace."),
        "Choose another plan or interval; plans by agreement are offered by the partner.",
    )
}

fn bought_already(name: &str) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "There is a plan already",
        format!("Your organization has a plan of {name}."),
        "Change plan or seats under Billing; you pay the difference only.",
    )
}

/// Where the wizard goes on once it is paid.
fn wizard_address(listing: &ListingId) -> String {
    format!("/integrations/{listing}/install")
}

/// The subscription of an organization to a listing that is not over, the newest.
pub(super) async fn live(
    services: &Services,
    organization: &OrganizationId,
    listing: &ListingId,
) -> Result<Option<KeptSubscription>> {
    let theirs = services.billing.subscriptions_of(organization).await?;
    Ok(theirs.into_iter().find(|it| it.bought.listing == *listing && it.state.status.is_live()))
}

/// Whether the organization may still try the listing: once, whatever came of it.
pub(super) async fn may_try(services: &Services, organization: &OrganizationId, listing: &ListingId) -> Result<bool> {
    let theirs = services.billing.subscriptions_of(organization).await?;
    Ok(!theirs.iter().any(|it| it.bought.listing == *listing))
}

/// The customer that an organization is, if it is one in this currency.
async fn kept_customer(
    services: &Services,
    organization: &OrganizationId,
    currency: Currency,
) -> Result<Option<String>> {
    let theirs = services.purchases.customers_of(organization).await?;
    Ok(theirs.into_iter().find(|(it, _)| *it == currency).map(|(_, customer)| customer))
}

/// The customer of an organization, made when it buys in this currency for the first time: the processor takes only one
/// currency of a customer.
async fn customer(
    services: &Services,
    organization: &OrganizationId,
    currency: Currency,
    buyer: Option<&Person>,
) -> Result<String> {
    if let Some(customer) = kept_customer(services, organization, currency).await? {
        return Ok(customer);
    }
    let (name, email) = match buyer {
        Some(person) => (person.viewer.organization_name.clone(), person.viewer.email.clone()),
        None => (organization.to_string(), String::new()),
    };
    let customer = services.shop.create_customer(organization, currency, &name, &email).await?;
    services.purchases.keep_customer(organization, currency, &customer, services.clock.now()).await?;
    // Of two that were made at once the first is kept.
    Ok(kept_customer(services, organization, currency).await?.unwrap_or(customer))
}

/// What the processor has to know of what is sold.
struct Sold {
    price: String,
    currency: Currency,
    quantity: Option<u64>,
    trial_days: u16,
}

/// What an order is for, at today's price of the plan or at that of the offer. Nothing where it is not sold any more.
async fn sold(services: &Services, listing: &Listing, it: &Purchase) -> Result<Option<Sold>> {
    if let Some(offer) = &it.offer {
        let offered = offer_price(services, listing, &it.organization, offer).await?;
        return Ok(offered.map(|(price, currency)| Sold { price, currency, quantity: Some(1), trial_days: 0 }));
    }
    let manifest = &listing.manifest;
    let Some(plan) = manifest.pricing.plan.iter().find(|plan| plan.id == it.plan) else { return Ok(None) };
    let price = price_id(services, &listing.id, manifest, plan, it.interval).await?;
    let currency = plan.currency(currency_of(services, &it.organization).await?);
    let (quantity, trial_days) = (quantity(plan, it.seats), plan.trial_days);
    Ok(price.map(|price| Sold { price, currency, quantity, trial_days }))
}

/// Sends an order that was written down, and keeps what the processor calls it. Nothing where it is not sold any more.
async fn send(services: &Services, it: &Purchase, buyer: Option<&Person>) -> Result<Option<Checkout>> {
    let Some(listing) = services.catalogue.listing(&it.listing).await? else { return Ok(None) };
    let Some(sold) = sold(services, &listing, it).await? else { return Ok(None) };
    let tries = sold.trial_days > 0 && may_try(services, &it.organization, &it.listing).await?;
    let (url, wizard) = (&services.settings.public_url, wizard_address(&it.listing));
    let back = if it.offer.is_some() {
        "/billing".to_owned()
    } else {
        format!("{wizard}?plan={}&interval={}&seats={}", it.plan, it.interval.as_str(), it.seats)
    };
    let order = Order {
        id: it.id.clone(),
        customer: customer(services, &it.organization, sold.currency, buyer).await?,
        organization: it.organization.clone(),
        listing: it.listing.clone(),
        plan: it.plan.clone(),
        price: sold.price,
        currency: sold.currency,
        quantity: sold.quantity,
        trial_days: tries.then_some(sold.trial_days),
        contract: it.offer.clone(),
        paid_url: format!("{url}{wizard}?paid={}", it.id),
        back_url: format!("{url}{back}"),
    };
    let checkout = services.shop.begin_checkout(&order).await?;
    if checkout.state != CheckoutState::Expired {
        services.purchases.purchase_sent(&it.id, &checkout.id, checkout.url.as_deref()).await?;
    }
    Ok(Some(checkout))
}

/// What became of an order. What was paid is kept at once: nobody waits for the processor to tell.
pub(super) async fn settle(services: &Services, it: &Purchase, buyer: Option<&Person>) -> Result<Option<Checkout>> {
    let checkout = match &it.session {
        Some(session) => services.shop.checkout(session).await?,
        // It was written down, and perhaps never sent: it is sent now, which changes nothing if it was.
        None => send(services, it, buyer).await?,
    };
    let state = checkout.as_ref().map_or(CheckoutState::Expired, |it| it.state);
    if state == CheckoutState::Complete
        && let Some(id) = checkout.as_ref().and_then(|it| it.subscription.as_ref())
    {
        keep_bought(services, it, id).await?;
    }
    if state != CheckoutState::Open {
        services.purchases.purchase_ended(&it.id, state).await?;
    }
    Ok(checkout)
}

/// Keeps what was bought; an offer is accepted by that.
async fn keep_bought(services: &Services, it: &Purchase, id: &str) -> Result<()> {
    if let Some(offer) = &it.offer {
        accepted(services, it, offer, id).await?;
    }
    subscription(services, id).await.map(|_| ())
}

/// Closes an open order; gives what became of it, because it may have been paid meanwhile.
async fn give_up(services: &Services, it: &Purchase, session: &str) -> Result<CheckoutState> {
    let now = services.shop.expire_checkout(session).await?;
    let state = now.as_ref().map_or(CheckoutState::Expired, |it| it.state);
    if let (CheckoutState::Complete, Some(id)) = (state, now.and_then(|it| it.subscription)) {
        keep_bought(services, it, &id).await?;
    }
    services.purchases.purchase_ended(&it.id, state).await?;
    Ok(state)
}

/// Follows up what the processor says of an order.
pub(super) async fn follow_order(services: &Services, session: &str) -> Result<()> {
    let Some(purchase) = services.purchases.purchase_by_session(session).await? else { return Ok(()) };
    settle(services, &purchase, None).await.map(|_| ())
}

/// Looks after the orders of an organization for a listing that may have been paid; gives whether one still waits.
pub async fn settle_open(services: &Services, organization: &OrganizationId, listing: &ListingId) -> Result<bool> {
    let mut waits = false;
    for open in services.purchases.open_purchases(organization, listing).await? {
        if open.session.is_some() {
            let state = settle(services, &open, None).await?.map(|it| it.state);
            waits |= state == Some(CheckoutState::Open);
        }
    }
    Ok(waits)
}

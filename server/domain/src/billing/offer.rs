//! Private offers: a partner makes a price to one organization, which accepts it by paying. It lasts for its term and ends by
//! itself.

use super::buy::{Wish, order};
use super::price::monthly_share;
use super::sync::OFFER_KEY;
use super::told::{announce, message};
use crate::audit::{Subject, entry, system_entry};
use crate::permission::Permission;
use crate::ports::{Effects, KeptPrice, Listing, Offer, PriceStep, Purchase, Scheme, WantedPrice};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::billing::Interval;
use contract::money::{Currency, Money};
use contract::notice::NoticeKind;
use contract::offer::{OfferChoice, OfferList, OfferState, OfferView};
use contract::pricing::{Amounts, Charge, Plan};
use contract::{ErrorCode, OrganizationId, PartnerId, PublicError};
use serde_json::json;

/// Longest message.
const MAX_MESSAGE: usize = 1_000;
/// The processor takes eight digits at most.
const MOST: i64 = 99_999_999;
/// An offer can be accepted for so many days.
const OPEN_DAYS: i64 = 30;

/// What a partner fills in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOffer {
    /// Listing and plan, as in `monitor.enterprise`.
    pub choice: String,
    /// Id of the organization.
    pub organization: String,
    /// What is paid each time, such as `1200` or `1200.50`.
    pub price: String,
    /// Code of the currency.
    pub currency: String,
    /// How often.
    pub interval: Interval,
    /// How long, in months.
    pub months: String,
    /// What is to be said.
    pub message: String,
}

fn partner(person: &Person) -> Result<PartnerId> {
    let none = || PublicError::forbidden(Permission::ManageRevenue.what());
    Ok(person.viewer.partner.clone().ok_or_else(none)?)
}

fn wrong(field: &str, title: &str, detail: &str, next: &str) -> crate::Error {
    PublicError::new(ErrorCode::Invalid, title, detail, next).at(field).into()
}

/// Plans of a partner's listings that can be offered: all but the free ones.
async fn offerable(services: &Services, partner: &PartnerId) -> Result<Vec<(Listing, Plan)>> {
    let listings = services.catalogue.listings().await?;
    let theirs = listings.into_iter().filter(|it| it.partner.id == *partner && it.manifest.sold());
    let plans = |listing: Listing| {
        let plans = listing.manifest.pricing.plan.clone().into_iter().filter(|plan| plan.charge != Charge::Free);
        plans.map(move |plan| (listing.clone(), plan)).collect::<Vec<_>>()
    };
    let mut all: Vec<(Listing, Plan)> = theirs.flat_map(plans).collect();
    // What is sold by agreement alone is what offers are usually for.
    all.sort_by_key(|(_, plan)| plan.charge != Charge::Contract);
    Ok(all)
}

/// A price as it is written, in minor units. Nothing that is not exact is taken.
fn amount(text: &str, currency: Currency) -> Option<i64> {
    let text = text.trim().replace([',', ' '], "");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = usize::try_from(currency.digits()).ok()?;
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > digits || !plain(whole) || !plain(fraction) {
        return None;
    }
    let minor = format!("{whole}{fraction:0<digits$}").parse().ok()?;
    (1..=MOST).contains(&minor).then_some(minor)
}

/// Makes an offer.
pub async fn make_offer(services: &Services, actor: &Actor, new: &NewOffer) -> Result<()> {
    let person = actor.require(Permission::ManageRevenue)?;
    let partner = partner(person)?;
    let offerable = offerable(services, &partner).await?;
    let found = offerable.into_iter().find(|(listing, plan)| format!("{}.{}", listing.id, plan.id) == new.choice);
    let (listing, plan) = found.ok_or_else(|| {
        wrong("choice", "Unknown plan", "None of your plans is called so.", "Pick one from the list.")
    })?;
    let organization = OrganizationId(new.organization.trim().to_owned());
    let known = services.organizations.organization(&organization).await?.ok_or_else(|| {
        let next = "Ask the customer for it; it stands under Settings, Organization.";
        wrong("organization", "Unknown organization", "No organization has this ID.", next)
    })?;
    let currency = Currency::parse(&new.currency).unwrap_or(known.currency);
    let minor = amount(&new.price, currency).ok_or_else(|| {
        wrong("price", "That is no price", "A price is a number above nothing.", "Write it like 1200 or 1200.50.")
    })?;
    let step = if new.interval == Interval::Annual { 12 } else { 1 };
    let months: u32 = new.months.trim().parse().unwrap_or_default();
    if !(1..=60).contains(&months) || !months.is_multiple_of(step) {
        let detail = "A term has 1 to 60 months; paid by the year it has whole years.";
        return Err(wrong("months", "That is no term", detail, "Write 12, 24 or 36, for example."));
    }
    let text = new.message.trim();
    if text.chars().count() > MAX_MESSAGE {
        return Err(wrong("message", "Too long", "A message has at most 1,000 characters.", "Shorten it."));
    }
    let now = services.clock.now();
    let offer = Offer {
        id: services.ids.id("off", now),
        partner,
        organization,
        listing: listing.id.clone(),
        plan: plan.id.clone(),
        message: text.to_owned(),
        price: Money::new(minor, currency),
        interval: new.interval,
        months,
        state: OfferState::Open,
        created_by: person.user().clone(),
        created_at: now,
        expires_at: now.plus_ms(OPEN_DAYS * 86_400_000),
    };
    let subject = Subject::new("offer", &offer.id, &listing.manifest.name);
    let event = system_entry(services, actor, AuditAction::OfferMade, subject).after(said(&offer));
    let mut effects = Effects::audited(event);
    let title = format!("{} offers you {} {}", listing.partner.name, listing.manifest.name, plan.name);
    let body = format!(
        "{} a {} before tax, for {} months. It can be accepted until {}.",
        offer.price.short(),
        offer.interval.unit(),
        offer.months,
        offer.expires_at.date()
    );
    announce(services, &mut effects, &offer.organization, &message(NoticeKind::Payments, title, body)).await?;
    services.offers.add_offer(&offer, &effects).await
}

fn said(it: &Offer) -> serde_json::Value {
    json!({
        "organization": it.organization, "listing": it.listing, "plan": it.plan, "price": it.price,
        "interval": it.interval, "months": it.months,
    })
}

async fn view(services: &Services, it: Offer) -> Result<Option<OfferView>> {
    let Some(listing) = services.catalogue.listing(&it.listing).await? else { return Ok(None) };
    let plan = listing.manifest.pricing.plan.iter().find(|plan| plan.id == it.plan);
    let organization = services.organizations.organization(&it.organization).await?;
    Ok(Some(OfferView {
        plan_name: plan.map_or_else(|| it.plan.clone(), |plan| plan.name.clone()),
        listing_name: listing.manifest.name.clone(),
        partner_name: listing.partner.name.clone(),
        organization_name: organization.map(|it| it.name).unwrap_or_default(),
        id: it.id,
        listing: it.listing,
        organization: it.organization.0,
        message: it.message,
        price: it.price,
        interval: it.interval,
        months: it.months,
        state: it.state,
        created_at: it.created_at,
        expires_at: it.expires_at,
    }))
}

/// The partner's offers.
pub async fn partner_offers(services: &Services, actor: &Actor) -> Result<OfferList> {
    let person = actor.require(Permission::SeeRevenue)?;
    let partner = partner(person)?;
    let mut offers = Vec::new();
    for it in services.offers.offers_of(&partner).await? {
        offers.extend(view(services, it).await?);
    }
    let choice = |(listing, plan): (Listing, Plan)| OfferChoice {
        id: format!("{}.{}", listing.id, plan.id),
        name: format!("{} · {}", listing.manifest.name, plan.name),
    };
    Ok(OfferList {
        offers,
        may_manage: person.may(Permission::ManageRevenue),
        choices: offerable(services, &partner).await?.into_iter().map(choice).collect(),
        now: services.clock.now(),
    })
}

/// Takes an open offer back.
pub async fn withdraw_offer(services: &Services, actor: &Actor, id: &str) -> Result<()> {
    let person = actor.require(Permission::ManageRevenue)?;
    let theirs = services.offers.offers_of(&partner(person)?).await?;
    let it = theirs.into_iter().find(|it| it.id == id).ok_or_else(|| PublicError::not_found("offer"))?;
    let subject = Subject::new("offer", &it.id, &it.listing);
    let event = system_entry(services, actor, AuditAction::OfferWithdrawn, subject);
    ended(services.offers.end_offer(id, OfferState::Withdrawn, &Effects::audited(event)).await?)
}

/// Offers that wait for an organization's answer.
pub(super) async fn open_offers(services: &Services, organization: &OrganizationId) -> Result<Vec<OfferView>> {
    let now = services.clock.now();
    let mut open = Vec::new();
    for it in services.offers.offers_for(organization).await? {
        if it.state == OfferState::Open && now < it.expires_at {
            open.extend(view(services, it).await?);
        }
    }
    Ok(open)
}

async fn open_offer(services: &Services, person: &Person, id: &str) -> Result<Offer> {
    let theirs = services.offers.offers_for(person.organization()).await?;
    let it = theirs.into_iter().find(|it| it.id == id).ok_or_else(|| PublicError::not_found("offer"))?;
    ended(it.state == OfferState::Open && services.clock.now() < it.expires_at)?;
    Ok(it)
}

fn ended(open: bool) -> Result<()> {
    if open {
        return Ok(());
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "The offer is not open any more",
        "It was answered, taken back, or its time is over.",
        "Ask the partner for a new one.",
    )
    .into())
}

/// Declines an offer.
pub async fn decline_offer(services: &Services, actor: &Actor, id: &str) -> Result<()> {
    let person = actor.require(Permission::ManageBilling)?;
    let it = open_offer(services, person, id).await?;
    let subject = Subject::new("offer", &it.id, &it.listing);
    let event = entry(services, actor, person.organization(), AuditAction::OfferDeclined, subject);
    ended(services.offers.end_offer(id, OfferState::Declined, &Effects::audited(event)).await?)
}

/// Accepts an offer; gives the address where it is paid.
pub async fn accept_offer(services: &Services, actor: &Actor, id: &str) -> Result<String> {
    let person = actor.require(Permission::ManageBilling)?;
    let it = open_offer(services, person, id).await?;
    let listing = services.catalogue.listing(&it.listing).await?;
    let listing = listing.ok_or_else(|| PublicError::not_found("integration"))?;
    let wish = Wish {
        listing: it.listing.clone(),
        plan: it.plan.clone(),
        interval: it.interval,
        seats: 1,
        offer: Some(it.id.clone()),
    };
    // The policy counts in dollars; another currency can't be compared, so it asks.
    let cents = if it.price.currency == Currency::USD { monthly_share(it.price, it.interval).minor } else { i64::MAX };
    order(services, actor, person, &listing, &wish, cents).await
}

/// The price of an offer at the processor and its currency, made where it is missing. Nothing where the offer is not open.
pub(super) async fn offer_price(
    services: &Services,
    listing: &Listing,
    organization: &OrganizationId,
    id: &str,
) -> Result<Option<(String, Currency)>> {
    let theirs = services.offers.offers_for(organization).await?;
    let Some(it) = theirs.into_iter().find(|it| it.id == id && it.state == OfferState::Open) else { return Ok(None) };
    let plan = listing.manifest.pricing.plan.iter().find(|plan| plan.id == it.plan);
    let Some(plan) = plan else { return Ok(None) };
    let currency = it.price.currency;
    let wanted = WantedPrice {
        key: format!("{OFFER_KEY}{id}"),
        product: format!("oc_{}_{}", listing.id, plan.id),
        name: format!("{} · {}", listing.manifest.name, plan.name),
        interval: it.interval,
        scheme: Scheme::PerUnit,
        steps: [(currency, vec![PriceStep { up_to: None, unit: it.price.minor.to_string() }])].into(),
        meter: None,
    };
    let price = services.shop.put_price(&wanted).await?;
    let amounts: Amounts = [(currency, it.price.minor)].into();
    let (monthly, annual) = match it.interval {
        Interval::Monthly => (amounts, Amounts::new()),
        Interval::Annual => (Amounts::new(), amounts),
    };
    let terms =
        Plan { charge: Charge::Flat, monthly, annual, trial_days: 0, tier: Vec::new(), meter: None, ..plan.clone() };
    let kept = KeptPrice {
        id: price.clone(),
        key: wanted.key,
        listing: listing.id.clone(),
        plan: terms,
        interval: it.interval,
        created_at: services.clock.now(),
    };
    services.purchases.keep_price(&kept).await?;
    Ok(Some((price, currency)))
}

/// An offer was paid: it is accepted, and ends with its term.
pub(super) async fn accepted(services: &Services, purchase: &Purchase, id: &str, subscription: &str) -> Result<()> {
    let theirs = services.offers.offers_for(&purchase.organization).await?;
    let Some(it) = theirs.into_iter().find(|it| it.id == id) else { return Ok(()) };
    services.shop.end_after(subscription, it.months).await?;
    let subject = Subject::new("offer", &it.id, &it.listing);
    let event = entry(services, &Actor::System, &it.organization, AuditAction::OfferAccepted, subject);
    let event = event.after(said(&it));
    services.offers.end_offer(id, OfferState::Accepted, &Effects::audited(event)).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_exactly_or_not_at_all() {
        for (text, currency, minor) in [
            ("1200", Currency::USD, Some(120_000)),
            (" 1,200.5 ", Currency::USD, Some(120_050)),
            ("0.01", Currency::USD, Some(1)),
            ("1200", Currency::JPY, Some(1_200)),
            ("1.234", Currency::KWD, Some(1_234)),
            ("1200.5", Currency::JPY, None),
            ("1.234", Currency::USD, None),
            ("0", Currency::USD, None),
            ("-5", Currency::USD, None),
            ("1e3", Currency::USD, None),
            ("", Currency::USD, None),
            ("999999999999999999999", Currency::USD, None),
        ] {
            assert_eq!(amount(text, currency), minor, "{text} {currency}");
        }
    }
}

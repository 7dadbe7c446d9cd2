//! What is paid for: the bill, changes, ends.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::billing::{BillView, ChangeView};
use contract::offer::OfferList;
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Everything on one bill.
#[server(name = FetchBill, prefix = "/api/fn", endpoint = "bill", input = GetUrl, output = Text)]
pub async fn bill() -> Result<BillView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::bill(&services(), &actor()).await)
}

/// What a form of a change says.
#[cfg(feature = "ssr")]
fn terms(plan: String, interval: &str, seats: &str) -> domain::billing::NewTerms {
    let interval = contract::billing::Interval::parse(interval).unwrap_or_default();
    domain::billing::NewTerms { plan, interval, seats: seats.trim().parse().unwrap_or(1) }
}

/// What a subscription can change to and, once a plan is named, what that costs.
#[server(name = FetchSubscriptionChange, prefix = "/api/fn", endpoint = "subscription_change", input = GetUrl, output = Text)]
pub async fn subscription_change(
    id: String,
    #[server(default)] plan: String,
    #[server(default)] interval: String,
    #[server(default)] seats: String,
) -> Result<ChangeView, Problem> {
    use crate::context::{actor, answer, services};
    let wanted = (!plan.is_empty()).then(|| terms(plan, &interval, &seats));
    answer(domain::billing::change_page(&services(), &actor(), &id, wanted.as_ref()).await)
}

/// Makes a change that was shown: for the moment `at`, and for `total` in minor units.
#[server(prefix = "/api/fn", endpoint = "change_subscription", output = Text)]
pub async fn change_subscription(
    id: String,
    plan: String,
    #[server(default)] interval: String,
    #[server(default)] seats: String,
    at: i64,
    total: i64,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let wanted = terms(plan, &interval, &seats);
    let at = contract::Timestamp(at);
    answer(domain::billing::change(&services(), &actor(), &id, &wanted, at, total).await)?;
    leptos_axum::redirect("/billing");
    Ok(())
}

/// Cancels, keeps, pauses or resumes.
#[server(prefix = "/api/fn", endpoint = "decide_subscription", output = Text)]
pub async fn decide_subscription(id: String, deed: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let deed = domain::billing::Deed::parse(&deed)
        .ok_or_else(|| domain::Error::from(contract::PublicError::not_found("such a decision")));
    let done = match deed {
        Ok(deed) => domain::billing::decide(&services(), &actor(), &id, deed).await,
        Err(error) => Err(error),
    };
    answer(done)?;
    leptos_axum::redirect("/billing");
    Ok(())
}

/// Declines a private offer.
#[server(prefix = "/api/fn", endpoint = "decline_offer", output = Text)]
pub async fn decline_offer(id: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::decline_offer(&services(), &actor(), &id).await)?;
    leptos_axum::redirect("/billing");
    Ok(())
}

/// The partner's private offers.
#[server(name = FetchPartnerOffers, prefix = "/api/fn", endpoint = "partner_offers", input = GetUrl, output = Text)]
pub async fn partner_offers() -> Result<OfferList, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::partner_offers(&services(), &actor()).await)
}

/// Makes a private offer.
#[server(prefix = "/api/fn", endpoint = "make_offer", output = Text)]
pub async fn make_offer(
    choice: String,
    organization: String,
    price: String,
    #[server(default)] currency: String,
    #[server(default)] interval: String,
    #[server(default)] months: String,
    #[server(default)] message: String,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let interval = contract::billing::Interval::parse(&interval).unwrap_or_default();
    let new = domain::billing::NewOffer { choice, organization, price, currency, interval, months, message };
    answer(domain::billing::make_offer(&services(), &actor(), &new).await)?;
    leptos_axum::redirect("/partner/offers");
    Ok(())
}

/// Takes a private offer back.
#[server(prefix = "/api/fn", endpoint = "withdraw_offer", output = Text)]
pub async fn withdraw_offer(id: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::withdraw_offer(&services(), &actor(), &id).await)?;
    leptos_axum::redirect("/partner/offers");
    Ok(())
}

/// Asks for the partner's offers.
pub fn ask_partner_offers() -> Ask {
    read!("partner_offers".to_owned(), partner_offers())
}

/// Asks for the bill.
pub fn ask_bill() -> Ask {
    read!("bill".to_owned(), bill())
}

/// Asks for what a subscription can change to.
pub fn ask_subscription_change(id: String, plan: String, interval: String, seats: String) -> Ask {
    let query = [("id", id.as_str()), ("plan", &plan), ("interval", &interval), ("seats", &seats)];
    read!(address("subscription_change", &query), subscription_change(id, plan, interval, seats))
}

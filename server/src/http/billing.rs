//! The ways to the payment processor's pages: an order, and payment details. Both are plain forms that lead to another site.

use super::leave::leave;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use app::server_fns::Problem as Told;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, header};
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use contract::ListingId;
use contract::billing::Interval;
use domain::billing::{Wish, accept_offer, buy, portal};
use domain::{Actor, Result};
use leptos::server_fn::error::ServerFnUrlError;
use serde::Deserialize;

/// What the page of an order is called in the address of a page that shows what went wrong.
const CHECKOUT: &str = "/billing/checkout";
/// The same for payment details.
const PORTAL: &str = "/billing/portal";

/// The same for accepting an offer.
const ACCEPT: &str = "/billing/accept";

/// What is ordered.
#[derive(Debug, Deserialize)]
pub struct OrderForm {
    #[serde(default)]
    listing: String,
    /// Plan and interval, as in `team.annual`.
    #[serde(default)]
    choice: String,
    #[serde(default)]
    seats: String,
}

/// To the processor's page, or back to where somebody came from with what went wrong.
fn answer(
    state: &AppState,
    trace: &TraceId,
    headers: &HeaderMap,
    path: &str,
    outcome: Result<String>,
) -> Response<Body> {
    let error = match outcome {
        Ok(address) if address.starts_with('/') => return Redirect::to(&address).into_response(),
        Ok(address) => return leave(&address, "Payment", "Taking you to the payment page."),
        Err(error) => error.into_public(&trace.0),
    };
    let came_from = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let here = came_from.filter(|address| address.starts_with(&format!("{}/", state.services.settings.public_url)));
    let reads = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let shown = here.filter(|_| reads.is_some_and(|accepts| accepts.contains("text/html"))).and_then(|address| {
        let mut address = address.to_owned();
        ServerFnUrlError::<Told>::strip_error_info(&mut address);
        ServerFnUrlError::new(path, Told(error.clone())).to_url(&address).ok()
    });
    match shown {
        Some(address) => Redirect::to(address.as_str()).into_response(),
        None => Problem(error).into_response(),
    }
}

/// Orders a plan.
pub async fn checkout(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    Form(form): Form<OrderForm>,
) -> Response<Body> {
    let seats = form.seats.trim();
    let (plan, interval) = form.choice.rsplit_once('.').unwrap_or((&form.choice, ""));
    let wish = Wish {
        listing: ListingId(form.listing),
        plan: plan.to_owned(),
        interval: Interval::parse(interval).unwrap_or_default(),
        // What is no number is refused like a number that is none of seats.
        seats: if seats.is_empty() { 1 } else { seats.parse().unwrap_or_default() },
        offer: None,
    };
    let outcome = buy(&state.services, &actor, &wish).await;
    answer(&state, &trace, &headers, CHECKOUT, outcome)
}

/// Opens payment details.
pub async fn payment_details(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    Form(form): Form<DetailsForm>,
) -> Response<Body> {
    let outcome = portal(&state.services, &actor, &form.currency).await;
    answer(&state, &trace, &headers, PORTAL, outcome)
}

/// Which payment details are changed: an organization has those of each currency it pays in.
#[derive(Debug, Deserialize)]
pub struct DetailsForm {
    #[serde(default)]
    currency: String,
}

/// Which offer is accepted.
#[derive(Debug, Deserialize)]
pub struct OfferForm {
    #[serde(default)]
    offer: String,
}

/// Accepts a private offer.
pub async fn accept(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    Form(form): Form<OfferForm>,
) -> Response<Body> {
    let outcome = accept_offer(&state.services, &actor, &form.offer).await;
    answer(&state, &trace, &headers, ACCEPT, outcome)
}

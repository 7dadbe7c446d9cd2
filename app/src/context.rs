//! What the server puts into the Leptos context of each request.

use crate::server_fns::{Answer, Problem};
use domain::{Actor, Services};
use leptos::prelude::{expect_context, use_context};
use std::sync::Arc;

/// Where the browser files are, and how this visitor wants the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// `/pkg/<hash>`, without a trailing slash.
    pub pkg: String,
    /// `light`, `dark`, or empty for "as the system says".
    pub theme: &'static str,
    /// Address people reach us at, without a trailing slash.
    pub public_url: String,
    /// Whether to reload the page when the server restarts.
    pub dev: bool,
}

/// Identifies the request in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceId(pub String);

/// The use cases' surroundings.
pub fn services() -> Arc<Services> {
    expect_context::<Arc<Services>>()
}

/// Who asks.
pub fn actor() -> Actor {
    use_context::<Actor>().unwrap_or(Actor::Visitor)
}

/// Maps a use case's result to the wire and sets the HTTP status.
pub fn answer<T>(result: domain::Result<T>) -> Answer<T> {
    result.map_err(|error| {
        let trace = use_context::<TraceId>().map(|id| id.0).unwrap_or_default();
        let public = error.into_public(&trace);
        if !is_plain_form() {
            set_status(public.code.status());
        }
        Problem(public)
    })
}

/// Whether a form was sent without any script. Its answer sends the browser back to the page with the error in the address,
/// which another status would prevent.
fn is_plain_form() -> bool {
    use_context::<http::request::Parts>().is_some_and(|request| {
        let accepts = request.headers.get(http::header::ACCEPT).and_then(|value| value.to_str().ok());
        request.method == http::Method::POST && accepts.is_some_and(|accepts| accepts.contains("text/html"))
    })
}

/// Sets the status of the answer.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(status))
    {
        response.set_status(status);
    }
}

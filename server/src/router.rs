//! Every HTTP route, and what every request goes through. A new route is one line here.

use crate::AppState;
use crate::http::table::{Route, Table};
use crate::http::{
    api, audit_export, billing, dev, events, exports, files, guard, health, icons, inbound, limits, page_cache, pages,
    payments, revenue, seo, session, sign_in, theme, trace, unsubscribe, v1,
};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::any;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Largest body of an inbound webhook.
pub(crate) const INBOUND_LIMIT: usize = 1024 * 1024;
/// Largest notice of the payment processor.
pub(crate) const NOTICE_LIMIT: usize = 256 * 1024;
/// A request ends after this long; calls to third parties end after 10 s of their own.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// A feed may take this long to come in and be stored.
const STREAM_TIME_LIMIT: Duration = Duration::from_mins(15);

/// What browsers use, with a session.
fn interactive() -> Table {
    Table::default()
        .any("/api/fn/{*name}", pages::server_function)
        .get("/installed/{id}/events", events::stream)
        .get("/audit/export", audit_export::send)
        .post("/unsubscribe", unsubscribe::unsubscribe)
        .post("/partner/payouts", revenue::set_up)
        .get("/partner/statements/{file}", revenue::statement)
        .get("/organization/export", exports::organization)
        .get("/account/export", exports::account)
        .post("/billing/checkout", billing::checkout)
        .post("/billing/accept", billing::accept)
        .post("/billing/portal", billing::payment_details)
        .post("/auth/sign-out", session::sign_out)
        .post("/auth/demo", session::demo)
        .post("/auth/organization", sign_in::organization)
        .post("/auth/{provider}/start", sign_in::start)
        .get("/auth/{provider}/callback", sign_in::callback)
}

/// What needs no session.
fn machine() -> Table {
    Table::default()
        .get("/api/v1/search", api::search)
        .get("/api/v1/openapi.json", v1::document::openapi)
        .get("/schemas/integration-1.json", api::manifest_schema)
        .get("/sitemap.xml", seo::sitemap)
        .get("/robots.txt", seo::robots)
        .get("/favicon.svg", icons::favicon)
        .get("/favicon.ico", icons::favicon)
        .get("/icons/{file}", icons::listing_icon)
        .post("/theme", theme::choose)
        .get("/healthz", health::alive)
        .get("/readyz", health::ready)
        .get("/__dev/boot", dev::boot)
}

/// What other systems deliver to.
fn deliveries() -> Table {
    Table::default().post("/in/{token}", inbound::receive)
}

/// What the payment processor tells.
fn notices() -> Table {
    Table::default().post("/webhooks/stripe", payments::notice)
}

/// Method and path of every route outside of the pages.
pub fn routes() -> Vec<Route> {
    [interactive(), v1::routes(), v1::streams(), machine(), deliveries(), notices()]
        .iter()
        .flat_map(|table| table.routes().to_vec())
        .collect()
}

/// The whole site.
pub fn router(state: AppState) -> Router {
    let interactive = pages::routes(&state)
        .merge(interactive().router())
        .layer(from_fn_with_state(state.clone(), limits::by_actor))
        .layer(from_fn_with_state(state.clone(), session::identify))
        .layer(from_fn_with_state(state.clone(), page_cache::serve));
    let rest = v1::routes()
        .router()
        .merge(machine().router())
        .method_not_allowed_fallback(v1::other_method)
        .route("/api/v1/{*rest}", any(v1::nothing))
        .layer(from_fn_with_state(state.clone(), v1::idempotency::keep))
        .layer(from_fn(v1::etag::tag))
        .layer(from_fn_with_state(state.clone(), limits::by_actor))
        .layer(from_fn_with_state(state.clone(), v1::identify));
    // Neither held in memory nor over in 30 seconds; otherwise like the rest of the interface.
    let streams = v1::streams()
        .router()
        .method_not_allowed_fallback(v1::other_method)
        .layer(from_fn_with_state(state.clone(), limits::by_actor))
        .layer(from_fn_with_state(state.clone(), v1::identify))
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .layer(from_fn_with_state(state.clone(), limits::by_address))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, STREAM_TIME_LIMIT));
    interactive
        .merge(rest)
        .layer(from_fn(guard::bounded))
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .merge(deliveries().limited(INBOUND_LIMIT).layer(from_fn_with_state(state.clone(), limits::by_delivery)))
        .merge(notices().limited(NOTICE_LIMIT))
        .layer(CompressionLayer::new())
        .merge(files::routes(&state))
        .layer(from_fn_with_state(state.clone(), limits::by_address))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIME_LIMIT))
        .merge(streams)
        .layer(from_fn_with_state(state.clone(), guard::headers))
        .layer(from_fn_with_state(state.clone(), trace::trace))
        .layer(CatchPanicLayer::custom(trace::panicked))
        .with_state(state)
}

//! Every HTTP route, and what every request goes through. A new route is one line here.

use crate::AppState;
use crate::http::{
    api, dev, events, files, guard, health, icons, inbound, page_cache, pages, seo, session, sign_in, theme, trace,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Largest body of a form or a server function.
const FORM_LIMIT: usize = 256 * 1024;
/// Largest body of an inbound webhook.
pub(crate) const INBOUND_LIMIT: usize = 1024 * 1024;
/// A request ends after this long; calls to third parties end after 10 s of their own.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The whole site.
pub fn router(state: AppState) -> Router {
    let interactive = pages::routes(&state)
        .route("/api/fn/{*name}", any(pages::server_function))
        .route("/installed/{id}/events", get(events::stream))
        .route("/auth/sign-out", post(session::sign_out))
        .route("/auth/demo", post(session::demo))
        .route("/auth/{provider}/start", post(sign_in::start))
        .route("/auth/{provider}/callback", get(sign_in::callback))
        .layer(from_fn_with_state(state.clone(), session::identify))
        .layer(from_fn_with_state(state.clone(), page_cache::serve));
    let machine = Router::new()
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/openapi.json", get(api::openapi))
        .route("/schemas/integration-1.json", get(api::manifest_schema))
        .route("/sitemap.xml", get(seo::sitemap))
        .route("/robots.txt", get(seo::robots))
        .route("/favicon.svg", get(icons::favicon))
        .route("/favicon.ico", get(icons::favicon))
        .route("/icons/{file}", get(icons::listing_icon))
        .route("/theme", post(theme::choose))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/__dev/boot", get(dev::boot));
    let inbound =
        Router::new().route("/in/{token}", post(inbound::receive)).layer(DefaultBodyLimit::max(INBOUND_LIMIT));
    interactive
        .merge(machine)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .merge(inbound)
        .layer(CompressionLayer::new())
        .merge(files::routes(&state))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, TIME_LIMIT))
        .layer(from_fn_with_state(state.clone(), guard::headers))
        .layer(from_fn_with_state(state.clone(), trace::trace))
        .layer(CatchPanicLayer::custom(trace::panicked))
        .with_state(state)
}

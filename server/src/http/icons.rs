//! Icons of listings, and our own.

use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::ListingId;

const FAVICON: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 26"><rect width="26" height="26" rx="7" fill="#3b5bdb"/>"##,
    r##"<path d="M17.6 8.6a6.2 6.2 0 1 0 0 8.8" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>"##,
    r##"<circle cx="18.4" cy="13" r="2" fill="#fff"/></svg>"##
);

/// An SVG answer. It may run nothing, whatever is in it.
fn svg(text: String, cache: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, cache),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ];
    (headers, text).into_response()
}

/// Our own icon.
pub async fn favicon() -> Response {
    svg(FAVICON.to_owned(), "public, max-age=86400")
}

/// `/icons/{id}.svg`. The address carries the icon's hash, so it may be kept for ever.
pub async fn listing_icon(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(file): Path<String>,
) -> Response {
    let Some(id) = file.strip_suffix(".svg") else { return StatusCode::NOT_FOUND.into_response() };
    match domain::catalog::icon_svg(&state.services, &ListingId::from(id)).await {
        Ok(Some(text)) => svg(text, "public, max-age=31536000, immutable"),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

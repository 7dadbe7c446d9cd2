//! What the payment processor tells: `POST /webhooks/stripe`. A 200 means that it is on disk.

use super::delivered::whole;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::json;

/// Header with time and signatures.
const SIGNATURE: &str = "stripe-signature";

/// Takes a notice.
pub async fn notice(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match whole(
        body,
        "A notice has at most 256 KiB; this one was not read.",
        "Send the event as the processor made it.",
    ) {
        Ok(body) => body,
        Err(problem) => return problem.into_response(),
    };
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match domain::billing::take(&state.services, &body, signature).await {
        Ok(()) => Json(json!({ "received": true })).into_response(),
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

//! What other systems deliver: `POST /in/{token}`. A 2xx means that it is on disk.

use super::delivered::whole;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::ports::Inbound;
use serde_json::json;

/// Takes an inbound call.
pub async fn receive(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body =
        match whole(body, "A payload may have at most 1 MiB; this one was not stored.", "Send fewer events at a time.")
        {
            Ok(body) => body.to_vec(),
            Err(problem) => return problem.into_response(),
        };
    let headers = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    match domain::connection::receive(&state.services, &token, &Inbound { headers, body }).await {
        Ok(received) => {
            let body = json!({
                "accepted": received.accepted, "repeated": received.repeated, "skipped": received.skipped
            });
            (StatusCode::ACCEPTED, Json(body)).into_response()
        }
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

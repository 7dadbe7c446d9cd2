//! A trace id for every request: in the log, in error answers, in the `x-trace-id` header.

use super::files;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use contract::{ErrorCode, PublicError};
use std::any::Any;

/// Gives the request an id and logs answers that are our fault.
pub async fn trace(State(state): State<AppState>, mut request: Request, next: Next) -> Response<Body> {
    let id = state.services.ids.id("trc", state.services.clock.now());
    request.extensions_mut().insert(TraceId(id.clone()));
    let method = request.method().clone();
    // The path of an inbound call is a secret.
    let path = if request.uri().path().starts_with("/in/") { "/in/…" } else { request.uri().path() }.to_owned();
    let mut response = next.run(request).await;
    if response.status().is_server_error() {
        tracing::error!(trace_id = id, %method, path, status = response.status().as_u16(), "request failed");
    }
    // The files of pages carry as few headers as they can, and are no answers anybody asks about.
    let file = files::is_one(&path) && response.status().is_success();
    if let (false, Ok(value)) = (file, HeaderValue::from_str(&id)) {
        response.headers_mut().insert("x-trace-id", value);
    }
    response
}

/// A panic is a defect of ours: the person gets a plain answer, the log the rest.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = text.unwrap_or("unknown"), "a handler panicked");
    Problem(PublicError::new(
        ErrorCode::Internal,
        "Something broke on our side",
        "The request could not be completed.",
        "Try again in a moment.",
    ))
    .into_response()
}

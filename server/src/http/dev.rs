//! Lets pages notice, in development, that the server was restarted.

use crate::AppState;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A text that differs for each process; only in development.
pub async fn boot(State(state): State<AppState>) -> Response {
    if !state.dev {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(header::CACHE_CONTROL, "no-store")], state.boot.to_string()).into_response()
}

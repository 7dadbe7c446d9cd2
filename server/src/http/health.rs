//! For load balancers: `/healthz` says that the process runs, `/readyz` that it can serve.

use crate::AppState;
use axum::extract::State;
use axum::http::StatusCode;

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers and the search index is filled.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.services.catalogue.last_change().await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer");
    }
    if state.services.search.position().is_none() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the search index is being built");
    }
    (StatusCode::OK, "ready")
}

//! REST, version 1, for programs: with an API token instead of a session. The same use cases as the pages; the documents
//! describe themselves at `/api/v1/openapi.json`.
//!
//! `identify` finds out who asks; `etag` and `idempotency` are what every answer or change goes through; each other file
//! is one resource. Errors are problem details (RFC 9457), lists are pages with a cursor.

mod answers;
mod approvals;
mod audit;
mod catalog;
pub mod document;
pub mod etag;
pub mod idempotency;
mod installations;
mod listings;
mod members;
mod page;
mod reviews;

use super::problem::Problem;
use super::session::{origin_of, trace_of};
use super::table::Table;
use crate::AppState;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use contract::{ErrorCode, PublicError};
use domain::{Actor, token};

/// The routes that need to know who asks.
pub fn routes() -> Table {
    Table::default()
        .get("/api/v1/listings", listings::list)
        .get("/api/v1/listings/{id}", listings::one)
        .get("/api/v1/listings/{id}/reviews", reviews::list)
        .post("/api/v1/listings/{id}/reviews", reviews::write)
        .get("/api/v1/installations", installations::list)
        .post("/api/v1/installations", installations::begin)
        .get("/api/v1/installations/{id}", installations::one)
        .delete("/api/v1/installations/{id}", installations::remove)
        .get("/api/v1/installations/{id}/events", installations::events)
        .get("/api/v1/approvals", approvals::list)
        .get("/api/v1/approvals/{id}", approvals::one)
        .post("/api/v1/approvals/{id}/answer", approvals::answer)
        .get("/api/v1/members", members::list)
        .get("/api/v1/audit", audit::list)
}

/// Routes whose bodies are streams and may be large.
pub fn streams() -> Table {
    Table::default().post("/api/v1/catalog/import", catalog::import)
}

/// Finds out who is behind the token. Cookies do not count: what a browser sends by itself is no credential here.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response<Body> {
    let bearer = request.headers().get(header::AUTHORIZATION).map(|value| {
        let text = value.to_str().unwrap_or_default();
        text.split_once(' ')
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map_or("", |(_, rest)| rest.trim())
    });
    let actor = match bearer {
        None => Ok(Actor::Visitor),
        Some(secret) => token::actor(&state.services, secret, origin_of(&request)).await,
    };
    let mut response = match actor {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(error) => Problem::of(error, &trace_of(&request)).into_response(),
    };
    if response.status() == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Bearer realm=\"OpenConductor\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// There is no such resource.
pub async fn nothing() -> Response<Body> {
    Problem(PublicError::not_found("resource of the API")).into_response()
}

/// The resource does not know the method.
pub async fn other_method() -> Response<Body> {
    let mut response = Problem(PublicError::new(
        ErrorCode::Invalid,
        "Method not allowed",
        "The resource is there, but does not know this method.",
        "Look at /api/v1/openapi.json for what it knows.",
    ))
    .into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

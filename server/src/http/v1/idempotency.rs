//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a POST that is repeated, because its answer got lost, is
//! done once and answered the same.

use super::super::problem::Problem;
use super::super::session::trace_of;
use crate::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use contract::{ErrorCode, PublicError};
use domain::identity::sha256_hex;
use domain::ports::KeptAnswer;
use domain::{Actor, Services};

/// Longest key.
const MAX_KEY: usize = 200;
/// Largest body of a request, and of an answer that is kept.
const MAX_BODY: usize = 256 * 1024;
/// A request that was not finished after this long never will be.
const ABANDONED_MS: i64 = 60_000;

fn wrong_key() -> Problem {
    Problem::invalid(
        "Idempotency-Key",
        format!("The header has 1 to {MAX_KEY} visible ASCII characters; a UUID is a good choice."),
    )
}

fn known(kept: &KeptAnswer, fingerprint: &str) -> Response<Body> {
    if kept.fingerprint != fingerprint {
        return Problem(PublicError::new(
            ErrorCode::Invalid,
            "The key was used for another request",
            "An idempotency key belongs to one request; this one differs from the first.",
            "Use a new key for a new request, and the same body for a repeated one.",
        ))
        .into_response();
    }
    if kept.status == 0 {
        return Problem(PublicError::new(
            ErrorCode::Conflict,
            "The first request is still being worked on",
            "A request with this key came a moment ago and is not finished.",
            "Try again in a second.",
        ))
        .into_response();
    }
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let kind = if status.is_success() { "application/json" } else { "application/problem+json" };
    let headers = [(header::CONTENT_TYPE, kind), (header::HeaderName::from_static("idempotent-replayed"), "true")];
    (status, headers, kept.body.clone()).into_response()
}

/// Remembers answers to changes under the key that came with them.
pub async fn keep(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let key = request.headers().get("idempotency-key").cloned();
    let (Method::POST, Some(key)) = (request.method().clone(), key) else { return next.run(request).await };
    let Some(Actor::Person(person)) = request.extensions().get::<Actor>().cloned() else {
        return next.run(request).await;
    };
    let key = match key.to_str() {
        Ok(text) if !text.is_empty() && text.len() <= MAX_KEY => text.to_owned(),
        _ => return wrong_key().into_response(),
    };
    let trace = trace_of(&request);
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else {
        let detail = format!("The body may have {MAX_BODY} bytes.");
        return Problem(PublicError::new(ErrorCode::TooLarge, "Too large", detail, "Send less.")).into_response();
    };
    let request_text = format!("{} {} {}", person.via.id(), parts.uri, String::from_utf8_lossy(&bytes));
    let fingerprint = sha256_hex(&request_text);
    let services = &state.services;
    let organization = person.organization().clone();
    let now = services.clock.now();
    let claim =
        services.kept_answers.claim_key(&organization, &key, &fingerprint, now, now.plus_ms(-ABANDONED_MS)).await;
    match claim {
        Err(error) => return Problem::of(error, &trace).into_response(),
        Ok(Some(kept)) => return known(&kept, &fingerprint),
        Ok(None) => {}
    }
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    store(services, &organization, &key, response, &trace).await
}

/// Keeps the answer, unless it is our fault: then the key is free for another try.
async fn store(
    services: &Services,
    organization: &contract::OrganizationId,
    key: &str,
    response: Response<Body>,
    trace: &str,
) -> Response<Body> {
    let (parts, body) = response.into_parts();
    let status = parts.status;
    let kept = match to_bytes(body, MAX_BODY).await {
        Ok(bytes) if !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            services.kept_answers.keep_answer(organization, key, status.as_u16(), &text).await.map(|()| bytes)
        }
        Ok(bytes) => services.kept_answers.free_key(organization, key).await.map(|()| bytes),
        Err(error) => Err(domain::Error::Corrupt(error.to_string())),
    };
    match kept {
        Ok(bytes) => {
            let mut response = Response::from_parts(parts, Body::from(bytes));
            response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("false"));
            response
        }
        Err(error) => Problem::of(error, trace).into_response(),
    }
}

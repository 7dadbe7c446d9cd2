//! From the session cookie to the actor, and the forms that begin and end a session.

use super::cookies;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Form;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect};
use domain::{Origin, identity};
use serde::Deserialize;

/// The trace id of a request.
pub fn trace_of(request: &Request) -> String {
    request.extensions().get::<TraceId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// Where a request comes from.
pub fn origin_of(request: &Request) -> Origin {
    request.extensions().get::<Origin>().cloned().unwrap_or_default()
}

/// Finds out who asks and puts the actor into the request.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response<Body> {
    let token = cookies::read(request.headers(), cookies::session_name(state.is_https()));
    let origin = origin_of(&request);
    match identity::actor(&state.services, token, origin).await {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(error) => Problem::of(error, &trace_of(&request)).into_response(),
    }
}

/// A redirect that also sets the session cookie.
pub fn signed_in(state: &AppState, token: &str, return_to: &str) -> Response<Body> {
    let https = state.is_https();
    let mut response = Redirect::to(&identity::safe_return_to(return_to)).into_response();
    let age = identity::SESSION_LIMIT_MS / 1000;
    for cookie in [
        cookies::write(cookies::session_name(https), token, age, https),
        cookies::write(cookies::sign_in_name(https), "", 0, https),
    ]
    .into_iter()
    .flatten()
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Which demo account.
#[derive(Debug, Deserialize)]
pub struct DemoForm {
    key: String,
    #[serde(default)]
    return_to: String,
}

/// Signs in as a demo account, where there are any.
pub async fn demo(
    State(state): State<AppState>,
    axum::Extension(trace): axum::Extension<TraceId>,
    axum::Extension(origin): axum::Extension<Origin>,
    headers: HeaderMap,
    Form(form): Form<DemoForm>,
) -> Response<Body> {
    let previous = cookies::read(&headers, cookies::session_name(state.is_https()));
    match identity::sign_in_demo(&state.services, &form.key, &origin, previous).await {
        Ok(token) => signed_in(&state, &token, &form.return_to),
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

/// Ends the session.
pub async fn sign_out(
    State(state): State<AppState>,
    axum::Extension(trace): axum::Extension<TraceId>,
    axum::Extension(origin): axum::Extension<Origin>,
    headers: HeaderMap,
) -> Response<Body> {
    let https = state.is_https();
    if let Some(token) = cookies::read(&headers, cookies::session_name(https))
        && let Err(error) = identity::sign_out(&state.services, token, origin).await
    {
        return Problem::of(error, &trace.0).into_response();
    }
    let mut response = Redirect::to("/").into_response();
    if let Some(cookie) = cookies::write(cookies::session_name(https), "", 0, https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

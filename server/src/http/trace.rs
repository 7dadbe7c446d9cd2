//! A trace id for every request: in the log, in error answers, in the `x-trace-id` header.

use super::files;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use contract::{ErrorCode, PublicError};
use domain::Origin;
use std::any::Any;
use std::net::SocketAddr;

/// Longest name of a client that is kept.
const MAX_AGENT: usize = 200;

/// Where a request comes from. With proxies in front, the address is the one that the outermost of ours saw: what stands
/// to the left of it in `X-Forwarded-For` may be invented.
fn origin(request: &Request, proxies: usize, trace_id: &str) -> Origin {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    let forwarded = (proxies > 0)
        .then(|| text("x-forwarded-for").rsplit(',').nth(proxies - 1).map(|ip| ip.trim().to_owned()))
        .flatten()
        .filter(|ip| ip.parse::<std::net::IpAddr>().is_ok());
    Origin {
        ip: forwarded.or(peer).unwrap_or_default(),
        user_agent: text("user-agent").chars().filter(|c| !c.is_control()).take(MAX_AGENT).collect(),
        trace_id: trace_id.to_owned(),
    }
}

/// Gives the request an id and logs answers that are our fault.
pub async fn trace(State(state): State<AppState>, mut request: Request, next: Next) -> Response<Body> {
    let id = state.services.ids.id("trc", state.services.clock.now());
    let origin = origin(&request, state.trusted_proxies, &id);
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(TraceId(id.clone()));
    let method = request.method().clone();
    // The path of an inbound call and of an invitation is a secret.
    let path = request.uri().path();
    let secret = ["/in/", "/join/"].into_iter().find(|area| path.starts_with(area));
    let path = secret.map_or_else(|| path.to_owned(), |area| format!("{area}…"));
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

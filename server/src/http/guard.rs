//! Security headers, and the refusal of state-changing requests from other sites and of bodies that are too large.

use super::problem::Problem;
use super::{cookies, files};
use crate::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use contract::{ErrorCode, PublicError};

/// Largest body of a form, a server function or a call of REST.
const FORM_LIMIT: usize = 256 * 1024;
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()";
/// For answers that are not pages; pages bring their own with a nonce.
const STRICT_CSP: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Headers that every answer carries. What they say about documents means nothing to a file that documents are made with,
/// and a page consists of several of those: they carry what protects a file.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let part_of_pages = files::is_one(request.uri().path());
    let mut response = next.run(request).await;
    let file = part_of_pages && response.status().is_success();
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if state.is_https() {
        let hsts = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    if file {
        return response;
    }
    let set = [
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(STRICT_CSP));
    }
    response
}

/// Whether a request that changes state comes from one of our own pages. Requests without any cookie of ours carry no
/// authority that another site could borrow.
fn is_same_origin(headers: &HeaderMap, public_url: &str, https: bool) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text(header::ORIGIN) {
        let host = origin.split_once("://").map(|(_, host)| host);
        return origin == public_url || (host.is_some() && host == text(header::HOST));
    }
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin" || site == "none",
        None => cookies::read(headers, cookies::session_name(https)).is_none(),
    }
}

/// Refuses state-changing requests from other sites (CSRF): `Origin`, else `Sec-Fetch-Site`, on top of `SameSite=Lax`.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_same_origin(request.headers(), &state.services.settings.public_url, state.is_https()) {
        return next.run(request).await;
    }
    Problem(PublicError::new(
        ErrorCode::Forbidden,
        "Request from another site",
        "This request did not come from a page of the marketplace, so it was refused.",
        "Open the marketplace itself and try again there.",
    ))
    .into_response()
}

/// Bounds the bodies of forms, server functions and REST. It is done here, and not by those who read them, because each of
/// them reports a body over the limit differently, and some as our fault.
pub async fn bounded(request: Request, next: Next) -> Response<Body> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, FORM_LIMIT).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(_) => Problem(PublicError::new(
            ErrorCode::TooLarge,
            "Too large",
            format!("A request may have {FORM_LIMIT} bytes."),
            "Send less.",
        ))
        .into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_state() {
        let ours = "https://market.example";
        let check = |pairs: &[(&'static str, &'static str)]| is_same_origin(&headers(pairs), ours, true);
        assert!(check(&[("origin", ours)]));
        assert!(check(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[]));
        assert!(!check(&[("origin", "https://evil.example"), ("host", "market.example")]));
        assert!(!check(&[("origin", "null"), ("host", "market.example")]));
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("cookie", "__Host-session=x")]));
    }
}

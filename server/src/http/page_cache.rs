//! Rendered pages of anonymous visitors, kept until the catalogue changes.
//!
//! A page is kept as the pieces between its nonces; each answer gets a fresh nonce, so the Content-Security-Policy stays
//! as strict as without a cache. Whoever has a session is never served from here.

use super::{cookies, theme};
use crate::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderValue};
use axum::http::{Method, Response, StatusCode};
use axum::middleware::Next;
use moka::sync::Cache;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of pages kept at most.
const CAPACITY: u64 = 64 * 1024 * 1024;
/// How long a page is kept at most: some of what it says is about the last weeks.
const AGE: Duration = Duration::from_hours(1);
/// Largest page that is kept.
const MAX_PAGE: usize = 1024 * 1024;
/// Longest address whose page is kept.
const MAX_ADDRESS: usize = 256;

/// What makes two requests have the same page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    version: i64,
    theme: &'static str,
    address: String,
}

/// A page in pieces: a nonce belongs between each two.
#[derive(Debug)]
struct Page {
    pieces: Vec<String>,
    policy: Vec<String>,
    bytes: usize,
}

impl Page {
    /// Cuts a page at its nonces.
    fn cut(html: &str, policy: &str) -> Option<Self> {
        let nonce = policy.split("'nonce-").nth(1)?.split('\'').next()?;
        let cut = |text: &str| text.split(nonce).map(ToOwned::to_owned).collect::<Vec<_>>();
        (nonce.len() >= 16).then(|| Self { pieces: cut(html), policy: cut(policy), bytes: html.len() })
    }

    /// An answer with this nonce.
    fn answer(&self, nonce: &str) -> Response<Body> {
        let mut response = Response::new(Body::from(self.pieces.join(nonce)));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if let Ok(policy) = HeaderValue::from_str(&self.policy.join(nonce)) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// The cache.
#[derive(Debug)]
pub struct PageCache(Cache<Key, Arc<Page>>);

impl Default for PageCache {
    fn default() -> Self {
        let weigh = |key: &Key, page: &Arc<Page>| u32::try_from(page.bytes + key.address.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().time_to_live(AGE).max_capacity(CAPACITY).weigher(weigh).build())
    }
}

/// Whether the page at this path is the same for every anonymous visitor.
fn is_public(path: &str) -> bool {
    path == "/"
        || path == "/search"
        || path == "/coverage"
        || ["/categories/", "/partners/", "/integrations/"].iter().any(|area| path.starts_with(area))
}

fn key(state: &AppState, request: &Request) -> Option<Key> {
    let headers: &HeaderMap = request.headers();
    let address = request.uri().path_and_query()?.as_str();
    let anonymous = cookies::read(headers, cookies::session_name(state.is_https())).is_none();
    let page = request.method() == Method::GET && address.len() <= MAX_ADDRESS && is_public(request.uri().path());
    // `__err` carries a message for one visitor.
    if !anonymous || !page || address.contains("__err") {
        return None;
    }
    Some(Key { version: state.services.search.position()?, theme: theme::chosen(headers), address: address.to_owned() })
}

/// Answers from the cache, or renders and keeps.
pub async fn serve(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let Some(key) = key(&state, &request) else { return next.run(request).await };
    if let Some(page) = state.pages.0.get(&key) {
        return page.answer(&state.services.ids.secret());
    }
    let response = next.run(request).await;
    let policy = response.headers().get(CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
    let Some(policy) = policy.map(ToOwned::to_owned).filter(|_| response.status() == StatusCode::OK) else {
        return response;
    };
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_PAGE).await else {
        let mut failed = Response::new(Body::from("The page is larger than expected."));
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return failed;
    };
    if let Some(page) = std::str::from_utf8(&bytes).ok().and_then(|html| Page::cut(html, &policy)) {
        state.pages.0.insert(key, Arc::new(page));
    }
    let mut response = Response::from_parts(parts, Body::from(bytes));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_its_own_nonce() {
        let policy = "script-src 'self' 'nonce-AAAAAAAAAAAAAAAAAAAA'";
        let page = Page::cut(r#"<script nonce="AAAAAAAAAAAAAAAAAAAA">1</script>"#, policy).unwrap();
        assert_eq!(page.pieces.join("B"), r#"<script nonce="B">1</script>"#);
        assert_eq!(page.answer("B").headers()[CONTENT_SECURITY_POLICY], "script-src 'self' 'nonce-B'");
    }

    #[test]
    fn a_page_without_a_nonce_is_not_kept() {
        assert!(Page::cut("<p>", "default-src 'none'").is_none());
        assert!(Page::cut("<p>", "script-src 'nonce-x'").is_none());
    }

    #[test]
    fn private_pages_are_not_kept() {
        assert!(is_public("/integrations/slack"));
        for private in ["/installed", "/partner", "/staff/requests", "/sign-in", "/api/fn/home"] {
            assert!(!is_public(private), "{private}");
        }
    }
}

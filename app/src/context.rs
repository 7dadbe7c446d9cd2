//! What the server puts into the Leptos context of each request.

use crate::server_fns::{Answer, Problem};
use domain::{Actor, Services};
use leptos::prelude::{expect_context, use_context};
use std::sync::Arc;

/// Where the browser files are, and how this visitor wants the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// `/pkg/<hash>`, without a trailing slash.
    pub pkg: String,
    /// `light`, `dark`, or empty for "as the system says".
    pub theme: &'static str,
    /// Address people reach us at, without a trailing slash.
    pub public_url: String,
    /// Whether to reload the page when the server restarts.
    pub dev: bool,
}

/// Identifies the request in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceId(pub String);

/// The use cases' surroundings.
pub fn services() -> Arc<Services> {
    expect_context::<Arc<Services>>()
}

/// Who asks.
pub fn actor() -> Actor {
    use_context::<Actor>().unwrap_or(Actor::Visitor)
}

/// Maps a use case's result to the wire and sets the HTTP status.
pub fn answer<T>(result: domain::Result<T>) -> Answer<T> {
    result.map_err(|error| {
        let trace = use_context::<TraceId>().map(|id| id.0).unwrap_or_default();
        let public = error.into_public(&trace);
        if !is_plain_form() {
            set_status(public.code.status());
        }
        Problem(public)
    })
}

/// Whether a form was sent without any script. Its answer sends the browser back to the page with the error in the address,
/// which another status would prevent.
pub fn is_plain_form() -> bool {
    use_context::<http::request::Parts>().is_some_and(|request| {
        let accepts = request.headers.get(http::header::ACCEPT).and_then(|value| value.to_str().ok());
        request.method == http::Method::POST && accepts.is_some_and(|accepts| accepts.contains("text/html"))
    })
}

/// Whether the visitor's browser asks not to be counted: Global Privacy Control, or its predecessor.
pub fn wants_privacy() -> bool {
    let asks = |request: &http::request::Parts, name| request.headers.get(name).is_some_and(|value| value == "1");
    use_context::<http::request::Parts>().is_some_and(|it| asks(&it, "sec-gpc") || asks(&it, "dnt"))
}

/// Sets the status of the answer.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(status))
    {
        response.set_status(status);
    }
}

/// A cookie that carries a secret from the form that made it to the page that shows it, once. Where a page is alive, the
/// secret is in the answer too.
#[derive(Clone, Copy, Debug)]
pub enum Flash {
    /// Of a new API token.
    Token,
    /// Of the stream of the audit trail.
    Stream,
}

impl Flash {
    const fn cookie(self) -> &'static str {
        match self {
            Self::Token => "token-flash",
            Self::Stream => "stream-flash",
        }
    }

    fn set(self, value: &str, age_s: u32) {
        let https = use_context::<Site>().is_some_and(|site| site.public_url.starts_with("https://"));
        let secure = if https { "; Secure" } else { "" };
        let name = self.cookie();
        let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age_s}{secure}");
        if let (Some(response), Ok(line)) =
            (use_context::<leptos_axum::ResponseOptions>(), http::HeaderValue::from_str(&line))
        {
            response.append_header(http::header::SET_COOKIE, line);
        }
    }

    /// Keeps a new secret for the page that comes next.
    pub fn leave(self, secret: &str) {
        self.set(secret, 60);
    }

    /// The secret that is still on the way: it is shown now and then gone. It counts only where it begins with one of
    /// these `hints`, because anybody on the same host could have set a cookie.
    pub fn take(self, hints: &[&str]) -> Option<String> {
        let request = use_context::<http::request::Parts>()?;
        let cookies = request.headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let secret = pairs.into_iter().find(|(name, _)| *name == self.cookie()).map(|(_, value)| value.to_owned())?;
        self.set("", 0);
        hints.iter().any(|hint| secret.starts_with(hint)).then_some(secret)
    }
}

//! Remote calls: each reads its context, calls ONE use case, and maps the error. In the browser they are HTTP requests, on
//! the server plain calls.

#![allow(
    clippy::unused_async,
    clippy::implicit_hasher,
    reason = "a server function is async, and its arguments are owned values"
)]
#![allow(
    missing_docs,
    reason = "the macro makes an argument struct of each function, whose fields it can not document"
)]

pub mod account;
pub mod approval;
pub mod audit_stream;
pub mod billing;
pub mod coverage;
pub mod discover;
pub mod insight;
pub mod install;
pub mod installed;
pub mod listing;
pub mod organization;
pub mod policy;
pub mod recommend;
pub mod revenue;
pub mod review;
pub mod single_sign_on;
pub mod spend;
pub mod staff;
mod text_json;
pub mod trust;

use contract::{ErrorCode, PublicError};
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use text_json::TextJson;

/// Where all of them are.
pub const PREFIX: &str = "/api/fn";

/// The public error, as server functions send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem(pub PublicError);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromServerFnError for Problem {
    type Encoder = TextJson;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let (code, title, next_step) = match &error {
            ServerFnErrorErr::Request(_) => (
                ErrorCode::Upstream,
                "No connection",
                "Check your network, then try again; what you entered is still here.",
            ),
            // On the server what is read is the arguments; in the browser nothing reads answers this way.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                (ErrorCode::Invalid, "The request was not understood", "Reload the page and try again.")
            }
            _ => (ErrorCode::Internal, "Something broke on our side", "Try again in a moment."),
        };
        // A refused argument would otherwise be reported as our fault.
        #[cfg(feature = "ssr")]
        if code == ErrorCode::Invalid {
            crate::context::set_status(code.status());
        }
        Self(PublicError::new(code, title, error.to_string(), next_step))
    }
}

/// Result of a server function.
pub type Answer<T> = Result<T, Problem>;

/// A server function's name with a query.
fn address(name: &str, query: &[(&str, &str)]) -> String {
    let mut out = name.to_owned();
    for (index, (key, value)) in query.iter().enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(key);
        out.push('=');
        crate::pages::encode(value, &mut out);
    }
    out
}

//! What operations have in common in their documents: how they refuse, how they say that nothing is new, and how they
//! are repeated.

#![allow(dead_code, reason = "these are only ever described")]

use contract::PublicError;
use utoipa::{IntoParams, IntoResponses};

/// Everything may be too much.
#[derive(IntoResponses)]
pub enum Limited {
    /// Too many requests
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(PublicError),
}

/// Reading what not everybody may read.
#[derive(IntoResponses)]
pub enum Reading {
    /// You have the present version
    #[response(status = 304)]
    NotModified,
    /// No valid token
    #[response(status = 401, content_type = "application/problem+json")]
    NoToken(PublicError),
    /// The token or its owner may not
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(PublicError),
    /// Too many requests
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(PublicError),
}

/// Changing something with a body and, perhaps, an idempotency key.
#[derive(IntoResponses)]
pub enum Changing {
    /// The body is not JSON
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(PublicError),
    /// No valid token
    #[response(status = 401, content_type = "application/problem+json")]
    NoToken(PublicError),
    /// The token or its owner may not
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(PublicError),
    /// There is no such thing, or it is not yours
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(PublicError),
    /// It clashes with the present state; or the first request under this key is not finished
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(PublicError),
    /// The body is too large
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(PublicError),
    /// The body is not declared as JSON
    #[response(status = 415, content_type = "application/problem+json")]
    Unsupported(PublicError),
    /// The body or the key is wrong
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(PublicError),
    /// Too many requests
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(PublicError),
}

/// A request that may be sent again.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct Repeatable {
    /// Makes a repeated request harmless
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 200, pattern = "^[!-~]+$")]
    key: Option<String>,
}

//! The one error people and API clients see.

use crate::json::FromJson;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of problem it is. The wire name is stable; the HTTP status follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The input is wrong; `field` says where.
    Invalid,
    /// Nobody is signed in, or the session ended.
    SignInRequired,
    /// The last sign-in is too long ago for what is about to happen.
    SignInAgain,
    /// The person may not do this.
    Forbidden,
    /// It is not paid for.
    PaymentRequired,
    /// There is no such thing, or it is not theirs.
    NotFound,
    /// It clashes with the present state.
    Conflict,
    /// The body can't be read at all.
    Malformed,
    /// The body is of a kind that is not understood.
    Unsupported,
    /// The body is larger than allowed.
    TooLarge,
    /// Too many requests.
    RateLimited,
    /// A system of the customer or vendor failed.
    Upstream,
    /// Something broke on our side.
    Internal,
}

impl ErrorCode {
    /// The HTTP status for this code.
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::SignInRequired => 401,
            Self::SignInAgain | Self::Forbidden => 403,
            Self::PaymentRequired => 402,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Malformed => 400,
            Self::Unsupported => 415,
            Self::TooLarge => 413,
            Self::RateLimited => 429,
            Self::Upstream => 502,
            Self::Internal => 500,
        }
    }

    /// The wire name, as in `type` of RFC 9457 problem details.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::SignInRequired => "sign_in_required",
            Self::SignInAgain => "sign_in_again",
            Self::Forbidden => "forbidden",
            Self::PaymentRequired => "payment_required",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Malformed => "malformed",
            Self::Unsupported => "unsupported",
            Self::TooLarge => "too_large",
            Self::RateLimited => "rate_limited",
            Self::Upstream => "upstream",
            Self::Internal => "internal",
        }
    }
}

/// A problem with what happened and what to do next (RFC 9457 problem details on the wire).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicError {
    /// Stable machine-readable code.
    pub code: ErrorCode,
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub detail: String,
    /// What the reader can do about it.
    pub next_step: String,
    /// The input at fault, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Finds the cause in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

impl PublicError {
    /// An error with the three texts everyone must have.
    pub fn new(code: ErrorCode, title: &str, detail: impl Into<String>, next_step: &str) -> Self {
        Self {
            code,
            title: title.to_owned(),
            detail: detail.into(),
            next_step: next_step.to_owned(),
            field: None,
            trace_id: None,
        }
    }

    /// The same error, pointing at an input.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Nobody is signed in.
    pub fn sign_in_required() -> Self {
        Self::new(
            ErrorCode::SignInRequired,
            "Sign in first",
            "This needs a signed-in person, and there is none or the session has ended.",
            "Sign in, then try again; what you entered is kept.",
        )
    }

    /// The person lacks the role.
    pub fn forbidden(what: &str) -> Self {
        Self::new(
            ErrorCode::Forbidden,
            "Not allowed",
            format!("Your role does not allow you to {what}."),
            "Ask an administrator of your organization.",
        )
    }

    /// There is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            ErrorCode::NotFound,
            "Not found",
            format!("There is no {what} here."),
            "Check the address, or search for it.",
        )
    }
}

impl fmt::Display for PublicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.title, self.detail, self.next_step)
    }
}

impl std::error::Error for PublicError {}

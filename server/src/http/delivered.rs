//! Bodies that other systems deliver.

use super::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use contract::{ErrorCode, PublicError};

/// The whole body; what is too large says so with this sentence and this next step.
pub fn whole(body: Result<Bytes, BytesRejection>, too_large: &str, next_step: &str) -> Result<Bytes, Problem> {
    body.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem(PublicError::new(ErrorCode::TooLarge, "The payload is too large", too_large, next_step))
        } else {
            Problem::invalid("body", "The body could not be read to its end.")
        }
    })
}

//! The public error as an HTTP answer: problem details (RFC 9457).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{ErrorCode, PublicError};
use serde_json::json;

/// An error answer.
#[derive(Debug)]
pub struct Problem(pub PublicError);

impl Problem {
    /// From a use case's error; internal causes are logged under the trace id.
    pub fn of(error: domain::Error, trace: &str) -> Self {
        Self(error.into_public(trace))
    }

    /// The query or body has a problem at this parameter.
    pub fn invalid(field: &str, detail: impl Into<String>) -> Self {
        Self(
            PublicError::new(ErrorCode::Invalid, "Invalid parameter", detail, "Correct the parameter and try again.")
                .at(field),
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let error = self.0;
        let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = json!({
            "type": format!("urn:openconductor:problem:{}", error.code.name()),
            "title": error.title,
            "status": status.as_u16(),
            "detail": error.detail,
            "code": error.code.name(),
            "next_step": error.next_step,
        });
        for (key, value) in [("field", error.field), ("trace_id", error.trace_id)] {
            if let Some(value) = value {
                body[key] = value.into();
            }
        }
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

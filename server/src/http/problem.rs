//! The public error as an HTTP answer: problem details (RFC 9457).

use app::context::TraceId;
use axum::Json;
use axum::extract::rejection::JsonRejection;
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

    /// [`Problem::of`] for every error of one request.
    pub fn within(trace: &TraceId) -> impl Fn(domain::Error) -> Self + '_ {
        |error| Self::of(error, &trace.0)
    }

    /// The query or body has a problem at this parameter.
    pub fn invalid(field: &str, detail: impl Into<String>) -> Self {
        Self(
            PublicError::new(ErrorCode::Invalid, "Invalid parameter", detail, "Correct the parameter and try again.")
                .at(field),
        )
    }
}

/// A body that can't be read.
impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        let code = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::Unsupported,
            StatusCode::BAD_REQUEST => ErrorCode::Malformed,
            _ => ErrorCode::Invalid,
        };
        let next = "Send JSON as /api/v1/openapi.json describes it, with content-type: application/json.";
        Self(PublicError::new(code, "The body can't be read", rejection.body_text(), next))
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

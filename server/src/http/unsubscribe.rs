//! `POST /unsubscribe`: the link in a mail that ends such mail, followed by a mail program (RFC 8058) or by the form of the
//! page at the same address. It needs no session: the signature says whose it is.

use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use contract::UserId;
use serde::Deserialize;

/// What the link says.
#[derive(Debug, Default, Deserialize)]
pub struct Link {
    /// Person.
    #[serde(default)]
    p: String,
    /// Kind of notice.
    #[serde(default)]
    k: String,
    /// Signature.
    #[serde(default)]
    s: String,
}

/// Ends mail of this kind.
pub async fn unsubscribe(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Query(link): Query<Link>,
) -> Response {
    match domain::notice::unsubscribe(&state.services, &UserId(link.p), &link.k, &link.s).await {
        Ok(kind) => Redirect::to(&format!("/unsubscribe?done={}", kind.as_str())).into_response(),
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

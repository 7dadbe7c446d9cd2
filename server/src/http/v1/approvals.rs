//! Requests for approval.

use super::super::problem::Problem;
use super::answers::{Changing, Reading, Repeatable};
use super::page::{Page, Paging, Window};
use crate::AppState;
use app::context::TraceId;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, RawQuery, State};
use axum::{Extension, Json};
use contract::approval::{ApprovalAnswer, ApprovalCard, ApprovalDetail};
use contract::{ApprovalId, PublicError};
use domain::{Actor, approval};
use serde::Deserialize;
use utoipa::ToSchema;

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// `approve` or `deny`.
    pub answer: ApprovalAnswer,
    /// Some words, at most 2000 characters.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub text: String,
}

/// Requests: all of the organization for administrators, otherwise one's own; open ones first.
#[utoipa::path(
    get,
    path = "/api/v1/approvals",
    tag = "approvals",
    security(("token" = ["approvals:read"])),
    params(Paging),
    responses(
        (status = 200, description = "A page of requests", body = Page<ApprovalCard>),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<ApprovalCard>>, Problem> {
    let list = approval::list(&state.services, &actor).await.map_err(Problem::within(&trace))?;
    Ok(Json(Window::read(raw.as_deref())?.of(list.approvals, |card| card.id.to_string())))
}

/// One request with what it would get and what was said.
#[utoipa::path(
    get,
    path = "/api/v1/approvals/{id}",
    tag = "approvals",
    security(("token" = ["approvals:read"])),
    params(("id" = String, Path, description = "Id of the request")),
    responses(
        (status = 200, description = "The request", body = ApprovalDetail),
        (status = 404, description = "There is none that you may see", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn one(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Json<ApprovalDetail>, Problem> {
    approval::detail(&state.services, &actor, &ApprovalId::from(id)).await.map(Json).map_err(Problem::within(&trace))
}

/// Answer an open request. The answer is final.
#[utoipa::path(
    post,
    path = "/api/v1/approvals/{id}/answer",
    tag = "approvals",
    security(("token" = ["approvals:write", "approvals:read"])),
    params(
        ("id" = String, Path, description = "Id of the request"),
        Repeatable
    ),
    request_body = NewAnswer,
    responses(
        (status = 200, description = "The answered request", body = ApprovalDetail),
        Changing
    )
)]
pub async fn answer(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    body: Result<Json<NewAnswer>, JsonRejection>,
) -> Result<Json<ApprovalDetail>, Problem> {
    actor.require(domain::permission::Permission::AnswerApprovals).map_err(Problem::within(&trace))?;
    let Json(new) = body?;
    let id = ApprovalId::from(id);
    approval::answer(&state.services, &actor, &id, new.answer.as_str(), &new.text)
        .await
        .map_err(Problem::within(&trace))?;
    approval::detail(&state.services, &actor, &id).await.map(Json).map_err(Problem::within(&trace))
}

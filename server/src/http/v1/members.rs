//! Who belongs to the organization.

use super::super::problem::Problem;
use super::answers::Reading;
use super::page::{Page, Paging, Window};
use crate::AppState;
use app::context::TraceId;
use axum::extract::{RawQuery, State};
use axum::{Extension, Json};
use contract::PublicError;
use contract::organization::MemberView;
use domain::Actor;

/// The organization's members, by name.
#[utoipa::path(
    get,
    path = "/api/v1/members",
    tag = "members",
    security(("token" = ["members:read"])),
    params(Paging),
    responses(
        (status = 200, description = "A page of members", body = Page<MemberView>),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<MemberView>>, Problem> {
    let list = domain::organization::members(&state.services, &actor).await;
    let list = list.map_err(Problem::within(&trace))?;
    Ok(Json(Window::read(raw.as_deref())?.of(list.members, |member| member.person.to_string())))
}

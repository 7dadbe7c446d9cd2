//! Who belongs to the organization.

use super::super::problem::Problem;
use super::answers::Reading;
use super::page::{Page, Window};
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
    params(
        ("limit" = Option<u32>, Query, description = "Members on the page, 1 to 200; 50 by default", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next` of the page before", max_length = 200)
    ),
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
    let list = list.map_err(|error| Problem::of(error, &trace.0))?;
    Ok(Json(Window::read(raw.as_deref())?.of(list.members, |member| member.person.to_string())))
}

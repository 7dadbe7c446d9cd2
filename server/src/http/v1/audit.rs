//! The audit trail.

use super::super::problem::Problem;
use super::answers::Reading;
use super::page::Page;
use crate::AppState;
use app::context::TraceId;
use axum::extract::{RawQuery, State};
use axum::{Extension, Json};
use contract::PublicError;
use contract::audit::{AuditAction, AuditEvent, AuditQuery};
use domain::Actor;

fn query(raw: Option<&str>) -> Result<AuditQuery, Problem> {
    let mut query = AuditQuery::default();
    for (key, value) in url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
        let value = value.into_owned();
        if value.is_empty() && matches!(key.as_ref(), "action" | "from" | "to") {
            return Err(Problem::invalid(&key, format!("“{key}” is empty; leave it out to see everything.")));
        }
        match key.as_ref() {
            "action" => query.action = value,
            "actor" => query.actor = value,
            "subject" => query.subject = value,
            "from" => query.from = value,
            "to" => query.to = value,
            "cursor" => {
                let wrong = || Problem::invalid("cursor", "A cursor is the “next” of the page before.");
                query.before = Some(value.parse().map_err(|_| wrong())?);
            }
            other => {
                let known = "there are action, actor, subject, from, to and cursor";
                return Err(Problem::invalid(other, format!("There is no parameter “{other}”; {known}.")));
            }
        }
    }
    Ok(query)
}

/// The organization's audit trail, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/audit",
    tag = "audit",
    security(("token" = ["audit:read"])),
    params(
        ("action" = Option<AuditAction>, Query, description = "Only this action, such as `installation.removed`"),
        ("actor" = Option<String>, Query, description = "Id or part of the name of who did it"),
        ("subject" = Option<String>, Query, description = "Id or part of the name of what it was done to"),
        ("from" = Option<String>, Query, description = "From this day on, such as 2026-11-20", format = Date),
        ("to" = Option<String>, Query, description = "To this day, inclusive", format = Date),
        ("cursor" = Option<String>, Query, description = "`next` of the page before", pattern = "^[0-9]{1,18}$")
    ),
    responses(
        (status = 200, description = "A page of events", body = Page<AuditEvent>),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<AuditEvent>>, Problem> {
    actor.require(domain::permission::Permission::SeeAudit).map_err(Problem::within(&trace))?;
    let query = query(raw.as_deref())?;
    let page = domain::audit::page(&state.services, &actor, &query).await;
    let page = page.map_err(Problem::within(&trace))?;
    Ok(Json(Page { items: page.events, next: page.next.map(|position| position.to_string()) }))
}

//! What is installed, and its events.

use super::super::problem::Problem;
use super::answers::{Changing, Limited, Reading, Repeatable};
use super::page::{Page, Paging, Window};
use crate::AppState;
use app::context::TraceId;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use contract::install::{EventView, InstallationCard, InstallationDetail};
use contract::{InstallationId, ListingId, PublicError};
use domain::{Actor, connection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to install.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInstallation {
    /// Slug of the listing.
    pub listing: ListingId,
}

/// What was begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct Begun {
    /// Id of the installation.
    pub id: InstallationId,
    /// Address of the wizard, where the connection is completed.
    pub wizard_url: String,
}

/// The organization's installations, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/installations",
    tag = "installations",
    security(("token" = ["installations:read"])),
    params(Paging),
    responses(
        (status = 200, description = "A page of installations", body = Page<InstallationCard>),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<InstallationCard>>, Problem> {
    let cards = connection::list(&state.services, &actor).await.map_err(Problem::within(&trace))?;
    Ok(Json(Window::read(raw.as_deref())?.of(cards, |card| card.id.to_string())))
}

/// One installation.
#[utoipa::path(
    get,
    path = "/api/v1/installations/{id}",
    tag = "installations",
    security(("token" = ["installations:read"])),
    params(("id" = String, Path, description = "Id of the installation")),
    responses(
        (status = 200, description = "The installation", body = InstallationDetail),
        (status = 404, description = "There is none in this organization", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn one(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Json<InstallationDetail>, Problem> {
    let found = connection::detail(&state.services, &actor, &InstallationId::from(id))
        .await
        .map_err(Problem::within(&trace))?;
    found.map(Json).ok_or_else(|| Problem(PublicError::not_found("installation")))
}

/// Begin an installation, as the wizard's first step does. While one of the same release is being set up, gives that one.
#[utoipa::path(
    post,
    path = "/api/v1/installations",
    tag = "installations",
    security(("token" = ["installations:write"])),
    params(Repeatable),
    request_body = NewInstallation,
    responses(
        (status = 201, description = "Begun; the connection is completed in the wizard", body = Begun),
        Changing
    )
)]
pub async fn begin(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    body: Result<Json<NewInstallation>, JsonRejection>,
) -> Result<(StatusCode, Json<Begun>), Problem> {
    actor.require(domain::permission::Permission::Install).map_err(Problem::within(&trace))?;
    let Json(NewInstallation { listing }) = body?;
    let id = connection::begin(&state.services, &actor, &listing).await.map_err(Problem::within(&trace))?;
    let url = &state.services.settings.public_url;
    let wizard_url = format!("{url}/integrations/{listing}/install?installation={id}&step=connect");
    Ok((StatusCode::CREATED, Json(Begun { id, wizard_url })))
}

/// Uninstall: secrets are deleted at once. An installation that is gone already is answered like one that never was.
#[utoipa::path(
    delete,
    path = "/api/v1/installations/{id}",
    tag = "installations",
    security(("token" = ["installations:write"])),
    params(("id" = String, Path, description = "Id of the installation")),
    responses(
        (status = 204, description = "Uninstalled"),
        (status = 401, description = "No valid token", body = PublicError, content_type = "application/problem+json"),
        (status = 403, description = "The token or its owner may not", body = PublicError, content_type = "application/problem+json"),
        (status = 404, description = "There is none in this organization", body = PublicError, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else changed it in this moment", body = PublicError, content_type = "application/problem+json"),
        Limited
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    connection::uninstall(&state.services, &actor, &InstallationId::from(id)).await.map_err(Problem::within(&trace))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Events of an installation in the order of their arrival; keep `next` to go on later where you stopped.
#[utoipa::path(
    get,
    path = "/api/v1/installations/{id}/events",
    tag = "installations",
    security(("token" = ["installations:read"])),
    params(
        ("id" = String, Path, description = "Id of the installation"),
        ("limit" = Option<u32>, Query, description = "Events on the page, 1 to 200; 50 by default", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next` of the page before", pattern = "^[0-9]{1,18}$")
    ),
    responses(
        (status = 200, description = "A page of events, oldest first", body = Page<EventView>),
        (status = 404, description = "There is none in this organization", body = PublicError, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Reading
    )
)]
pub async fn events(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<EventView>>, Problem> {
    let id = InstallationId::from(id);
    connection::state_of(&state.services, &actor, &id).await.map_err(Problem::within(&trace))?;
    let window = Window::read(raw.as_deref())?;
    let after = window.position()?.unwrap_or_default();
    let limit = u64::try_from(window.limit).unwrap_or(u64::MAX);
    let items =
        connection::events_page(&state.services, &actor, &id, after, limit).await.map_err(Problem::within(&trace))?;
    let next = items.last().map(|event| event.sequence.to_string()).or(window.cursor);
    Ok(Json(Page { items, next }))
}

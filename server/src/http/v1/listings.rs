//! The catalogue.

use super::super::problem::Problem;
use super::answers::Limited;
use super::page::{Page, Paging, Window};
use crate::AppState;
use app::context::TraceId;
use axum::extract::{Path, RawQuery, State};
use axum::{Extension, Json};
use contract::listing::{ListingCard, ListingDetail};
use contract::{ListingId, PublicError};

/// All listings, by id.
#[utoipa::path(
    get,
    path = "/api/v1/listings",
    tag = "catalogue",
    params(Paging),
    responses(
        (status = 200, description = "A page of listings", body = Page<ListingCard>),
        (status = 304, description = "You have the present version"),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Limited
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<ListingCard>>, Problem> {
    let window = Window::read(raw.as_deref())?;
    let after = window.cursor.as_deref().map(ListingId::from);
    let (items, more) =
        domain::catalog::page(&state.services, after.as_ref(), window.limit).await.map_err(Problem::within(&trace))?;
    let next = items.last().filter(|_| more).map(|card| card.id.to_string());
    Ok(Json(Page { items, next }))
}

/// Everything about one listing.
#[utoipa::path(
    get,
    path = "/api/v1/listings/{id}",
    tag = "catalogue",
    params(("id" = String, Path, description = "Slug of the listing")),
    responses(
        (status = 200, description = "The listing", body = ListingDetail),
        (status = 304, description = "You have the present version"),
        (status = 404, description = "There is no such listing", body = PublicError, content_type = "application/problem+json"),
        Limited
    )
)]
pub async fn one(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(id): Path<String>,
) -> Result<Json<ListingDetail>, Problem> {
    let found = domain::catalog::detail(&state.services, &ListingId::from(id)).await;
    let found = found.map_err(Problem::within(&trace))?;
    found.map(Json).ok_or_else(|| Problem(PublicError::not_found("listing")))
}

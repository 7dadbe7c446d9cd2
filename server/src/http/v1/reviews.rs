//! What people who use a listing say of it.

use super::super::problem::Problem;
use super::answers::{Changing, Limited, Repeatable};
use super::page::{Page, Window};
use crate::AppState;
use app::context::TraceId;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, RawQuery, State};
use axum::{Extension, Json};
use contract::review::{Aspect, OrganizationSize, ReviewOrder, ReviewQuery, ReviewView};
use contract::{ListingId, PublicError, ReviewId};
use domain::Actor;
use domain::review::{Cursor, ReviewInput};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// How filters and paging are described.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "this is only ever described")]
pub struct Filters {
    /// Only with this many stars
    #[param(minimum = 1, maximum = 5)]
    stars: Option<u8>,
    /// Only about this release
    #[param(max_length = 64)]
    release: Option<String>,
    /// Only from organizations of this size
    size: Option<OrganizationSize>,
    /// Most helpful first, or the newest; the former by default
    order: Option<ReviewOrder>,
    /// Items on the page, 1 to 200; 50 by default
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before
    #[param(pattern = "^[0-9]{1,9}\\.[A-Za-z0-9_]{1,100}$")]
    cursor: Option<String>,
}

/// Reads filters and paging; unknown parameters are refused, so that a typo does not silently widen the answer.
fn read(raw: Option<&str>) -> Result<(ReviewQuery, Window), Problem> {
    let mut query = ReviewQuery::default();
    let mut paging = url::form_urlencoded::Serializer::new(String::new());
    for (key, value) in url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
        let wrong = |what: &str| Problem::invalid(&key, what);
        match key.as_ref() {
            "stars" => {
                let stars = value.parse().ok().filter(|stars| (1..=5).contains(stars));
                query.stars = Some(stars.ok_or_else(|| wrong("“stars” is a whole number from 1 to 5."))?);
            }
            "release" if value.chars().count() <= 64 => query.release = value.into_owned(),
            "release" => return Err(wrong("A release has at most 64 characters.")),
            "size" => {
                let size = OrganizationSize::parse(&value);
                query.size = Some(size.ok_or_else(|| wrong("“size” is small, medium or large."))?);
            }
            "order" => {
                query.order = ReviewOrder::parse(&value).ok_or_else(|| wrong("“order” is helpful or newest."))?;
            }
            "limit" | "cursor" => _ = paging.append_pair(&key, &value),
            _ => return Err(wrong("There are stars, release, size, order, limit and cursor.")),
        }
    }
    Ok((query, Window::read(Some(&paging.finish()))?))
}

/// A place as it stands in an address: `12.rev_…`.
fn place(text: &str) -> Result<Cursor, Problem> {
    let parts = text.split_once('.').and_then(|(helpful, id)| Some((helpful.parse().ok()?, ReviewId::from(id))));
    parts.ok_or_else(|| Problem::invalid("cursor", "A cursor is the “next” of the page before."))
}

/// Reviews of a listing by people whose organizations use it.
#[utoipa::path(
    get,
    path = "/api/v1/listings/{id}/reviews",
    tag = "catalogue",
    params(("id" = String, Path, description = "Slug of the listing"), Filters),
    responses(
        (status = 200, description = "A page of reviews", body = Page<ReviewView>),
        (status = 304, description = "You have the present version"),
        (status = 404, description = "There is no such listing", body = PublicError, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Limited
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Page<ReviewView>>, Problem> {
    let (query, window) = read(raw.as_deref())?;
    let after = window.cursor.as_deref().map(place).transpose()?;
    let found = domain::review::pages(&state.services, &ListingId::from(id), &query, after, window.limit).await;
    let (items, next) = found.map_err(Problem::within(&trace))?;
    Ok(Json(Page { items, next: next.map(|(helpful, id)| format!("{helpful}.{id}")) }))
}

/// Stars of the aspects; what is left out or null is not rated.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewAspects {
    /// Getting it to run.
    #[schema(minimum = 1, maximum = 5)]
    pub setup: Option<u8>,
    /// What is written about it.
    #[schema(minimum = 1, maximum = 5)]
    pub docs: Option<u8>,
    /// Whether it keeps running.
    #[schema(minimum = 1, maximum = 5)]
    pub reliability: Option<u8>,
    /// Whoever answers questions.
    #[schema(minimum = 1, maximum = 5)]
    pub support: Option<u8>,
}

/// A review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// Stars for the whole.
    #[schema(minimum = 1, maximum = 5)]
    pub stars: u8,
    /// Stars of the aspects.
    #[serde(default)]
    pub aspects: NewAspects,
    /// One line.
    #[schema(min_length = 3, max_length = 100)]
    pub title: String,
    /// Plain text.
    #[schema(min_length = 20, max_length = 4000)]
    pub text: String,
    /// How large your organization is, if you say it.
    #[serde(default)]
    pub size: Option<OrganizationSize>,
}

impl NewReview {
    /// As the form says it.
    fn input(self) -> ReviewInput {
        let NewAspects { setup, docs, reliability, support } = self.aspects;
        let aspects = [
            (Aspect::Setup, setup),
            (Aspect::Docs, docs),
            (Aspect::Reliability, reliability),
            (Aspect::Support, support),
        ];
        let rated =
            aspects.into_iter().filter_map(|(aspect, stars)| Some((aspect.as_str().to_owned(), stars?.to_string())));
        ReviewInput {
            stars: self.stars.to_string(),
            aspects: rated.collect(),
            title: self.title,
            text: self.text,
            size: self.size.map(|size| size.as_str().to_owned()).unwrap_or_default(),
        }
    }
}

/// Write a review, or change yours. Your organization must use the listing, now or until 45 days ago.
#[utoipa::path(
    post,
    path = "/api/v1/listings/{id}/reviews",
    tag = "catalogue",
    security(("token" = ["reviews:write"])),
    params(("id" = String, Path, description = "Slug of the listing"), Repeatable),
    request_body = NewReview,
    responses(
        (status = 200, description = "The review as it is now", body = ReviewView),
        Changing
    )
)]
pub async fn write(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    body: Result<Json<NewReview>, JsonRejection>,
) -> Result<Json<ReviewView>, Problem> {
    let id = ListingId::from(id);
    // Whether one may, and whether there is such a listing, comes before what one says.
    domain::review::own(&state.services, &actor, &id).await.map_err(Problem::within(&trace))?;
    let Json(new) = body?;
    let written = domain::review::write(&state.services, &actor, &id, &new.input()).await;
    written.map_err(Problem::within(&trace))?;
    let own = domain::review::own(&state.services, &actor, &id).await.map_err(Problem::within(&trace))?;
    own.map(Json).ok_or_else(|| Problem(PublicError::not_found("review")))
}

//! Search for programs, and the schema of manifests. Both are the same for everybody.

use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use contract::PublicError;
use contract::search::{FacetField, Filter, MAX_LIMIT, MAX_OFFSET, PAGE_SIZE, SearchPage, SearchQuery, Sort};

/// The JSON Schema of manifests, for editors.
pub async fn manifest_schema() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/schema+json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, domain::catalog::check::schema().to_string()).into_response()
}

fn number(key: &str, text: &str, most: u32) -> Result<u32, Problem> {
    match text.parse::<u32>() {
        Ok(number) if number <= most => Ok(number),
        _ => Err(Problem::invalid(key, format!("“{key}” is a whole number from 0 to {most}."))),
    }
}

/// Reads the parameters. Facets may be given several times; unknown parameters are refused, so that a typo does not
/// silently widen the answer.
fn query(raw: &str) -> Result<SearchQuery, Problem> {
    let mut query = SearchQuery { limit: PAGE_SIZE, ..SearchQuery::default() };
    for (key, value) in url::form_urlencoded::parse(raw.as_bytes()) {
        match key.as_ref() {
            "q" => query.q = value.into_owned(),
            "limit" => query.limit = number("limit", &value, MAX_LIMIT)?,
            "offset" => query.offset = number("offset", &value, MAX_OFFSET)?,
            "sort" => {
                let names = Sort::ALL.map(Sort::as_str).join(", ");
                query.sort = Sort::parse(&value)
                    .ok_or_else(|| Problem::invalid("sort", format!("“sort” is one of {names}.")))?;
            }
            other => {
                if let Some(field) = FacetField::parse(other) {
                    query.filters.push(Filter { field, value: value.into_owned() });
                } else {
                    let facets = FacetField::ALL.map(FacetField::as_str).join(", ");
                    let known = format!("There is no parameter “{other}”; there are q, limit, offset, sort, {facets}.");
                    return Err(Problem::invalid(other, known));
                }
            }
        }
    }
    Ok(query)
}

/// Search the catalogue.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "catalogue",
    params(
        ("q" = Option<String>, Query, description = "Words; at most 200 characters count"),
        ("limit" = Option<u32>, Query, description = "Results, 0 to 100; 20 by default", minimum = 0, maximum = 100),
        ("offset" = Option<u32>, Query, description = "First result, 0 to 10000", minimum = 0, maximum = 10000),
        ("sort" = Option<Sort>, Query, description = "Order; relevance by default"),
        ("category" = Option<Vec<String>>, Query, description = "`group` or `group/leaf`; several mean any of them"),
        ("installable" = Option<Vec<String>>, Query, description = "`yes` or `no`"),
        ("rating" = Option<Vec<String>>, Query, description = "`4` or `3`: at least so many stars"),
        ("capability" = Option<Vec<String>>, Query, description = "`webhook`, `data_source`, `action`"),
        ("certification" = Option<Vec<String>>, Query, description = "`none`, `bronze`, `silver`, `gold`"),
        ("pricing" = Option<Vec<String>>, Query, description = "`free`, `byol`, `freemium`, `paid`, `contract`"),
        ("support" = Option<Vec<String>>, Query, description = "`community`, `business-hours`, `24x7`"),
        ("auth" = Option<Vec<String>>, Query, description = "`none`, `api_key`, `bearer`, `basic`, `webhook_secret`"),
        ("partner" = Option<Vec<String>>, Query, description = "Partner slug")
    ),
    responses(
        (status = 200, description = "A page of results with facets", body = SearchPage),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        (status = 500, description = "Our fault", body = PublicError, content_type = "application/problem+json"),
        (status = 304, description = "You have the present version"),
        (status = 429, description = "Too many requests", body = PublicError, content_type = "application/problem+json")
    )
)]
pub async fn search(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    RawQuery(raw): RawQuery,
) -> Response {
    let query = match query(raw.as_deref().unwrap_or_default()) {
        Ok(query) => query,
        Err(problem) => return problem.into_response(),
    };
    match domain::discovery::search(&state.services, &query) {
        Ok(mut page) => {
            // To the index 0 means "as usual"; a client who asks for none wants to count.
            if query.limit == 0 {
                page.hits.clear();
                page.limit = 0;
            }
            Json(page).into_response()
        }
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

//! Downloads of everything that an organization has or that is known of a person.

use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::organization::Export;
use domain::{Actor, Services, identity};
use futures::stream;
use std::sync::Arc;

fn download(response: impl IntoResponse, name: &'static str) -> Response {
    let mut response = response.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The next piece. What fails in the middle breaks the download off, so that nobody takes a part for the whole.
async fn piece(
    (services, mut export, trace): (Arc<Services>, Export, String),
) -> std::io::Result<Option<(Bytes, (Arc<Services>, Export, String))>> {
    match export.next(&services).await {
        Ok(next) => Ok(next.map(|text| (Bytes::from(text), (services, export, trace)))),
        Err(error) => Err(std::io::Error::other(error.into_public(&trace).to_string())),
    }
}

/// Everything the organization has.
pub async fn organization(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
) -> Response {
    match Export::begin(&state.services, &actor).await {
        Ok(export) => {
            let pieces = stream::try_unfold((state.services.clone(), export, trace.0), piece);
            download(Body::from_stream(pieces), "attachment; filename=\"organization.json\"")
        }
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

/// Everything about whoever is signed in.
pub async fn account(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
) -> Response {
    match identity::export_account(&state.services, &actor).await {
        Ok(document) => download(Json(document), "attachment; filename=\"account.json\""),
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

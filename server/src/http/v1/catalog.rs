//! Changing the catalogue: feeds of other catalogues.

use super::super::problem::Problem;
use super::answers::Limited;
use crate::AppState;
use app::context::TraceId;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::{Extension, Json};
use contract::feed::{FeedRefusal, FeedReport};
use contract::{ErrorCode, PublicError};
use domain::Actor;
use domain::catalog::feed::{Import, MAX_REFUSALS};
use domain::permission::Permission;
use futures::StreamExt as _;

/// Largest feed, in bytes: 100,000 entries of a few kilobytes. It is never held in memory.
const MAX_FEED: usize = 512 * 1024 * 1024;
/// What newline-delimited JSON is called; there is no registered name.
const TYPES: [&str; 3] = ["application/x-ndjson", "application/jsonl", "application/ndjson"];

/// Import a catalogue feed: one JSON object a line. Importing the same again changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/catalog/import",
    tag = "catalogue",
    security(("token" = ["catalog:write"])),
    params(
        ("source" = Option<String>, Query, description = "Take entries of this catalogue only; entries that name none are its own", min_length = 1, max_length = 200, pattern = "^[^/\\s]+(/[^/\\s]+)*$")
    ),
    request_body(content = String, content_type = "application/x-ndjson", description = "Lines as described under “Catalogue feed” in docs/manifest.md"),
    responses(
        (status = 200, description = "What became of the lines", body = FeedReport),
        (status = 400, description = "The feed broke off; what was read before is imported", body = PublicError, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = PublicError, content_type = "application/problem+json"),
        (status = 403, description = "The token or its owner may not", body = PublicError, content_type = "application/problem+json"),
        (status = 413, description = "The feed is too large; what was read before is imported", body = PublicError, content_type = "application/problem+json"),
        (status = 415, description = "The body is not declared as newline-delimited JSON", body = PublicError, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = PublicError, content_type = "application/problem+json"),
        Limited
    )
)]
pub async fn import(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<FeedReport>, Problem> {
    let failed = Problem::within(&trace);
    actor.require(Permission::ImportCatalogue).map_err(&failed)?;
    declared(&headers)?;
    let source = source(raw.as_deref())?;
    let mut import = Import::begin(&state.services, &actor, source.as_deref()).await.map_err(&failed)?;
    let mut refusals: Vec<FeedRefusal> = Vec::new();
    let mut pieces = body.into_data_stream();
    let mut size = 0_usize;
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else {
            import.break_off().await.map_err(&failed)?;
            return Err(broken_off(import.report()));
        };
        size = size.saturating_add(piece.len());
        if size > MAX_FEED {
            import.break_off().await.map_err(&failed)?;
            return Err(too_large(import.report()));
        }
        import.push(&piece).await.map_err(&failed)?;
        keep(&mut refusals, &mut import);
    }
    import.finish().await.map_err(&failed)?;
    keep(&mut refusals, &mut import);
    refusals.sort_by_key(|refusal| refusal.line);
    Ok(Json(FeedReport { refusals, ..import.report().clone() }))
}

fn keep(refusals: &mut Vec<FeedRefusal>, import: &mut Import<'_>) {
    let room = MAX_REFUSALS - refusals.len();
    refusals.extend(import.take_refusals().into_iter().take(room));
}

fn declared(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let encoded = headers.contains_key(header::CONTENT_ENCODING);
    if TYPES.contains(&kind.as_str()) && !encoded {
        return Ok(());
    }
    Err(Problem(PublicError::new(
        ErrorCode::Unsupported,
        "The body can't be read",
        "A feed is newline-delimited JSON and not packed.",
        "Send it with content-type: application/x-ndjson and without a content-encoding.",
    )))
}

fn source(raw: Option<&str>) -> Result<Option<String>, Problem> {
    let mut source = None;
    for (key, value) in url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
        if key != "source" {
            return Err(Problem::invalid(&key, format!("There is no parameter “{key}”; there is source.")));
        }
        source = Some(value.into_owned());
    }
    Ok(source)
}

fn broken_off(report: &FeedReport) -> Problem {
    Problem(PublicError::new(
        ErrorCode::Malformed,
        "The feed broke off",
        format!("The connection ended in the middle of the feed, after {} lines.", report.lines),
        "Send it again; what was imported is not imported twice.",
    ))
}

fn too_large(report: &FeedReport) -> Problem {
    Problem(PublicError::new(
        ErrorCode::TooLarge,
        "Too large",
        format!("A feed may have {} MiB; {} lines of it were read.", MAX_FEED / 1024 / 1024, report.lines),
        "Send it in parts; each may be sent again.",
    ))
}

//! `/audit/export`: the audit trail as a file, streamed, so that its length does not matter.

use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use contract::audit::{AuditEvent, AuditQuery};
use domain::{Actor, Services, audit};
use futures::{StreamExt, stream};
use serde::Deserialize;
use std::sync::Arc;

/// How the file is written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RFC 4180.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// What to export.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    format: Format,
    #[serde(flatten)]
    query: AuditQuery,
}

/// An export under way.
struct Export {
    services: Arc<Services>,
    actor: Actor,
    wanted: Wanted,
    next: Option<i64>,
}

fn lines(format: Format, events: &[AuditEvent]) -> domain::Result<String> {
    let line = |event| match format {
        Format::Csv => audit::csv_line(Some(event)),
        Format::Jsonl => audit::json_line(event),
    };
    events.iter().map(line).collect()
}

impl Export {
    /// The next part; nothing when the file is complete.
    async fn part(mut self) -> Option<(domain::Result<String>, Self)> {
        self.wanted.query.before = Some(self.next?);
        let part = audit::export(&self.services, &self.actor, &self.wanted.query).await;
        let text = part.and_then(|(events, next)| {
            self.next = next;
            lines(self.wanted.format, &events)
        });
        if text.is_err() {
            self.next = None;
        }
        Some((text, self))
    }
}

/// Sends the file.
pub async fn send(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Query(mut wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    wanted.query.before = None;
    let failed = |error| Problem::of(error, &trace.0);
    let (events, next) = audit::export(&state.services, &actor, &wanted.query).await.map_err(failed)?;
    let (kind, name) = match wanted.format {
        Format::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
        Format::Jsonl => ("application/jsonl; charset=utf-8", "attachment; filename=\"audit.jsonl\""),
    };
    let mut first = match wanted.format {
        Format::Csv => audit::csv_line(None).map_err(failed)?,
        Format::Jsonl => String::new(),
    };
    first.push_str(&lines(wanted.format, &events).map_err(failed)?);
    let rest = Export { services: state.services.clone(), actor, wanted, next };
    let begin = stream::once(async move { Ok::<_, domain::Error>(first) });
    // Fused, because whoever compresses the answer asks once more after the end.
    let parts = begin.chain(stream::unfold(rest, Export::part)).fuse();
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Body::from_stream(parts)).into_response())
}

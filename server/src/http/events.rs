//! Live events of an installation, as server-sent events.

use super::cookies;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use contract::InstallationId;
use contract::install::ConnectionState;
use domain::{Actor, Origin, connection, identity};
use futures::stream;
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

/// Time between two looks into the database; works the same on every node.
const PERIOD: Duration = Duration::from_millis(500);
/// The browser comes back after this many looks, so that no stream lives for ever.
const LOOKS: u32 = 1200;
/// The session is looked at anew every so many looks.
const SESSION_EVERY: u32 = 10;

/// Where to begin.
#[derive(Debug, Deserialize)]
pub struct After {
    #[serde(default)]
    after: i64,
}

struct Live {
    state: AppState,
    actor: Actor,
    token: Option<String>,
    id: InstallationId,
    sequence: i64,
    shown: Option<ConnectionState>,
    looks: u32,
    queue: VecDeque<Event>,
}

impl Live {
    /// The next message; nothing when the stream ends.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some((Ok(event), self));
            }
            self.looks += 1;
            if self.looks > LOOKS || *self.state.stop.borrow() {
                return None;
            }
            if self.looks.is_multiple_of(SESSION_EVERY) {
                self.actor =
                    identity::actor(&self.state.services, self.token.as_deref(), Origin::default()).await.ok()?;
            }
            self.look().await?;
            if self.queue.is_empty() {
                let mut stop = self.state.stop.clone();
                tokio::select! {
                    () = tokio::time::sleep(PERIOD) => {}
                    _ = stop.wait_for(|stop| *stop) => return None,
                }
            }
        }
    }

    async fn look(&mut self) -> Option<()> {
        let services = &self.state.services;
        for event in connection::events_after(services, &self.actor, &self.id, self.sequence).await.ok()? {
            self.sequence = event.sequence;
            let message = Event::default().event("event").id(event.sequence.to_string());
            self.queue.push_back(message.json_data(&event).ok()?);
        }
        let now = connection::state_of(services, &self.actor, &self.id).await.ok()?;
        if self.shown.replace(now).is_some_and(|before| before != now) {
            self.queue.push_back(Event::default().event("state").data(now.as_str()));
        }
        Some(())
    }
}

/// Opens the stream. `Last-Event-ID` (sent by the browser when it comes back) wins over `after`.
pub async fn stream(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Response {
    let id = InstallationId::from(id);
    if let Err(error) = connection::state_of(&state.services, &actor, &id).await {
        return Problem::of(error, &trace.0).into_response();
    }
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let token = cookies::read(&headers, cookies::session_name(state.is_https())).map(ToOwned::to_owned);
    let live = Live {
        sequence: last.unwrap_or(after),
        shown: None,
        looks: 0,
        queue: VecDeque::new(),
        state,
        actor,
        token,
        id,
    };
    Sse::new(stream::unfold(live, Live::next)).keep_alive(KeepAlive::default()).into_response()
}

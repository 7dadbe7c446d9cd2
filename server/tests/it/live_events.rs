//! Server-sent events of an installation.

use crate::harness::{App, Browser, Upstream, alerts, deliver};
use axum::body::Body;
use axum::http::header;
use futures::{Stream, StreamExt};
use serde_json::Value;
use std::pin::Pin;
use std::time::Duration;

on_both!(
    an_event_is_told_as_it_comes,
    a_change_of_state_is_told,
    a_browser_that_comes_back_misses_nothing,
    the_stream_ends_with_the_session,
    the_stream_ends_with_the_server,
);

/// Patience with a stream.
const PATIENCE: Duration = Duration::from_secs(30);

struct Live {
    chunks: Pin<Box<dyn Stream<Item = Result<axum::body::Bytes, axum::Error>> + Send>>,
    text: String,
}

/// One message: its kind and its data.
type Message = (String, String);

impl Live {
    async fn open(browser: &Browser<'_>, request: axum::http::request::Builder) -> Self {
        let response = browser.open(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        Self { chunks: Box::pin(response.into_body().into_data_stream()), text: String::new() }
    }

    /// The next message; nothing when the stream ends.
    async fn next(&mut self) -> Option<Message> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let line = |key: &str| message.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned);
                let found = line("event: ").zip(line("data: "));
                self.text = rest.to_owned();
                if found.is_some() {
                    return found;
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.chunks.next()).await.expect("the stream says something");
            self.text.push_str(std::str::from_utf8(&chunk?.unwrap()).unwrap());
        }
    }

    /// The summary of the next event.
    async fn event(&mut self) -> (i64, String) {
        loop {
            let (kind, data) = self.next().await.expect("the stream lasts");
            if kind == "event" {
                let event: Value = serde_json::from_str(&data).unwrap();
                return (event["sequence"].as_i64().unwrap(), event["summary"].as_str().unwrap().to_owned());
            }
        }
    }
}

async fn an_event_is_told_as_it_comes(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    // Colleagues may watch, too.
    let member = app.sign_in("member").await;
    let mut live = Live::open(&member, member.live(&id)).await;
    for (key, summary) in [("a1", "Disk full"), ("a2", "Fan broken")] {
        deliver(app, &address, alerts(key, summary)).await;
        assert_eq!(live.event().await.1, summary);
    }
}

async fn a_change_of_state_is_told(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let mut live = Live::open(&admin, admin.live(&id)).await;
    let address = admin.address(&id).await;
    // The stream tells differences to what it saw first, so it must have looked once.
    deliver(app, &address, alerts("a1", "Disk full")).await;
    live.event().await;
    assert_eq!(admin.uninstall(&id).await.status, 200);
    loop {
        let (kind, data) = live.next().await.expect("the stream lasts");
        if (kind.as_str(), data.as_str()) == ("state", "uninstalled") {
            return;
        }
    }
}

async fn a_browser_that_comes_back_misses_nothing(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    for (key, summary) in [("a1", "First"), ("a2", "Second"), ("a3", "Third")] {
        deliver(app, &address, alerts(key, summary)).await;
    }
    let (first, summary) = Live::open(&admin, admin.live(&id)).await.event().await;
    assert_eq!(summary, "First");
    let mut live = Live::open(&admin, admin.live(&id).header("last-event-id", first)).await;
    assert_eq!(live.event().await.1, "Second");
    let (third, summary) = live.event().await;
    assert_eq!(summary, "Third");
    let after = admin.request(axum::http::Method::GET, &format!("/installed/{id}/events?after={third}"));
    let mut live = Live::open(&admin, after).await;
    deliver(app, &address, alerts("a4", "Fourth")).await;
    assert_eq!(live.event().await.1, "Fourth");
}

async fn the_stream_ends_with_the_session(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    let colleague = app.sign_in("member").await;
    let mut live = Live::open(&colleague, colleague.live(&id)).await;
    let other = app.sign_in("member").await;
    other.post("/auth/sign-out", &[]).await;
    deliver(app, &address, alerts("a1", "Disk full")).await;
    assert_eq!(live.event().await.1, "Disk full", "another session's end changes nothing");
    colleague.post("/auth/sign-out", &[]).await;
    while live.next().await.is_some() {}
}

async fn the_stream_ends_with_the_server(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let mut live = Live::open(&admin, admin.live(&id)).await;
    app.stop.send(true).unwrap();
    assert_eq!(live.next().await, None);
}

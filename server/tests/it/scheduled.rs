//! What the queue does with connections: tests, silence, polls, the daily clean-up.

use crate::harness::{App, Browser, HOUR_MS, MINUTE_MS, Reply, Upstream, alerts, deliver, until};
use contract::install::ConnectionState;
use std::sync::Arc;

on_both!(
    a_check_notices_failure_and_recovery,
    nothing_is_done_before_it_is_due,
    silence_is_noticed_and_ends,
    a_poll_stores_events_once,
    a_failing_poll_degrades_and_recovers,
    a_draft_is_not_polled,
    old_payloads_and_sessions_are_deleted,
    a_worker_stops_when_told_to,
);

/// Longer than an interval with its jitter.
const CHECK: i64 = HOUR_MS + HOUR_MS / 5;
const POLL: i64 = MINUTE_MS + MINUTE_MS / 5;

async fn state(admin: &Browser<'_>, id: &str) -> ConnectionState {
    admin.detail(id).await.card.state
}

async fn a_check_notices_failure_and_recovery(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    upstream.answer("GET /api/status", Reply::with(401, "{}"));
    upstream.answer("GET /api/alerts", Reply::with(401, "{}"));
    app.clock.advance(CHECK);
    app.work_off().await;
    let detail = admin.detail(&id).await;
    assert_eq!(detail.card.state, ConnectionState::Failing);
    let check = detail.checks.iter().find(|check| check.kind == "test").unwrap();
    assert_eq!(check.report.message, "The token was refused.");
    assert!(admin.get("/installed").await.body.contains("Failing"));
    upstream.recover();
    upstream.answer("GET /api/alerts", Reply::with(401, "{}"));
    app.clock.advance(CHECK);
    app.work_off().await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Authorised);
    upstream.recover();
    app.clock.advance(CHECK);
    app.work_off().await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Receiving);
}

async fn nothing_is_done_before_it_is_due(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install(&upstream).await;
    let calls = upstream.seen().len();
    app.clock.advance(50_000);
    assert!(!jobs::work_once(&app.services, "worker").await.unwrap());
    app.clock.advance(POLL - 50_000);
    assert!(jobs::work_once(&app.services, "worker").await.unwrap());
    assert_eq!(upstream.last().what, "GET /api/alerts?limit=10");
    assert!(!jobs::work_once(&app.services, "worker").await.unwrap(), "the next round is not due yet");
    assert_eq!(upstream.seen().len(), calls + 1);
}

async fn silence_is_noticed_and_ends(app: &App) {
    let upstream = Upstream::start().await;
    // Without polled events there is nothing but the webhook to hear of.
    upstream.answer("GET /api/alerts", Reply::with(500, "{}"));
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    app.scratch.change("DELETE FROM job WHERE kind = 'poll_source'").await;
    let address = admin.address(&id).await;
    deliver(app, &address, alerts("a1", "Disk full")).await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Receiving);
    app.clock.advance(CHECK);
    app.work_off().await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Silent);
    deliver(app, &address, alerts("a2", "Fan broken")).await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Receiving);
}

async fn a_poll_stores_events_once(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    app.clock.advance(POLL);
    app.work_off().await;
    let detail = admin.detail(&id).await;
    assert_eq!((detail.card.events, detail.card.state), (2, ConnectionState::Receiving));
    upstream.answer(
        "GET /api/alerts",
        Reply::with(200, r#"{"items":[{"id":"p3","name":"New"},{"id":"p1","name":"Disk full"}]}"#),
    );
    app.clock.advance(POLL);
    app.work_off().await;
    let detail = admin.detail(&id).await;
    let summaries: Vec<&str> = detail.events.iter().map(|event| event.summary.as_str()).collect();
    assert_eq!(summaries, ["New", "Fan broken", "Disk full"]);
    assert_eq!(detail.card.events, 3);
}

async fn a_failing_poll_degrades_and_recovers(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    app.clock.advance(POLL);
    app.work_off().await;
    upstream.answer("GET /api/alerts", Reply::with(503, "{}"));
    app.clock.advance(POLL);
    app.work_off().await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Degraded);
    upstream.recover();
    app.clock.advance(POLL);
    app.work_off().await;
    assert_eq!(state(&admin, &id).await, ConnectionState::Receiving);
}

async fn a_draft_is_not_polled(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    // Saved again, so back in `setup`: nobody knows whether it works.
    admin.save(&id, &[("config.base_url", "")]).await.problem(422, "invalid");
    let calls = upstream.seen().len();
    app.clock.advance(CHECK);
    app.work_off().await;
    assert_eq!(upstream.seen().len(), calls);
}

async fn old_payloads_and_sessions_are_deleted(app: &App) {
    const DAY: i64 = 24 * HOUR_MS;
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    app.scratch.change("DELETE FROM job").await;
    let address = admin.address(&id).await;
    app.services.queue.enqueue("purge", "daily", &serde_json::Value::Null, app.services.clock.now()).await.unwrap();
    deliver(app, &address, alerts("a1", "Old")).await;
    app.clock.advance(6 * DAY);
    app.work_off().await;
    deliver(app, &address, alerts("a2", "New")).await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM raw_payload").await, 2);
    app.clock.advance(2 * DAY);
    app.work_off().await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM raw_payload").await, 1);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM event").await, 2, "events stay");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 1);
    app.clock.advance(7 * DAY);
    app.work_off().await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 0);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job").await, 1, "it comes back tomorrow");
}

async fn a_worker_stops_when_told_to(app: &App) {
    let worker = tokio::spawn(jobs::work(Arc::clone(&app.services), app.stop.subscribe()));
    let done = || async {
        let waiting = app.scratch.number("SELECT COUNT(*) FROM job WHERE kind = 'purge' AND attempts = 0").await;
        let due = format!("SELECT COUNT(*) FROM job WHERE run_at <= {}", app.services.clock.now().0);
        waiting == 1 && app.scratch.number(&due).await == 0
    };
    until("the daily clean-up was done and waits for tomorrow", done).await;
    app.stop.send(true).unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(30), worker).await.unwrap().unwrap();
}

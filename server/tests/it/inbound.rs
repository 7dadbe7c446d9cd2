//! `POST /in/{token}`: a 2xx means that it is on disk.

use crate::harness::{Address, Answer, App, Browser, HOST, Upstream, alert, alerts, deliver};
use axum::body::Body;
use axum::http::{Method, Request, header};
use contract::install::{ConnectionState, EventStatus, Severity};
use futures::future::join_all;
use serde_json::{Value, json};

on_both!(
    what_arrives_is_stored,
    repeats_are_counted_not_stored,
    a_change_of_status_is_another_event,
    identical_deliveries_at_once_are_one_event,
    a_wrong_secret_is_refused_and_counted,
    an_unknown_address_is_not_found,
    malformed_payloads_are_refused_and_kept,
    payloads_without_a_single_event_are_refused_and_kept,
    one_bad_element_does_not_stop_the_others,
    elements_may_be_skipped,
    payloads_have_a_size_limit,
    only_posts_are_taken,
    an_uninstalled_address_is_not_found,
);

/// An installation and its address.
async fn receiver(admin: &Browser<'_>) -> (String, Address) {
    let upstream = Upstream::start().await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    (id, address)
}

/// Payloads kept, and what was wrong with them.
async fn kept(app: &App) -> Vec<(Vec<u8>, Option<String>)> {
    let rows = app.scratch.rows("SELECT payload, problem FROM raw_payload ORDER BY id").await;
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

#[track_caller]
fn taken(answer: &Answer) -> (u64, u64, u64) {
    assert_eq!(answer.status, 202, "{answer:?}");
    let body: Value = answer.json();
    let number = |key: &str| body[key].as_u64().unwrap();
    (number("accepted"), number("repeated"), number("skipped"))
}

async fn what_arrives_is_stored(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    let payload = alerts("a1", "Disk full");
    assert_eq!(taken(&deliver(app, &address, payload.clone()).await), (1, 0, 0));
    let detail = admin.detail(&id).await;
    assert_eq!((detail.card.events, detail.rejected), (1, 0));
    assert_eq!(detail.card.state, ConnectionState::Receiving);
    assert_eq!(detail.card.last_event_at, Some(detail.events[0].received_at));
    let event = &detail.events[0];
    assert_eq!((event.summary.as_str(), event.source.as_str()), ("Disk full", "db1"));
    assert_eq!((event.severity, event.status, event.count), (Severity::Critical, EventStatus::Firing, 1));
    assert_eq!(event.occurred_at.rfc3339(), "2026-11-20T13:00:00Z");
    assert!(!event.synthetic);
    assert_eq!(kept(app).await, [(payload.into_bytes(), None)]);
}

async fn repeats_are_counted_not_stored(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    deliver(app, &address, alerts("a1", "Disk full")).await;
    assert_eq!(taken(&deliver(app, &address, alerts("a1", "Disk full")).await), (0, 1, 0));
    let both = json!({ "alerts": [alert("a1", "Disk full"), alert("a2", "Fan broken")] }).to_string();
    assert_eq!(taken(&deliver(app, &address, both).await), (1, 1, 0));
    let detail = admin.detail(&id).await;
    let events: Vec<(&str, u32)> = detail.events.iter().map(|it| (it.summary.as_str(), it.count)).collect();
    assert_eq!(events, [("Fan broken", 1), ("Disk full", 3)]);
    assert_eq!(detail.card.events, 2);
}

async fn a_change_of_status_is_another_event(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    deliver(app, &address, alerts("a1", "Disk full")).await;
    let mut resolved = alert("a1", "Disk full");
    resolved["status"] = "resolved".into();
    assert_eq!(taken(&deliver(app, &address, json!({ "alerts": [resolved] }).to_string()).await), (1, 0, 0));
    let statuses: Vec<EventStatus> = admin.detail(&id).await.events.iter().map(|it| it.status).collect();
    assert_eq!(statuses, [EventStatus::Resolved, EventStatus::Firing]);
    let keys = app.scratch.texts("SELECT DISTINCT dedup_key FROM event").await;
    assert_eq!(keys, ["a1"], "of one problem");
}

async fn identical_deliveries_at_once_are_one_event(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    let answers = join_all((0..8).map(|_| deliver(app, &address, alerts("a1", "Disk full")))).await;
    let accepted: u64 = answers.iter().map(|answer| taken(answer).0).sum();
    assert_eq!(accepted, 1);
    let detail = admin.detail(&id).await;
    assert_eq!((detail.card.events, detail.events.len(), detail.events[0].count), (1, 1, 8));
}

async fn a_wrong_secret_is_refused_and_counted(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    for secret in ["wrong", "", &address.secret[1..], &address.secret.to_uppercase()] {
        let forged = Address { secret: secret.to_owned(), ..address.clone() };
        deliver(app, &forged, alerts("a1", "Disk full")).await.problem(401, "sign_in_required");
    }
    let request = Request::post(&address.path).header(header::HOST, HOST).body(Body::from(alerts("a1", "x"))).unwrap();
    app.visitor().send(request).await.problem(401, "sign_in_required");
    let detail = admin.detail(&id).await;
    assert_eq!((detail.rejected, detail.card.events), (5, 0));
    assert_eq!(detail.card.state, ConnectionState::Authorised);
    assert!(kept(app).await.is_empty(), "what nobody vouches for is not kept");
}

async fn an_unknown_address_is_not_found(app: &App) {
    let admin = app.sign_in("admin").await;
    let (_, address) = receiver(&admin).await;
    for path in ["/in/unknown", "/in/ins_01JD0000000000000000000000", &format!("{}x", address.path)] {
        let unknown = Address { path: path.to_owned(), ..address.clone() };
        deliver(app, &unknown, alerts("a1", "x")).await.problem(404, "not_found");
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM rejection").await, 0);
}

async fn malformed_payloads_are_refused_and_kept(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    let payloads: [&[u8]; 4] = [b"{\"alerts\": [", b"", b"\xff\xfe\x00", b"alert!"];
    for payload in payloads {
        let problem = deliver(app, &address, payload.to_vec()).await.problem(422, "invalid");
        assert!(problem["detail"].as_str().unwrap().contains("not JSON"), "{problem}");
    }
    let kept = kept(app).await;
    assert_eq!(kept.len(), 4);
    for ((kept, problem), payload) in kept.iter().zip(payloads) {
        assert_eq!(kept, payload);
        assert!(problem.as_ref().unwrap().contains("not JSON"), "{problem:?}");
    }
    let detail = admin.detail(&id).await;
    assert_eq!((detail.rejected, detail.card.events), (4, 0));
    assert_eq!(detail.card.state, ConnectionState::Authorised, "this is no proof");
}

async fn payloads_without_a_single_event_are_refused_and_kept(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    for payload in [r#"{"events":[]}"#, r#"{"alerts":7}"#, r#"{"alerts":[{"name":"no id"}]}"#] {
        deliver(app, &address, payload).await.problem(422, "invalid");
    }
    assert_eq!(taken(&deliver(app, &address, r#"{"alerts":[]}"#).await), (0, 0, 0), "nothing to say is no mistake");
    let detail = admin.detail(&id).await;
    assert_eq!((detail.rejected, detail.card.events), (3, 0));
    assert_eq!(detail.card.state, ConnectionState::Authorised);
}

async fn one_bad_element_does_not_stop_the_others(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    let payload = json!({ "alerts": [{ "name": "no id" }, alert("a1", "Disk full"), 7] }).to_string();
    assert_eq!(taken(&deliver(app, &address, payload).await), (1, 0, 0));
    assert_eq!(admin.detail(&id).await.events[0].summary, "Disk full");
    let problem = kept(app).await[0].1.clone().unwrap();
    assert!(problem.contains("Event 0") && problem.contains("Event 2"), "{problem}");
}

async fn elements_may_be_skipped(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    let payload = json!({ "alerts": [{ "kind": "ping" }, alert("a1", "Disk full")] }).to_string();
    assert_eq!(taken(&deliver(app, &address, payload).await), (1, 0, 1));
    let ping = json!({ "alerts": [{ "kind": "ping" }] }).to_string();
    assert_eq!(taken(&deliver(app, &address, ping).await), (0, 0, 1));
    assert_eq!(admin.detail(&id).await.rejected, 0);
}

async fn payloads_have_a_size_limit(app: &App) {
    const LIMIT: usize = 1024 * 1024;
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    let padded = |size: usize| {
        let payload = alerts("a1", "Disk full");
        payload.clone() + &" ".repeat(size - payload.len())
    };
    deliver(app, &address, padded(LIMIT + 1)).await.problem(413, "too_large");
    assert!(kept(app).await.is_empty());
    assert_eq!(taken(&deliver(app, &address, padded(LIMIT)).await), (1, 0, 0));
    assert_eq!(admin.detail(&id).await.card.events, 1);
}

async fn only_posts_are_taken(app: &App) {
    let admin = app.sign_in("admin").await;
    let (_, address) = receiver(&admin).await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let request = app.visitor().request(method.clone(), &address.path).body(Body::empty()).unwrap();
        assert_eq!(app.visitor().send(request).await.status, 405, "{method}");
    }
}

async fn an_uninstalled_address_is_not_found(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    deliver(app, &address, alerts("a1", "Disk full")).await;
    assert_eq!(admin.uninstall(&id).await.status, 200);
    let gone = deliver(app, &address, alerts("a2", "Fan broken")).await;
    gone.problem(404, "not_found");
    let unknown = Address { path: "/in/unknown".to_owned(), ..address };
    let unknown = deliver(app, &unknown, alerts("a2", "x")).await;
    assert_eq!(gone.json::<Value>()["detail"], unknown.json::<Value>()["detail"], "both look the same");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM event").await, 1);
}

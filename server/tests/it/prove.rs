//! The Prove step: nothing is green before data came.

use crate::harness::{App, Browser, MONITOR, Reply, Upstream, alerts, deliver, listing_installs, publish};
use contract::install::{CallReport, ConnectionState, ProofOption};
use serde_json::{Value, json};

on_both!(
    a_probe_that_comes_back_is_proof,
    a_probe_that_was_only_sent_is_none,
    somebody_elses_probe_proves_nothing,
    a_real_event_is_proof_too,
    an_answer_of_a_data_source_is_proof,
    an_empty_answer_of_a_data_source_is_proof,
    an_answer_that_cannot_be_mapped_is_none,
    an_accepted_action_is_proof,
    a_refused_action_is_none,
    unknown_capabilities_are_not_found,
    what_has_no_probe_waits_for_a_real_event,
);

async fn proof(admin: &Browser<'_>, id: &str, capability: &str) -> ProofOption {
    let proofs = admin.wizard(id).await.proofs;
    proofs.into_iter().find(|proof| proof.capability.name == capability).unwrap()
}

/// Sends a probe; gives its name as the monitor got it.
async fn probe(admin: &Browser<'_>, upstream: &Upstream, id: &str) -> String {
    let report: CallReport = admin.prove(id, "alerts").await.good();
    assert!(report.ok, "{report:?}");
    let seen = upstream.last();
    assert_eq!(seen.what, "POST /api/probe");
    serde_json::from_str::<Value>(&seen.body).unwrap()["name"].as_str().unwrap().to_owned()
}

async fn a_probe_that_comes_back_is_proof(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let name = probe(&admin, &upstream, &id).await;
    let waiting = admin.wizard(&id).await.waiting_probe.unwrap();
    assert_eq!(name, format!("probe {waiting}"));
    app.clock.advance(4200);
    assert_eq!(deliver(app, &admin.address(&id).await, alerts("probe", &name)).await.status, 202);
    let wizard = admin.wizard(&id).await;
    assert_eq!((wizard.state, &wizard.waiting_probe), (ConnectionState::Receiving, &None));
    assert!(proof(&admin, &id, "alerts").await.proven_at.is_some());
    assert!((4200..60_000).contains(&wizard.time_to_first_event_ms.unwrap()), "{wizard:?}");
    assert_eq!(wizard.events.len(), 1);
    assert!(wizard.events[0].synthetic && wizard.events[0].summary == name, "{:?}", wizard.events);
    assert_eq!(wizard.last_proof.unwrap().kind, "probe");
    assert_eq!(listing_installs(app, "monitor").await, 1);
}

async fn a_probe_that_was_only_sent_is_none(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    probe(&admin, &upstream, &id).await;
    assert_eq!(proof(&admin, &id, "alerts").await.proven_at, None, "the other side only said that it got it");
    upstream.answer("POST /api/probe", Reply::with(500, "{}"));
    let report: CallReport = admin.prove(&id, "alerts").await.good();
    assert!(!report.ok && !report.fix.is_empty(), "{report:?}");
    let wizard = admin.wizard(&id).await;
    assert_eq!((wizard.state, wizard.time_to_first_event_ms), (ConnectionState::Authorised, None));
}

async fn somebody_elses_probe_proves_nothing(app: &App) {
    let upstream = Upstream::start().await;
    let (admin, partner) = (app.sign_in("admin").await, app.sign_in("partner").await);
    let (ours, theirs) = (admin.install(&upstream).await, partner.install(&upstream).await);
    let name = probe(&admin, &upstream, &ours).await;
    assert_eq!(deliver(app, &partner.address(&theirs).await, alerts("probe", &name)).await.status, 202);
    assert_eq!(proof(&admin, &ours, "alerts").await.proven_at, None);
    assert_eq!(proof(&partner, &theirs, "alerts").await.proven_at, None);
    assert!(admin.wizard(&ours).await.waiting_probe.is_some());
}

async fn a_real_event_is_proof_too(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    deliver(app, &admin.address(&id).await, alerts("a1", "Disk full")).await;
    let wizard = admin.wizard(&id).await;
    assert_eq!(wizard.state, ConnectionState::Receiving);
    assert!(wizard.time_to_first_event_ms.is_some());
    assert!(!wizard.events[0].synthetic);
}

async fn an_answer_of_a_data_source_is_proof(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let report: CallReport = admin.prove(&id, "open-alerts").await.good();
    assert_eq!((report.ok, report.message.as_str()), (true, "Test Monitor answered with 2 events."));
    assert_eq!(upstream.last().what, "GET /api/alerts?limit=10");
    let wizard = admin.wizard(&id).await;
    assert_eq!(wizard.state, ConnectionState::Receiving);
    let events: Vec<(&str, &str)> =
        wizard.events.iter().map(|event| (event.summary.as_str(), event.capability.as_str())).collect();
    assert_eq!(events, [("Fan broken", "open-alerts"), ("Disk full", "open-alerts")], "newest first");
    assert!(proof(&admin, &id, "open-alerts").await.proven_at.is_some());
    assert_eq!(proof(&admin, &id, "open-ticket").await.proven_at, None);
}

async fn an_empty_answer_of_a_data_source_is_proof(app: &App) {
    let upstream = Upstream::start().await;
    upstream.answer("GET /api/alerts", Reply::with(200, r#"{"items":[]}"#));
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let report: CallReport = admin.prove(&id, "open-alerts").await.good();
    assert!(report.ok && report.message.contains("no events"), "{report:?}");
    assert_eq!(admin.wizard(&id).await.state, ConnectionState::Receiving);
}

async fn an_answer_that_cannot_be_mapped_is_none(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    for body in [r#"{"alerts":[]}"#, r#"{"items":7}"#, r#"{"items":[{"id":""}]}"#, "<html></html>", "[]"] {
        upstream.answer("GET /api/alerts", Reply::with(200, body));
        let report: CallReport = admin.prove(&id, "open-alerts").await.good();
        assert!(!report.ok && !report.fix.is_empty(), "{body}: {report:?}");
    }
    let wizard = admin.wizard(&id).await;
    assert_eq!((wizard.state, wizard.time_to_first_event_ms), (ConnectionState::Authorised, None));
    assert_eq!(proof(&admin, &id, "open-alerts").await.proven_at, None);
}

async fn an_accepted_action_is_proof(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let report: CallReport = admin.prove(&id, "open-ticket").await.good();
    assert!(report.ok, "{report:?}");
    let sent: Value = serde_json::from_str(&upstream.last().body).unwrap();
    assert_eq!(sent, json!({ "title": "A test ticket", "team": "ops" }));
    assert!(proof(&admin, &id, "open-ticket").await.proven_at.is_some());
    assert_eq!(admin.wizard(&id).await.state, ConnectionState::Receiving);
}

async fn a_refused_action_is_none(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    for (status, body) in [(201, "{}"), (200, r#"{"id":7}"#), (403, r#"{"id":7}"#)] {
        upstream.answer("POST /api/tickets", Reply::with(status, body));
        let report: CallReport = admin.prove(&id, "open-ticket").await.good();
        assert!(!report.ok, "{status} {body}: {report:?}");
    }
    assert_eq!(proof(&admin, &id, "open-ticket").await.proven_at, None);
    assert_eq!(admin.wizard(&id).await.state, ConnectionState::Authorised);
}

async fn unknown_capabilities_are_not_found(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let before = upstream.seen().len();
    admin.prove(&id, "none").await.problem(404, "not_found");
    admin.prove(&id, "").await.problem(404, "not_found");
    assert_eq!(upstream.seen().len(), before);
}

async fn what_has_no_probe_waits_for_a_real_event(app: &App) {
    let (before, rest) = MONITOR.split_once("[capability.probe]").unwrap();
    let (_, after) = rest.split_once("[[capability]]").unwrap();
    let manifest = format!("{before}[[capability]]{after}").replace("\"1.0.0\"", "\"1.1.0\"");
    publish(&app.services, &manifest).await;
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    assert_eq!(proof(&admin, &id, "alerts").await.how, "wait");
    let problem = admin.prove(&id, "alerts").await.problem(409, "conflict");
    assert!(problem["next_step"].as_str().unwrap().contains("real event"), "{problem}");
}

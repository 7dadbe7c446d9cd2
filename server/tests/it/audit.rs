//! The audit trail: what is recorded, that nothing secret is, and that tampering is found.

use crate::harness::{App, GOOD_TOKEN, Upstream};
use contract::OrganizationId;
use contract::audit::AuditEvent;

on_both!(
    every_change_is_recorded,
    secrets_are_never_recorded,
    an_intact_trail_verifies,
    a_changed_event_is_found,
    a_deleted_event_is_found,
    a_cut_end_is_found,
    reordered_events_are_found,
    a_forged_event_is_found,
    concurrent_changes_keep_the_chain,
);

const CHAIN: &str = "org_demo_northwind";

/// Some life: signed in, installed, removed.
async fn live(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    assert_eq!(admin.test(&id).await.status, 200);
    assert_eq!(admin.uninstall(&id).await.status, 200);
}

async fn events(app: &App) -> Vec<AuditEvent> {
    app.services.audit.audit_after(CHAIN, 0, 1000).await.unwrap()
}

async fn flaws(app: &App) -> Vec<String> {
    domain::audit::verify(&app.services).await.unwrap().1.iter().map(ToString::to_string).collect()
}

async fn every_change_is_recorded(app: &App) {
    live(app).await;
    let events = events(app).await;
    let actions: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
    for action in
        ["session.begun", "installation.begun", "installation.changed", "installation.state", "installation.removed"]
    {
        assert!(actions.contains(&action), "{action} in {actions:?}");
    }
    let removed = events.iter().find(|event| event.action == "installation.removed").unwrap();
    assert_eq!((removed.actor_kind.as_str(), removed.actor_name.as_str()), ("person", "Ada Admin"));
    assert!(removed.via.starts_with("ses_") && removed.trace_id.starts_with("trc_"), "{removed:?}");
    assert!(removed.after.contains("uninstalled"), "{removed:?}");
    assert!(events.iter().map(|event| event.sequence).eq(1..=i64::try_from(events.len()).unwrap()), "no gaps");
}

async fn secrets_are_never_recorded(app: &App) {
    live(app).await;
    for event in events(app).await {
        let text = serde_json::to_string(&event).unwrap();
        assert!(!text.contains(GOOD_TOKEN), "{text}");
    }
}

async fn an_intact_trail_verifies(app: &App) {
    live(app).await;
    let (read, flaws) = domain::audit::verify(&app.services).await.unwrap();
    assert_eq!(flaws, []);
    assert!(read > 5, "{read}");
}

async fn a_changed_event_is_found(app: &App) {
    live(app).await;
    app.scratch
        .change(&format!("UPDATE audit_event SET actor_name = 'Nobody' WHERE chain = '{CHAIN}' AND sequence = 2"))
        .await;
    let found = flaws(app).await;
    assert!(found.len() == 1 && found[0].starts_with("org_demo_northwind at 2: the event"), "{found:?}");
}

async fn a_deleted_event_is_found(app: &App) {
    live(app).await;
    app.scratch.change(&format!("DELETE FROM audit_event WHERE chain = '{CHAIN}' AND sequence = 3")).await;
    let found = flaws(app).await;
    assert!(found.len() == 1 && found[0].contains("at 3: the events 3 to 3 are missing"), "{found:?}");
}

async fn a_cut_end_is_found(app: &App) {
    live(app).await;
    let last = events(app).await.last().unwrap().sequence;
    app.scratch.change(&format!("DELETE FROM audit_event WHERE chain = '{CHAIN}' AND sequence = {last}")).await;
    let found = flaws(app).await;
    assert!(found.len() == 1 && found[0].contains("events were recorded"), "{found:?}");
    // A chain without any event left is missed too.
    app.scratch.change(&format!("DELETE FROM audit_event WHERE chain = '{CHAIN}'")).await;
    assert_eq!(flaws(app).await.len(), 1);
    // And so is a chain whose end was removed with it: the events are still there.
    app.scratch.change("DELETE FROM audit_head WHERE chain = 'marketplace'").await;
    assert_eq!(flaws(app).await.len(), 2);
}

async fn reordered_events_are_found(app: &App) {
    live(app).await;
    for (from, to) in [(2, -1), (3, 2), (-1, 3)] {
        let sql = format!("UPDATE audit_event SET sequence = {to} WHERE chain = '{CHAIN}' AND sequence = {from}");
        app.scratch.change(&sql).await;
    }
    let found = flaws(app).await;
    assert!(found.len() == 1 && found[0].contains("at 2: the event"), "{found:?}");
}

async fn a_forged_event_is_found(app: &App) {
    live(app).await;
    let events = events(app).await;
    let (chain, organization) = (CHAIN, OrganizationId::from(CHAIN));
    assert!(events.len() > 3, "{organization} has a trail");
    // Even with a hash that fits the event itself, the next one does not follow it.
    let mut forged = events[1].clone();
    forged.actor_name = "Somebody Else".to_owned();
    let hash = domain::audit::chain::hash(chain, &events[0].hash, &forged);
    let sql = format!(
        "UPDATE audit_event SET actor_name = 'Somebody Else', hash = '{hash}' WHERE chain = '{chain}' AND sequence = 2"
    );
    app.scratch.change(&sql).await;
    let found = flaws(app).await;
    assert!(found.len() == 1 && found[0].contains("at 3: the event"), "{found:?}");
}

async fn concurrent_changes_keep_the_chain(app: &App) {
    let mut browsers = Vec::new();
    for _ in 0..8 {
        browsers.push(app.sign_in("admin").await);
    }
    let requests = browsers.iter().map(|browser| browser.post("/auth/sign-out", &[]));
    futures::future::join_all(requests).await;
    assert_eq!(flaws(app).await, Vec::<String>::new());
    let ended = events(app).await.iter().filter(|event| event.action == "session.ended").count();
    assert_eq!(ended, 8);
}

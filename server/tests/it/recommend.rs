//! Recommendations: what is told of what organizations run, and what never is; what takes its place as long as nobody has
//! installed anything; and what the coverage map knows.

use crate::harness::{App, MONITOR, NORTHWIND, publish};
use contract::install::ConnectionState;
use contract::{Timestamp, UserId};
use domain::ports::{Effects, Installation};
use serde_json::Value;

on_both!(
    what_runs_together_is_told_of_five_and_more,
    what_everybody_runs_is_not_recommended,
    what_was_only_begun_or_is_gone_does_not_count,
    without_use_collections_speak_and_say_so,
    a_stack_is_that_of_ones_own_organization,
    a_trend_needs_more_than_chance,
    similar_listings_say_what_they_share,
    the_map_shows_ones_own_installations_only,
);

const DAY_MS: i64 = 86_400_000;

/// Publishes installable listings.
async fn list(app: &App, ids: &[&str]) {
    for id in ids {
        let manifest = MONITOR.replacen("\"monitor\"", &format!("\"{id}\""), 1);
        publish(&app.services, &manifest.replace("Test Monitor", id)).await;
    }
    app.follow().await;
}

/// An organization runs a listing since some days.
async fn runs(app: &App, organization: &str, listing: &str, state: ConnectionState, days: i64, proven: bool) {
    let at = app.services.clock.now().plus_ms(-days * DAY_MS);
    let id = format!("ins_{organization}_{listing}");
    let it = Installation {
        id: id.as_str().into(),
        organization: organization.into(),
        listing: listing.into(),
        version: "1.0.0".to_owned(),
        state,
        token_hash: id,
        config: serde_json::Map::new(),
        sealed: Vec::new(),
        connected: true,
        created_by: UserId::from("usr_nobody"),
        created_by_name: String::new(),
        created_at: at,
        first_proof_at: proven.then_some(Timestamp(at.0 + 1)),
        last_event_at: None,
        events: 0,
        revision: 0,
    };
    app.services.installations.create(&it, &Effects::default()).await.unwrap();
}

/// These organizations run these listings, since three months.
async fn all_run(app: &App, organizations: std::ops::Range<u32>, listings: &[&str]) {
    for number in organizations {
        for listing in listings {
            runs(app, &format!("org_{number}"), listing, ConnectionState::Receiving, 90, true).await;
        }
    }
}

async fn advice(app: &App, id: &str) -> Value {
    app.visitor().call("advice", &[("id", id)]).await.good()
}

/// Ids and reasons.
fn items(shelf: &Value) -> Vec<(&str, &str)> {
    let items = shelf["items"].as_array().unwrap().iter();
    items.map(|it| (it["card"]["id"].as_str().unwrap(), it["why"].as_str().unwrap())).collect()
}

async fn what_runs_together_is_told_of_five_and_more(app: &App) {
    list(app, &["alpha", "beta", "gamma"]).await;
    all_run(app, 0..4, &["alpha", "beta"]).await;
    all_run(app, 10..30, &["gamma"]).await;
    let before = advice(app, "alpha").await;
    assert!(items(&before["with"]).iter().all(|(_, why)| !why.contains("organizations")), "{before}");
    assert!(!before["with"]["note"].as_str().unwrap().starts_with("From what organizations"), "{before}");
    all_run(app, 4..5, &["alpha", "beta"]).await;
    let it = advice(app, "alpha").await;
    let told = items(&it["with"]);
    assert_eq!(told[0].0, "beta");
    assert!(told[0].1.starts_with("5+ organizations run it with "), "{told:?}");
    assert!(it["with"]["note"].as_str().unwrap().starts_with("From what organizations run together"));
    // One more does not show: numbers are told in steps.
    all_run(app, 5..9, &["alpha", "beta"]).await;
    assert_eq!(advice(app, "alpha").await["with"], it["with"]);
    let page = app.visitor().get("/integrations/alpha").await;
    assert!(page.body.contains("Goes well with") && page.body.contains("5+ organizations run it with"));
    assert!(!page.body.contains("org_1"), "never which");
}

async fn what_everybody_runs_is_not_recommended(app: &App) {
    list(app, &["alpha", "beta", "gamma"]).await;
    all_run(app, 0..8, &["alpha", "gamma"]).await;
    all_run(app, 8..30, &["gamma", "beta"]).await;
    let it = advice(app, "alpha").await;
    assert!(items(&it["with"]).iter().all(|(_, why)| !why.contains("organizations")), "{it}");
}

async fn what_was_only_begun_or_is_gone_does_not_count(app: &App) {
    list(app, &["alpha", "beta", "gamma"]).await;
    all_run(app, 0..4, &["alpha", "beta"]).await;
    all_run(app, 10..30, &["gamma"]).await;
    for (organization, state, proven) in
        [("org_a", ConnectionState::Setup, false), ("org_b", ConnectionState::Uninstalled, true)]
    {
        runs(app, organization, "alpha", state, 50, proven).await;
        runs(app, organization, "beta", state, 50, proven).await;
    }
    let it = advice(app, "alpha").await;
    assert!(items(&it["with"]).iter().all(|(_, why)| !why.contains("organizations")), "{it}");
}

async fn without_use_collections_speak_and_say_so(app: &App) {
    list(app, &["prometheus", "alertmanager", "slack"]).await;
    let it = advice(app, "prometheus").await;
    let told = items(&it["with"]);
    assert_eq!(told[0].0, "alertmanager", "the nearest in the collection");
    assert!(told[0].1.starts_with("In the collection “Kubernetes on-call starter”"), "{told:?}");
    assert!(it["with"]["note"].as_str().unwrap().starts_with("Too few organizations"), "{it}");
    let nothing = advice(app, "no-such-listing").await;
    assert_eq!(nothing["with"]["items"], serde_json::json!([]));
}

async fn a_stack_is_that_of_ones_own_organization(app: &App) {
    list(app, &["prometheus", "alertmanager", "pagerduty", "opsgenie", "slack"]).await;
    app.visitor().call("for_your_stack", &[]).await.problem(401, "sign_in_required");
    let (admin, stranger) = (app.sign_in("admin").await, app.sign_in("partner").await);
    let empty: Value = admin.call("for_your_stack", &[]).await.good();
    assert!(empty["note"].as_str().unwrap().starts_with("You have nothing installed yet"), "{empty}");
    assert!(!items(&empty).is_empty(), "a beginning is offered");
    runs(app, NORTHWIND, "prometheus", ConnectionState::Receiving, 3, true).await;
    runs(app, NORTHWIND, "pagerduty", ConnectionState::Receiving, 2, true).await;
    let it: Value = admin.call("for_your_stack", &[]).await.good();
    let told = items(&it);
    assert!(told.iter().any(|(id, _)| *id == "alertmanager"), "{it}");
    for absent in ["prometheus", "pagerduty", "opsgenie"] {
        assert!(told.iter().all(|(id, _)| *id != absent), "{absent} is there, or done already: {it}");
    }
    assert_eq!(stranger.call("for_your_stack", &[]).await.good::<Value>(), empty, "nothing of others");
    let home: Value = admin.call("home", &[]).await.good();
    assert_eq!(home["for_you"], it, "the home page says the same");
    for other in [app.visitor(), stranger] {
        let home: Value = other.call("home", &[]).await.good();
        assert_eq!(items(&home["for_you"]), [], "and nobody else's does");
    }
    let page = admin.get("/installed").await;
    assert!(page.body.contains("For your stack") && page.body.contains("/coverage"));
}

async fn a_trend_needs_more_than_chance(app: &App) {
    let ids = ["alpha", "beta", "gamma", "delta", "epsilon"];
    list(app, &ids).await;
    let trending = async || -> Value { app.visitor().call("trending", &[("path", "monitoring")]).await.good() };
    let cold = trending().await;
    assert!(cold["note"].as_str().unwrap().starts_with("Too few installations"), "{cold}");
    for number in 0..4 {
        runs(app, &format!("org_{number}"), "alpha", ConnectionState::Receiving, 5, true).await;
    }
    assert_eq!(trending().await, cold, "four organizations are not spoken of");
    for number in 4..14 {
        runs(app, &format!("org_{number}"), "alpha", ConnectionState::Receiving, 5, true).await;
    }
    // As many in both halves: no trend.
    for number in 0..12 {
        runs(app, &format!("org_{number}"), "beta", ConnectionState::Receiving, if number < 6 { 5 } else { 40 }, true)
            .await;
    }
    let it = trending().await;
    assert_eq!(items(&it), [("alpha", "10+ organizations began with it in 28 days, fewer than 5 before")]);
    let elsewhere: Value = app.visitor().call("trending", &[("path", "devops")]).await.good();
    assert_eq!(elsewhere["items"], serde_json::json!([]));
    let page = app.visitor().get("/categories/monitoring").await;
    assert!(page.body.contains("Trending in this category") && page.body.contains("10+ organizations"));
}

async fn similar_listings_say_what_they_share(app: &App) {
    list(app, &["alpha"]).await;
    let it = advice(app, "monitor").await;
    let similar = it["similar"].as_array().unwrap();
    let one = similar.iter().find(|it| it["card"]["id"] == "alpha").unwrap_or_else(|| panic!("{it}"));
    assert!(one["why"].as_str().unwrap().starts_with("Also in "), "{it}");
}

async fn the_map_shows_ones_own_installations_only(app: &App) {
    list(app, &["pagerduty"]).await;
    runs(app, NORTHWIND, "pagerduty", ConnectionState::Receiving, 3, true).await;
    let of = |view: &Value, id: &str| {
        let all = view["technologies"].as_array().unwrap();
        all.iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("{id}")).clone()
    };
    let visitor: Value = app.visitor().call("coverage_map", &[]).await.good();
    let member: Value = app.sign_in("member").await.call("coverage_map", &[]).await.good();
    let stranger: Value = app.sign_in("partner").await.call("coverage_map", &[]).await.good();
    assert_eq!(of(&member, "pagerduty")["listing"]["installation"], "ins_org_demo_northwind_pagerduty");
    for other in [&visitor, &stranger] {
        assert_eq!(of(other, "pagerduty")["listing"]["installation"], Value::Null);
        assert!(!other.to_string().contains("ins_"), "nothing of others");
    }
    assert_eq!(of(&visitor, "pagerduty")["does"], serde_json::json!(["on-call"]));
    assert!(of(&visitor, "pagerduty")["marks"].to_string().contains("host:pagerduty.com"));
    assert_eq!(of(&visitor, "postgresql")["listing"], Value::Null, "nobody lists it");
    let page = app.visitor().get("/coverage").await;
    assert_eq!(page.status, 200);
    for part in ["Nothing leaves this page.", "This page needs its script", "Choose files"] {
        assert!(page.body.contains(part), "{part}");
    }
    assert!(app.visitor().get("/").await.body.contains("href=\"/coverage\""), "the footer leads there");
}

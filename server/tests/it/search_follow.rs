//! The search index follows the database.

use crate::harness::{App, MONITOR, Options, publish, wish};
use domain::Actor;
use domain::ports::Published;
use serde_json::Value;

on_both!(
    a_new_listing_is_found_once_the_index_has_followed,
    a_changed_listing_is_found_by_its_new_name_only,
    a_renamed_partner_shows_on_all_its_listings,
    an_empty_index_is_rebuilt,
    an_index_of_another_database_is_rebuilt,
    many_changes_at_once_are_followed,
);

async fn found(app: &App, q: &str) -> Vec<String> {
    let page: Value = app.visitor().get(&format!("/api/v1/search?q={q}")).await.good();
    let hits = page["hits"].as_array().unwrap().iter();
    // What is only related follows the results.
    let found = hits.filter(|hit| hit["reason"]["field"] != "related");
    found.map(|hit| hit["name"].as_str().unwrap().to_owned()).collect()
}

async fn a_new_listing_is_found_once_the_index_has_followed(app: &App) {
    assert_eq!(publish(&app.services, &wish("quasar", "Quasar")).await, Published::Added);
    assert!(found(app, "quasar").await.is_empty());
    assert!(app.follow().await);
    assert_eq!(found(app, "quasar").await, ["Quasar"]);
    assert!(!app.follow().await, "there is nothing more to follow");
    assert_eq!(publish(&app.services, &wish("quasar", "Quasar")).await, Published::Unchanged);
    assert!(!app.follow().await, "publishing the same again changes nothing");
}

async fn a_changed_listing_is_found_by_its_new_name_only(app: &App) {
    let renamed = wish("lumen", "Candela").replace("1.0.0", "1.1.0");
    assert_eq!(publish(&app.services, &renamed).await, Published::Changed);
    assert!(app.follow().await);
    assert_eq!(found(app, "candela").await, ["Candela"]);
    assert!(found(app, "lumen").await.is_empty());
}

async fn a_renamed_partner_shows_on_all_its_listings(app: &App) {
    let mut partner = app.services.catalogue.partner(&"prometheus".into()).await.unwrap().unwrap();
    partner.name = "Titan Works".to_owned();
    domain::catalog::put_partner(&app.services, &Actor::System, &partner).await.unwrap();
    assert!(app.follow().await);
    let page: Value = app.visitor().get("/api/v1/search?partner=prometheus").await.good();
    assert_eq!(page["hits"][0]["partner_name"], "Titan Works");
}

async fn an_empty_index_is_rebuilt(app: &App) {
    let node = app.node(Options::default()).await;
    assert_eq!(node.services.search.position(), None);
    assert_eq!(node.visitor().get("/readyz").await.status, 503);
    assert!(node.follow().await);
    assert_eq!(node.visitor().get("/readyz").await.status, 200);
    assert_eq!(found(&node, "watchtower").await, ["Test Monitor"]);
    assert_eq!(node.services.search.position(), app.services.search.position());
}

async fn an_index_of_another_database_is_rebuilt(app: &App) {
    app.services.search.rebuild(Vec::new(), 1_000_000).unwrap();
    assert!(found(app, "watchtower").await.is_empty());
    assert!(app.follow().await);
    assert_eq!(found(app, "watchtower").await, ["Test Monitor"]);
}

async fn many_changes_at_once_are_followed(app: &App) {
    // More than one step of the feed takes.
    for version in 1..=510 {
        let manifest = MONITOR.replace("version = \"1.0.0\"", &format!("version = \"1.0.{version}\""));
        assert_eq!(publish(&app.services, &manifest).await, Published::Changed);
    }
    publish(&app.services, &wish("quasar", "Quasar")).await;
    while app.follow().await {}
    assert_eq!(found(app, "quasar").await, ["Quasar"]);
    assert_eq!(found(app, "watchtower").await, ["Test Monitor"]);
    assert_eq!(app.services.search.position(), Some(app.services.catalogue.last_change().await.unwrap()));
}

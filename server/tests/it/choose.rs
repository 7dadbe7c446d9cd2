//! Choosing: listings side by side, collections, calculators.

use crate::harness::{App, MONITOR, publish, wish};
use serde_json::Value;

on_both!(
    listings_stand_side_by_side,
    what_can_be_added_is_offered,
    a_shared_address_shows_the_same,
    a_collection_says_how_far_one_has_come,
    calculators_work_without_a_script,
);

async fn compare(app: &App, ids: &str, q: &str) -> Value {
    app.visitor().call("compare", &[("ids", ids), ("q", q)]).await.good()
}

fn ids(cards: &Value) -> Vec<&str> {
    cards.as_array().unwrap().iter().map(|card| card["id"].as_str().unwrap()).collect()
}

async fn listings_stand_side_by_side(app: &App) {
    let it = compare(app, "monitor,lumen,monitor, ,nothing", "").await;
    assert_eq!(ids(&it["listings"]), ["monitor", "lumen"], "in the order asked for, each once");
    assert_eq!(it["unknown"], serde_json::json!(["nothing"]));
    for row in it["rows"].as_array().unwrap() {
        let values = row["values"].as_array().unwrap();
        assert_eq!(values.len(), 2, "{row}");
        assert_eq!(row["same"], values[0] == values[1], "{row}");
    }
    let names = it["rows"].as_array().unwrap().iter().filter(|row| row["same"] == true).count();
    assert!(names > 0 && names < it["rows"].as_array().unwrap().len(), "some differ and some do not: {it}");
    let alone = compare(app, "monitor", "").await;
    assert!(
        alone["rows"].as_array().unwrap().iter().all(|row| row["same"] == false),
        "one alone has nothing in common"
    );
    assert_eq!(ids(&compare(app, "", "").await["listings"]), Vec::<&str>::new());
}

async fn what_can_be_added_is_offered(app: &App) {
    let found = compare(app, "monitor", "lumen").await;
    assert_eq!(ids(&found["offers"]), ["lumen"]);
    let taken = compare(app, "lumen", "lumen").await;
    assert!(!ids(&taken["offers"]).contains(&"lumen"), "what is there already is not offered");
    for number in 1..=4 {
        publish(&app.services, &wish(&format!("extra-{number}"), &format!("Extra {number}"))).await;
    }
    app.follow().await;
    let full = compare(app, "extra-1,extra-2,extra-3,extra-4,monitor", "lumen").await;
    assert_eq!(ids(&full["listings"]), ["extra-1", "extra-2", "extra-3", "extra-4"], "four at most");
    assert!(ids(&full["offers"]).is_empty());
}

async fn a_shared_address_shows_the_same(app: &App) {
    let page = app.visitor().get("/compare?ids=monitor%2Clumen").await;
    assert_eq!(page.status, 200);
    for part in ["What the credential may do", "/compare?ids=lumen\"", "/integrations/monitor"] {
        assert!(page.body.contains(part), "{part}");
    }
    let hostile = app.visitor().get("/compare?ids=%3Cscript%3Ealert(1)%3C%2Fscript%3E&q=%22%3E%3Cb%3E").await;
    assert_eq!(hostile.status, 200);
    assert!(!hostile.body.contains("<script>alert(1)") && !hostile.body.contains("\"><b>"));
}

async fn a_collection_says_how_far_one_has_come(app: &App) {
    for id in ["prometheus", "alertmanager"] {
        publish(&app.services, &MONITOR.replacen("\"monitor\"", &format!("\"{id}\""), 1)).await;
    }
    app.follow().await;
    let all: Value = app.visitor().call("collections", &[]).await.good();
    let one = all.as_array().unwrap().iter().find(|it| it["slug"] == "kubernetes-on-call").unwrap();
    assert_eq!(one["size"], 2, "only what is in this catalogue counts");
    let view = |browser: Value| browser["items"].as_array().unwrap().clone();
    let visitor: Value = app.visitor().call("collection", &[("slug", "kubernetes-on-call")]).await.good();
    assert!(view(visitor).iter().all(|item| item["installation"].is_null()));
    let admin = app.sign_in("admin").await;
    let begun = admin.call("begin_install", &[("listing", "prometheus")]).await;
    assert_eq!(begun.status, 200, "{begun:?}");
    let items = view(admin.call("collection", &[("slug", "kubernetes-on-call")]).await.good());
    assert!(items.iter().any(|item| item["card"]["id"] == "prometheus" && item["installation"].is_string()));
    assert!(items.iter().any(|item| item["card"]["id"] == "alertmanager" && item["installation"].is_null()));
    let stranger = app.sign_in("partner").await;
    let items = view(stranger.call("collection", &[("slug", "kubernetes-on-call")]).await.good());
    assert!(
        items.iter().all(|item| item["installation"].is_null()),
        "another organization's installations are not seen"
    );
    assert_eq!(app.visitor().get("/collections/kubernetes-on-call").await.status, 200);
    assert_eq!(app.visitor().get("/collections/nothing").await.status, 404);
}

async fn calculators_work_without_a_script(app: &App) {
    let page = app.visitor().get("/calculators/alert-noise?alerts=1000&duplicates=50&idle=50&minutes=6").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("250 of 1,000 alerts a day reach a person"), "{}", page.body);
    let wrong = app.visitor().get("/calculators/alert-noise?alerts=many").await;
    assert!(wrong.body.contains("A whole number from 0 to 1000000"), "{}", wrong.body);
    let page = app.visitor().get("/calculators/return?price=0").await;
    assert!(page.body.contains("more than it costs"));
}

//! `GET /api/v1/search`: the shape of its answers and of its errors.

use crate::harness::{App, publish, wish};
use serde_json::Value;

on_both!(
    a_hit_has_what_a_client_needs,
    facets_count_and_narrow,
    values_of_one_facet_add_up,
    pages_are_cut_from_one_order,
    wrong_parameters_are_named,
    only_reading_is_possible,
    the_description_lists_every_parameter,
);

async fn search(app: &App, query: &str) -> Value {
    app.visitor().get(&format!("/api/v1/search?{query}")).await.good()
}

fn ids(page: &Value) -> Vec<&str> {
    page["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

async fn a_hit_has_what_a_client_needs(app: &App) {
    let answer = app.visitor().get("/api/v1/search?q=test+monitor").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(answer.header("x-trace-id").starts_with("trc_"), "{answer:?}");
    let page: Value = answer.good();
    assert_eq!((&page["limit"], &page["offset"], &page["corrected"]), (&20.into(), &0.into(), &Value::Null));
    let hit = &page["hits"][0];
    assert_eq!(hit["id"], "monitor");
    assert_eq!(hit["name"], "Test Monitor");
    assert_eq!(hit["partner_id"], "prometheus");
    assert_eq!(hit["partner_name"], "Prometheus");
    assert_eq!(hit["category"], "incidents/alerting");
    assert_eq!(hit["installable"], true);
    assert_eq!(hit["installs"], 0);
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    let fragments = hit["name_fragments"].as_array().unwrap();
    let text: String = fragments.iter().map(|fragment| fragment["text"].as_str().unwrap()).collect();
    assert_eq!(text, "Test Monitor");
    assert!(fragments.iter().any(|fragment| fragment["hit"] == true), "{fragments:?}");
}

async fn facets_count_and_narrow(app: &App) {
    let page = search(app, "").await;
    assert_eq!(page["total"], 2);
    let facets = page["facets"].as_array().unwrap();
    let installable = facets.iter().find(|facet| facet["field"] == "installable").unwrap();
    let yes = installable["values"].as_array().unwrap().iter().find(|value| value["value"] == "yes").unwrap();
    assert_eq!((&yes["count"], &yes["selected"]), (&1.into(), &false.into()));
    assert_eq!(ids(&search(app, "installable=yes").await), ["monitor"]);
    assert_eq!(ids(&search(app, "installable=no").await), ["lumen"]);
    assert_eq!(ids(&search(app, "category=incidents").await), ["monitor"]);
    assert_eq!(ids(&search(app, "partner=example-labs&capability=webhook").await), Vec::<&str>::new());
}

async fn values_of_one_facet_add_up(app: &App) {
    assert_eq!(search(app, "partner=example-labs&partner=prometheus").await["total"], 2);
    assert_eq!(search(app, "pricing=free").await["total"], 1);
    assert_eq!(search(app, "pricing=free&pricing=byol").await["total"], 2);
}

async fn pages_are_cut_from_one_order(app: &App) {
    for name in ["Alpha", "Beta", "Gamma"] {
        publish(&app.services, &wish(&name.to_lowercase(), name)).await;
    }
    app.follow().await;
    let all = search(app, "sort=name").await;
    assert_eq!(ids(&all), ["alpha", "beta", "gamma", "lumen", "monitor"]);
    let middle = search(app, "sort=name&offset=1&limit=2").await;
    assert_eq!(ids(&middle), ["beta", "gamma"]);
    assert_eq!((&middle["total"], &middle["offset"], &middle["limit"]), (&5.into(), &1.into(), &2.into()));
    let counted = search(app, "limit=0").await;
    assert_eq!((ids(&counted), &counted["total"], &counted["limit"]), (Vec::new(), &5.into(), &0.into()));
    assert_eq!(ids(&search(app, "offset=10000").await), Vec::<&str>::new());
}

async fn wrong_parameters_are_named(app: &App) {
    for (query, field) in [
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=", "limit"),
        ("limit=ten", "limit"),
        ("offset=10001", "offset"),
        ("sort=best", "sort"),
        ("Q=monitor", "Q"),
        ("categories=incidents", "categories"),
    ] {
        let answer = app.visitor().get(&format!("/api/v1/search?{query}")).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{query}");
        let problem = answer.problem(422, "invalid");
        assert_eq!(problem["field"], field, "{problem}");
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["type"], "urn:openconductor:problem:invalid");
    }
}

async fn only_reading_is_possible(app: &App) {
    assert_eq!(app.visitor().post("/api/v1/search", &[("q", "monitor")]).await.status, 405);
}

async fn the_description_lists_every_parameter(app: &App) {
    let document: Value = app.visitor().get("/api/v1/openapi.json").await.good();
    assert!(document["openapi"].as_str().unwrap().starts_with("3."), "{document}");
    let operation = &document["paths"]["/api/v1/search"]["get"];
    let described: Vec<&str> =
        operation["parameters"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    for name in ["q", "limit", "offset", "sort"] {
        assert!(described.contains(&name), "{name} in {described:?}");
    }
    for field in contract::search::FacetField::ALL {
        assert!(described.contains(&field.as_str()), "{field:?} in {described:?}");
    }
    for status in ["200", "422", "500"] {
        assert!(operation["responses"][status].is_object(), "{status} in {operation}");
    }
    let schema = &document["components"]["schemas"]["SearchPage"]["properties"];
    let page = search(app, "q=monitor").await;
    for key in page.as_object().unwrap().keys() {
        assert!(schema[key].is_object(), "{key} in {schema}");
    }
}

//! Importing over REST: who may, what is taken, what is answered.

use crate::feed::line;
use crate::harness::{Answer, App};
use axum::body::Body;
use axum::http::{Method, header};
use contract::token::NewTokenView;
use serde_json::{Value, json};

on_both!(
    operators_import_with_a_token,
    others_and_other_tokens_may_not,
    what_is_no_feed_is_refused,
    a_report_names_the_first_thousand,
    a_feed_larger_than_forms_is_streamed,
    what_came_before_a_break_stays,
);

const NDJSON: &str = "application/x-ndjson";

/// A token of a demo account.
async fn token(app: &App, account: &str, scope: &str) -> String {
    let form = [("name", "Nightly import"), ("days", "30"), ("scopes[0]", scope)];
    let made: NewTokenView = app.sign_in(account).await.call("create_token", &form).await.good();
    made.secret
}

async fn post(app: &App, secret: &str, path: &str, kind: &str, body: Body) -> Answer {
    let visitor = app.visitor();
    let request = visitor
        .request(Method::POST, path)
        .header(header::AUTHORIZATION, format!("Bearer {secret}"))
        .header(header::CONTENT_TYPE, kind);
    visitor.send(request.body(body).unwrap()).await
}

async fn import(app: &App, secret: &str, feed: &str) -> Answer {
    post(app, secret, "/api/v1/catalog/import", NDJSON, Body::from(feed.to_owned())).await
}

async fn operators_import_with_a_token(app: &App) {
    let secret = token(app, "operator", "catalog:write").await;
    let feed = format!("{}\n\n{{}}\n", line("acme/quasar", "Quasar", &json!({ "rank": 1 })));
    let report: Value = import(app, &secret, &feed).await.good();
    let refusal = json!({ "line": 3, "id": null, "reason": "“id” is missing or empty; every line needs one." });
    let wanted = json!({
        "lines": 2, "added": 1, "changed": 0, "unchanged": 0, "refused": 1, "refusals": [refusal], "ignored_keys": ["rank"]
    });
    assert_eq!(report, wanted);
    let report: Value = import(app, &secret, &feed).await.good();
    assert_eq!((&report["added"], &report["unchanged"]), (&json!(0), &json!(1)));
    let detail: Value = app.visitor().get("/api/v1/listings/acme--quasar").await.good();
    assert_eq!((&detail["feed"], &detail["card"]["installable"]), (&json!("acme"), &json!(false)));
    let who = "SELECT actor_name || ' ' || subject_name FROM audit_event WHERE action = 'feed.imported'";
    assert_eq!(app.scratch.texts(who).await, ["Olga Operator lines 1 to 1"]);
}

async fn others_and_other_tokens_may_not(app: &App) {
    let feed = line("acme/quasar", "Quasar", &json!({}));
    for account in ["admin", "partner", "reviewer", "member"] {
        let secret = token(app, account, "catalog:write").await;
        import(app, &secret, &feed).await.problem(403, "forbidden");
    }
    let secret = token(app, "operator", "audit:read").await;
    import(app, &secret, &feed).await.problem(403, "forbidden");
    import(app, "oct_invented", &feed).await.problem(401, "sign_in_required");
    // A session is no credential here.
    let operator = app.sign_in("operator").await;
    let request = operator
        .request(Method::POST, "/api/v1/catalog/import")
        .header(header::ORIGIN, crate::harness::SITE)
        .header(header::CONTENT_TYPE, NDJSON);
    operator.send(request.body(Body::from(feed)).unwrap()).await.problem(401, "sign_in_required");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM feed_entry").await, 0);
}

async fn what_is_no_feed_is_refused(app: &App) {
    let secret = token(app, "operator", "catalog:write").await;
    let path = "/api/v1/catalog/import";
    for kind in ["application/json", "text/plain", ""] {
        post(app, &secret, path, kind, Body::from("{}")).await.problem(415, "unsupported");
    }
    let other = post(app, &secret, &format!("{path}?from=x"), NDJSON, Body::empty()).await;
    assert_eq!(other.problem(422, "invalid")["field"], "from");
    for source in ["", "a//b", "a%20b", "a%E2%80%8Bb"] {
        let answer = post(app, &secret, &format!("{path}?source={source}"), NDJSON, Body::empty()).await;
        assert_eq!(answer.problem(422, "invalid")["field"], "source", "{source}");
    }
    let empty: Value = post(app, &secret, &format!("{path}?source=a/b"), NDJSON, Body::empty()).await.good();
    assert_eq!(empty["lines"], 0);
    let visitor = app.visitor();
    let request = visitor.request(Method::GET, path).body(Body::empty()).unwrap();
    assert_eq!(visitor.send(request).await.status, 405);
}

async fn a_report_names_the_first_thousand(app: &App) {
    let secret = token(app, "operator", "catalog:write").await;
    let report: Value = import(app, &secret, &"x\n".repeat(1500)).await.good();
    assert_eq!((&report["refused"], report["refusals"].as_array().unwrap().len()), (&json!(1500), 1000));
    assert_eq!(report["refusals"][999]["line"], 1000);
}

async fn a_feed_larger_than_forms_is_streamed(app: &App) {
    let secret = token(app, "operator", "catalog:write").await;
    let text = "A long description. ".repeat(200);
    let pieces = (0..300).map(move |n| {
        Ok::<_, std::io::Error>(
            line(&format!("acme/t-{n}-x"), &format!("Thing {n}"), &json!({ "description": text })) + "\n",
        )
    });
    let body = Body::from_stream(futures::stream::iter(pieces));
    let report: Value = post(app, &secret, "/api/v1/catalog/import", NDJSON, body).await.good();
    assert_eq!((&report["added"], &report["refused"]), (&json!(300), &json!(0)), "{report}");
}

async fn what_came_before_a_break_stays(app: &App) {
    let secret = token(app, "operator", "catalog:write").await;
    let pieces = (0..700).map(|n| match n {
        ..600 => Ok(line(&format!("acme/t-{n}-x"), &format!("Thing {n}"), &json!({})) + "\n"),
        _ => Err(std::io::Error::other("gone")),
    });
    let body = Body::from_stream(futures::stream::iter(pieces));
    let answer = post(app, &secret, "/api/v1/catalog/import", NDJSON, body).await;
    let problem = answer.problem(400, "malformed");
    assert!(problem["detail"].as_str().unwrap().contains("after 600 lines"), "{problem}");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM listing WHERE id LIKE 'acme--%'").await, 600);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM feed_entry").await, 600);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM change WHERE listing_id LIKE 'acme--%'").await, 600);
}

//! The connection test against answers of every kind.

use crate::support::{NOW, Server, TOKEN, context, local, reply};
use axum::body::Body;
use axum::http::Response;
use base64::Engine as _;
use domain::ports::Connector as _;
use serde_json::json;

#[tokio::test]
async fn a_good_answer_says_who_answered() {
    let server = Server::start(|_| reply(200, r#"{"ok":true,"version":"2.1"}"#)).await;
    let report = local().test(&context(&server.url(), json!({}))).await;
    assert!(report.ok, "{report:?}");
    assert_eq!(report.message, "Thing 2.1");
    assert_eq!(report.tried, format!("GET {}/status", server.url()));
    assert_eq!((report.status, report.fix.as_str()), (Some(200), ""));
    assert_eq!(report.answer, r#"{"ok":true,"version":"2.1"}"#);
    let seen = &server.seen()[0];
    assert_eq!(seen.header("authorization"), format!("Bearer {TOKEN}"));
    assert!(seen.header("user-agent").starts_with("OpenConductor-Marketplace/"));
    assert_eq!(seen.header("cookie"), "");
}

#[tokio::test]
async fn a_wrong_credential_fails_with_the_manifests_words() {
    let server = Server::start(|seen| {
        let good = seen.header("authorization") == "Bearer right";
        reply(if good { 200 } else { 401 }, r#"{"ok":true}"#)
    })
    .await;
    let mut context = context(&server.url(), json!({}));
    let report = local().test(&context).await;
    assert!(!report.ok);
    assert_eq!((report.status, report.message.as_str()), (Some(401), "The token was refused."));
    assert_eq!(report.fix, "Make a new token.");
    context.secrets.insert("token", "right".to_owned());
    assert!(local().test(&context).await.ok);
}

#[tokio::test]
async fn secrets_never_show() {
    let encoded = base64::engine::general_purpose::STANDARD.encode(format!("user:{TOKEN}"));
    let server = Server::start(move |seen| {
        let echo =
            json!({ "ok": true, "version": seen.header("authorization"), "target": seen.target, "b64": encoded });
        reply(200, &echo.to_string())
    })
    .await;
    let auth = json!({ "auth": { "type": "api_key", "query": "key" }, "test": {
        "request": { "url": "{{ config.base_url }}/{{ secrets.token }}", "headers": { "Authorization": "{{ secrets.token }}" } },
        "identify": "It is {{ body.version }} {{ body.target }}{{ secrets.token }}",
    }});
    let mut context = context(&server.url(), auth);
    context.secrets.insert("api_key", "k3y k3y&".to_owned());
    let report = local().test(&context).await;
    assert!(report.ok, "{report:?}");
    assert_eq!(server.seen()[0].target, format!("/{TOKEN}?key=k3y+k3y%26"));
    let shown = serde_json::to_string(&report).unwrap();
    for rest in [TOKEN, "t0k3n", "k3y", "secret", "dDBrM24", "c2VjcmV0"] {
        assert!(!shown.contains(rest), "{rest} in {shown}");
    }
    assert!(report.tried.ends_with("/[redacted]?key=[redacted]"), "{}", report.tried);
    let debugged = format!("{context:?}");
    assert!(!debugged.contains("t0k3n"), "{debugged}");
}

#[tokio::test]
async fn answers_that_are_not_what_is_expected() {
    for (status, body, message, fix) in [
        (200, r#"{"ok":tru"#, "not with JSON", "sign-in page"),
        (200, "<html>Sign in</html>", "not with JSON", "sign-in page"),
        (200, r#"{"ok":false}"#, "not with what this integration expects", "right product"),
        (200, "", "not with what this integration expects", "right product"),
        (403, "", "does not allow this", "permissions"),
        (404, "", "nothing at this address", "path"),
        (429, "", "limits the number of calls", "Wait"),
        (503, "down", "problem of its own (status 503)", "status page"),
        (302, "", "leads nowhere", "final address"),
        (204, "", "status 204", "API of this product"),
    ] {
        let server = Server::start(move |_| reply(status, body)).await;
        let report = local().test(&context(&server.url(), json!({}))).await;
        assert!(!report.ok, "{report:?}");
        assert_eq!(report.status, Some(status));
        assert!(report.message.contains(message), "{report:?}");
        assert!(report.fix.contains(fix), "{report:?}");
    }
}

#[tokio::test]
async fn a_long_answer_is_cut_to_an_excerpt() {
    let server = Server::start(|_| reply(500, &"ä".repeat(20_000))).await;
    let report = local().test(&context(&server.url(), json!({}))).await;
    assert!(report.answer.len() <= 2048 + 3 && report.answer.ends_with('…'), "{}", report.answer.len());
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let server =
        Server::start(|_| Response::builder().header("set-cookie", "a=b").body(Body::from(r#"{"ok":true}"#)).unwrap())
            .await;
    let connector = local();
    for _ in 0..2 {
        assert!(connector.test(&context(&server.url(), json!({}))).await.ok);
    }
    assert!(server.seen().iter().all(|seen| seen.header("cookie").is_empty()));
}

#[tokio::test]
async fn mistakes_of_a_manifest_are_named_as_such() {
    for (test, message) in [
        (json!({ "request": { "url": "{{ config.base_url" }, "identify": "x" }), "could not be prepared: url:"),
        (
            json!({ "request": { "url": "{{ config.base_url }}" }, "expect": { "where": "{{ 1 + }}" }, "identify": "x" }),
            "expression for a good answer failed",
        ),
        (
            json!({ "request": { "url": "{{ config.base_url }}", "headers": { "Host": "evil.example" } }, "identify": "x" }),
            "“Host” can't be set",
        ),
        (json!({ "request": { "url": "{{ config.base_url }}", "method": "TRACE" }, "identify": "x" }), "“TRACE”"),
    ] {
        let server = Server::start(|_| reply(200, "{}")).await;
        let report = local().test(&context(&server.url(), json!({ "test": test }))).await;
        assert!(!report.ok && report.message.contains(message), "{report:?}");
        assert!(report.fix.contains("mistake in the integration"), "{report:?}");
    }
    let none = local().test(&context("http://127.0.0.1:1", json!({ "test": null }))).await;
    assert_eq!(none.message, "This release has no connection test.");
}

#[tokio::test]
async fn an_injected_header_is_not_sent() {
    let server = Server::start(|_| reply(200, r#"{"ok":true}"#)).await;
    let mut context = context(&server.url(), json!({}));
    context.secrets.insert("token", "abcd\r\nX-Evil: 1".to_owned());
    let report = local().test(&context).await;
    assert!(!report.ok && report.message.contains("line break"), "{report:?}");
    assert!(report.fix.contains("without line breaks"));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_empty_credential_is_not_sent() {
    let server = Server::start(|_| reply(200, r#"{"ok":true}"#)).await;
    let mut context = context(&server.url(), json!({}));
    context.secrets = domain::ports::Secrets::default();
    let report = local().test(&context).await;
    assert!(!report.ok && report.fix.contains("Connect step"), "{report:?}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn now_is_the_clocks() {
    let server = Server::start(|_| reply(200, "{}")).await;
    let test = json!({ "request": { "url": "{{ config.base_url }}/?at={{ now }}" }, "identify": "x" });
    assert!(local().test(&context(&server.url(), json!({ "test": test }))).await.ok);
    assert_eq!(server.seen()[0].target, format!("/?at={}", NOW.rfc3339()));
}

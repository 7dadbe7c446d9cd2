//! Probes, actions and polls.

use crate::support::{Server, context, local, reply};
use domain::ports::Connector as _;
use serde_json::{Map, Value, json};

fn capabilities() -> Value {
    json!({ "capability": [
        {
            "type": "webhook", "name": "alerts", "title": "Alerts", "summary": "S.",
            "probe": {
                "request": { "method": "POST", "url": "{{ config.base_url }}/probe", "json": [{ "id": "{{ probe.id }}", "at": "{{ now }}" }] },
                "arrives": "item.id",
            },
        },
        {
            "type": "action", "name": "say", "title": "Say", "summary": "S.",
            "request": { "method": "POST", "url": "{{ config.base_url }}/say", "form": { "text": "{{ input.text }}" } },
            "expect": { "status": [201] },
        },
        {
            "type": "data_source", "name": "list", "title": "List", "summary": "S.",
            "request": { "url": "{{ config.base_url }}/list" }, "every": "1m",
        },
    ]})
}

#[tokio::test]
async fn a_probe_carries_its_id_and_the_time() {
    let server = Server::start(|_| reply(202, "")).await;
    let context = context(&server.url(), capabilities());
    let report = local().send_probe(&context, "alerts", "prb_1").await;
    assert!(report.ok && report.message.contains("(status 202)"), "{report:?}");
    let seen = &server.seen()[0];
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("POST", "/probe"));
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!(seen.body, r#"[{"at":"2026-11-20T13:12:41Z","id":"prb_1"}]"#);
    for without in ["say", "nothing"] {
        let report = local().send_probe(&context, without, "prb_1").await;
        assert!(!report.ok && report.message.contains("no probe"), "{report:?}");
    }
}

#[tokio::test]
async fn an_action_carries_its_inputs() {
    let server = Server::start(|seen| reply(if seen.body.contains("hello") { 201 } else { 422 }, "{}")).await;
    let context = context(&server.url(), capabilities());
    let say = |text: &str| Map::from_iter([("text".to_owned(), Value::from(text))]);
    let report = local().run_action(&context, "say", &say("hello & bye")).await;
    assert!(report.ok, "{report:?}");
    assert_eq!(server.seen()[0].body, "text=hello+%26+bye");
    let report = local().run_action(&context, "say", &say("no")).await;
    assert!(!report.ok && report.message.contains("did not accept the request (status 422)"), "{report:?}");
    let report = local().run_action(&context, "alerts", &say("no")).await;
    assert!(!report.ok && report.message.contains("no action"), "{report:?}");
}

#[tokio::test]
async fn a_refused_credential_is_explained_wherever_it_happens() {
    let server = Server::start(|_| reply(401, "")).await;
    let context = context(&server.url(), capabilities());
    assert_eq!(local().send_probe(&context, "alerts", "p").await.message, "The token was refused.");
    assert_eq!(local().poll(&context, "list").await.report.message, "The token was refused.");
}

#[tokio::test]
async fn a_poll_gives_the_body() {
    let server = Server::start(|_| reply(200, r#"[{"id":1},{"id":2}]"#)).await;
    let answer = local().poll(&context(&server.url(), capabilities()), "list").await;
    assert!(answer.report.ok);
    assert_eq!(answer.body, Some(json!([{ "id": 1 }, { "id": 2 }])));

    let empty = Server::start(|_| reply(204, "")).await;
    assert_eq!(local().poll(&context(&empty.url(), capabilities()), "list").await.body, Some(Value::Null));

    let page = Server::start(|_| reply(200, "<html>Sign in</html>")).await;
    let answer = local().poll(&context(&page.url(), capabilities()), "list").await;
    assert!(!answer.report.ok && answer.body.is_none(), "a sign-in page is no data: {answer:?}");
}

//! Which addresses are called: declared ones, at what was checked. How inner addresses are hidden is in `tricks`.

use crate::support::{Names, Server, client, connector, context, reply};
use domain::ports::Connector as _;
use serde_json::json;

/// Two servers with the same port at two addresses, only one of which may be called; the name moves from one to the other.
#[tokio::test]
async fn a_name_that_moves_after_the_check_leads_nowhere() {
    let allowed = Server::start_at("127.0.0.2:0", |_| reply(200, r#"{"ok":true}"#)).await;
    let port = allowed.port;
    let inner = Server::start_at(&format!("127.0.0.1:{port}"), |_| reply(200, r#"{"ok":true}"#)).await;
    let names = Names::of(&[("rebind.example", &[&["127.0.0.2"], &["127.0.0.1"]])]);
    let connector = connector(client("127.0.0.2").resolving_with(names.clone()));
    let context = context(&format!("http://rebind.example:{port}"), json!({}));

    let report = connector.test(&context).await;
    assert!(report.ok, "{report:?}");
    assert_eq!((names.lookups(), allowed.seen().len()), (1, 1), "one lookup decides and connects");

    let report = connector.test(&context).await;
    assert!(report.message.contains("rebind.example resolves to 127.0.0.1, a loopback address"), "{report:?}");
    assert!(report.fix.contains("allow-list"), "{report:?}");
    assert_eq!((names.lookups(), allowed.seen().len(), inner.seen().len()), (2, 1, 0), "no old connection is reused");
}

#[tokio::test]
async fn a_host_that_is_not_declared_is_not_called() {
    let server = Server::start(|_| reply(200, r#"{"ok":true}"#)).await;
    for (host, url) in [
        ("other.example", "{{ config.base_url }}"),
        ("127.0.0.1", "{{ config.base_url }}"),
        ("127.0.0.1:1", "{{ config.base_url }}"),
        ("*.0.0.1", "{{ config.base_url }}"),
        ("{{ config.base_url | host }}", "http://127.0.0.1:1"),
        ("{{ config.base_url | host }}", "{{ config.base_url }}0"),
        ("{{ secrets.token }}", "{{ config.base_url }}"),
    ] {
        let more = json!({
            "egress": [{ "host": host, "why": "w" }],
            "test": { "request": { "url": url }, "identify": "x" },
        });
        let report = connector(client("127.0.0.1")).test(&context(&server.url(), more)).await;
        let refused = report.message.contains("not among the hosts") || report.message.contains("address of the call");
        assert!(!report.ok && refused, "{host}: {report:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_listed_address_may_be_called_on_its_port_only() {
    let server = Server::start(|_| reply(200, r#"{"ok":true}"#)).await;
    let context = context(&server.url(), json!({}));
    let listed = |list: String| connector(client(&list));
    assert!(listed(format!("127.0.0.1:{}", server.port)).test(&context).await.ok);
    assert!(listed("127.0.0.0/8".to_owned()).test(&context).await.ok);
    let report = listed("127.0.0.1:1".to_owned()).test(&context).await;
    assert_eq!(report.message, "127.0.0.1 is a loopback address, which is not called from here.");
}

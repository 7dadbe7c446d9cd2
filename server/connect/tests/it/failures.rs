//! Calls that get no answer.

use crate::support::{IMPATIENT, LIMITS, Names, client, connector, context, local, raw_server};
use connect::{GuardedClient, HttpConnector, Limits};
use contract::install::CallReport;
use domain::ports::Connector as _;
use serde_json::json;
use std::sync::Arc;
use tokio::net::TcpListener;

async fn tested(connector: &HttpConnector, base_url: &str) -> CallReport {
    let report = connector.test(&context(base_url, json!({}))).await;
    assert!(!report.ok && !report.fix.is_empty() && report.status.is_none(), "{report:?}");
    report
}

#[tokio::test]
async fn a_port_where_nothing_listens() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let report = tested(&local(), &format!("http://127.0.0.1:{port}")).await;
    assert!(report.message.contains("refused the connection"), "{report:?}");
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let silent = raw_server(b"", b"", 0, false).await;
    let dripping = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"", 0, false).await;
    for port in [silent, dripping] {
        let connector = connector(client("127.0.0.1").limited_to(IMPATIENT));
        let report = tested(&connector, &format!("http://127.0.0.1:{port}")).await;
        assert!(report.message.contains("did not answer in time"), "{report:?}");
        assert!(report.took_ms >= 250, "{report:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let announced = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", b"", 0, false).await;
    // Never ends: the client has to stop by itself.
    let endless = raw_server(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"10\r\n0123456789abcdef\r\n",
        usize::MAX,
        false,
    )
    .await;
    for port in [announced, endless] {
        let report = tested(&local(), &format!("http://127.0.0.1:{port}")).await;
        assert!(report.message.contains("larger than"), "{report:?}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    let cut = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"", 0, true).await;
    let nothing = raw_server(b"", b"", 0, true).await;
    let not_http = raw_server(b"220 smtp.example ESMTP\r\n", b"", 0, true).await;
    for port in [cut, nothing, not_http] {
        let report = tested(&local(), &format!("http://127.0.0.1:{port}")).await;
        let known = ["could not be reached", "did not answer as a web server does"];
        assert!(known.iter().any(|text| report.message.contains(text)), "{report:?}");
    }
}

#[tokio::test]
async fn a_name_that_does_not_exist() {
    let connector = connector(client("").resolving_with(Names::of(&[])));
    let report = tested(&connector, "https://missing.example").await;
    assert_eq!(report.message, "The name missing.example does not resolve.");
}

#[tokio::test]
async fn plain_http_needs_the_operators_list() {
    let names = Names::of(&[("am.example", &[&["93.184.216.34"]])]);
    let connector = connector(client("").resolving_with(names));
    let report = tested(&connector, "http://am.example").await;
    assert!(report.message.contains("without encryption"), "{report:?}");
}

#[tokio::test]
async fn an_organization_with_too_many_calls_waits_in_vain() {
    let port = raw_server(b"", b"", 0, false).await;
    let limits = Limits { concurrent: 1, ..IMPATIENT };
    let connector = Arc::new(connector(client("127.0.0.1").limited_to(limits)));
    let url = format!("http://127.0.0.1:{port}");
    let calls = (0..4).map(|_| {
        let (connector, url) = (Arc::clone(&connector), url.clone());
        tokio::spawn(async move { tested(&connector, &url).await.message })
    });
    let mut messages = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        messages.push(call.await.unwrap());
    }
    assert!(messages.iter().any(|message| message.contains("Too many calls")), "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("in time")), "{messages:?}");
}

#[test]
fn the_defaults_are_those_that_are_promised() {
    let limits = Limits::default();
    assert_eq!((limits.timeout.as_secs(), limits.body, limits.redirects, limits.concurrent), (10, 1024 * 1024, 3, 8));
    assert!(LIMITS.body < limits.body);
    let _: fn(_) -> _ = GuardedClient::new;
}

//! Redirects: checked like the first address, without credentials elsewhere.

use crate::support::{Names, Server, TOKEN, client, connector, context, local, redirect, reply};
use domain::ports::Connector as _;
use serde_json::{Value, json};

const OK: &str = r#"{"ok":true,"version":"1"}"#;

/// `/status` redirects to what the server's first argument says; everything else is good.
async fn redirecting(status: u16, to: impl Into<String>) -> Server {
    let to = to.into();
    Server::start(move |seen| if seen.target == "/status" { redirect(status, &to) } else { reply(200, OK) }).await
}

fn declaring(hosts: &[String]) -> Value {
    let hosts: Vec<_> = hosts.iter().map(|host| json!({ "host": host, "why": "w" })).collect();
    json!({ "egress": hosts })
}

#[tokio::test]
async fn within_the_same_origin_they_are_followed_with_the_credential() {
    for status in [301, 302, 303, 307, 308] {
        let server = redirecting(status, "/other?x=1").await;
        let report = local().test(&context(&server.url(), json!({}))).await;
        assert!(report.ok, "{report:?}");
        let seen = server.seen();
        assert_eq!((seen.len(), seen[1].target.as_str()), (2, "/other?x=1"));
        assert_eq!(seen[1].header("authorization"), format!("Bearer {TOKEN}"));
    }
}

#[tokio::test]
async fn another_origin_gets_no_credential() {
    let other = Server::start(|_| reply(200, OK)).await;
    let first = redirecting(302, format!("{}/x", other.url())).await;
    let mut more = declaring(&[format!("127.0.0.1:{}", first.port), format!("127.0.0.1:{}", other.port)]);
    more["test"] = json!({
        "request": {
            "url": "{{ config.base_url }}/status",
            "headers": { "X-Key": "{{ secrets.token }}", "Accept": "application/json", "Cookie": "a={{ secrets.token }}" },
        },
        "identify": "x",
    });
    assert!(local().test(&context(&first.url(), more)).await.ok);
    assert_eq!(first.seen()[0].header("x-key"), TOKEN);
    let seen = &other.seen()[0];
    assert_eq!(seen.header("accept"), "application/json");
    for name in ["authorization", "x-key", "cookie", "referer"] {
        assert_eq!(seen.header(name), "", "{name}");
    }
}

#[tokio::test]
async fn a_body_is_not_repeated_to_another_origin() {
    let other = Server::start(|_| reply(200, OK)).await;
    let first = redirecting(307, format!("{}/x", other.url())).await;
    let mut more = declaring(&[format!("127.0.0.1:{}", first.port), format!("127.0.0.1:{}", other.port)]);
    more["test"] = json!({
        "request": { "method": "POST", "url": "{{ config.base_url }}/status", "json": { "key": "{{ secrets.token }}" } },
        "identify": "x",
    });
    let report = local().test(&context(&first.url(), more)).await;
    assert!(!report.ok && report.message.contains("another origin"), "{report:?}");
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_post_becomes_a_get_or_stays_as_the_status_says() {
    for (status, method, body) in [(302, "GET", ""), (303, "GET", ""), (307, "POST", "b"), (308, "POST", "b")] {
        let server = redirecting(status, "/other").await;
        let test = json!({ "request": { "method": "POST", "url": "{{ config.base_url }}/status", "body": "b" }, "identify": "x" });
        assert!(local().test(&context(&server.url(), json!({ "test": test }))).await.ok);
        let seen = &server.seen()[1];
        assert_eq!((seen.method.as_str(), seen.body.as_str()), (method, body), "{status}");
    }
}

#[tokio::test]
async fn inner_addresses_are_refused_after_a_redirect_too() {
    let inner = Server::start(|_| reply(200, OK)).await;
    for to in [
        format!("http://localhost:{}/", inner.port),
        format!("http://[::ffff:127.0.0.1]:{}/", inner.port),
        format!("http://127.0.0.1:{}/", inner.port),
        format!("http://2130706433:{}/", inner.port),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "https://rebind.example/".to_owned(),
    ] {
        let server = redirecting(302, to.clone()).await;
        // Declared, so that the address alone stands in the way.
        let hosts = ["localhost", "[::ffff:7f00:1]", "127.0.0.1"].map(|host| format!("{host}:{}", inner.port));
        let mut hosts = hosts.to_vec();
        hosts.extend([format!("127.0.0.1:{}", server.port), "169.254.169.254".to_owned(), "rebind.example".to_owned()]);
        let names = Names::of(&[("localhost", &[&["127.0.0.1"]]), ("rebind.example", &[&["127.0.0.1"]])]);
        let connector = connector(client(&format!("127.0.0.1:{}", server.port)).resolving_with(names));
        let report = connector.test(&context(&server.url(), declaring(&hosts))).await;
        assert!(report.message.contains("redirect (status 302)"), "{to}: {report:?}");
        assert!(report.message.contains("which is not called from here"), "{to}: {report:?}");
        assert_eq!(report.status, Some(302));
    }
    assert!(inner.seen().is_empty());
}

#[tokio::test]
async fn undeclared_hosts_other_schemes_and_credentials_are_refused() {
    for (to, why) in [
        ("https://evil.example/?q=1", "evil.example is not among the hosts"),
        ("//evil.example/x", "evil.example is not among the hosts"),
        ("ftp://127.0.0.1/", "starts with ftp:"),
        ("file:///etc/passwd", "starts with file:"),
        ("http://user:pass@127.0.0.1/", "user name or password"),
        ("http://", "not complete"),
    ] {
        let server = redirecting(302, to).await;
        let report = local().test(&context(&server.url(), json!({}))).await;
        assert!(!report.ok && report.message.contains(why), "{to}: {report:?}");
        assert!(!report.message.contains("user:pass"), "{report:?}");
    }
}

#[tokio::test]
async fn a_loop_ends_after_three() {
    let server = Server::start(|_| redirect(302, "/again")).await;
    let report = local().test(&context(&server.url(), json!({}))).await;
    assert!(report.message.contains("again and again"), "{report:?}");
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_sign_in_page_elsewhere_is_explained_by_the_manifest() {
    let server = redirecting(302, "https://login.example/signin").await;
    let test = json!({
        "request": { "url": "{{ config.base_url }}/status" }, "identify": "x",
        "error": [{ "say": "Any.", "fix": "f" }, { "status": [203, 302], "say": "The token is wrong.", "fix": "New one." }],
    });
    let mut more = json!({ "test": test });
    let report = local().test(&context(&server.url(), more.clone())).await;
    assert!(report.message.contains("not among the hosts"), "the first that fits names no status: {report:?}");
    more["test"]["error"].as_array_mut().unwrap().remove(0);
    let report = local().test(&context(&server.url(), more)).await;
    assert_eq!((report.status, report.message.as_str()), (Some(302), "The token is wrong."));
}

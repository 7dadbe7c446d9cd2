//! Addresses that must not be called, however they are written.

use crate::support::{Names, Server, client, connector, context, reply};
use connect::{AddressPolicy, DeclaredHosts, Failure, GuardedClient, Outgoing};
use contract::OrganizationId;
use contract::manifest::Egress;
use domain::ports::Connector as _;
use domain::template::{Engine, host_of};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Map, json};
use url::Url;

/// Calls an address whose host is declared, so that only its address can be wrong.
async fn call(client: &GuardedClient, url: &str) -> Failure {
    let host = host_of(url).unwrap_or_default();
    let egress = [Egress { host, why: "test".to_owned() }];
    let hosts = DeclaredHosts::render(&Engine::new(), &egress, &Map::new()).unwrap();
    let url = Url::parse(url).unwrap();
    let request = Outgoing { method: Method::GET, url, headers: HeaderMap::new(), body: None };
    client.call(&OrganizationId::from("org_1"), &hosts, request).await.unwrap_err()
}

#[tokio::test]
async fn every_spelling_of_an_inner_address_is_refused() {
    let client = GuardedClient::new(AddressPolicy::public_only()).unwrap();
    for host in [
        // Loopback: dotted, short, decimal, octal, hexadecimal, mixed, full width, percent-encoded.
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0x7f.1",
        "127.0.0.1.",
        "127.255.255.254",
        "１２７.０.０.１",
        "127。0。0。1",
        "%31%32%37.0.0.1",
        "①②⑦.0.0.1",
        // Unspecified, private, shared, link-local, metadata.
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "167772161",
        "012.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "0xc0.0xa8.0.1",
        "3232235521",
        "100.64.0.1",
        "169.254.0.1",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        // Documentation, benchmarking, multicast, reserved, broadcast.
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "4294967295",
        // IPv6: own ranges, and IPv4 inside.
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:169.254.169.254]",
        "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b:1::10.0.0.1]",
        "[2002:7f00:1::]",
        "[2001:0:53aa:64c:0:0:80ff:fffe]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001:db8::1]",
    ] {
        for url in [format!("https://{host}/"), format!("http://{host}:8080/")] {
            let failure = call(&client, &url).await;
            assert!(matches!(failure, Failure::Forbidden { .. }), "{url}: {failure:?}");
        }
    }
}

#[tokio::test]
async fn names_of_inner_addresses_are_refused() {
    let names = Names::of(&[
        ("localhost", &[&["127.0.0.1", "::1"]]),
        ("localtest.example", &[&["127.0.0.1"]]),
        ("127.0.0.1.nip.example", &[&["127.0.0.1"]]),
        ("metadata.google.internal", &[&["169.254.169.254"]]),
        ("mapped.example", &[&["::ffff:10.0.0.1"]]),
        ("ula.example", &[&["fd12::1"]]),
        // One good address does not excuse a bad one.
        ("mixed.example", &[&["93.184.216.34", "10.0.0.1"]]),
    ]);
    let client = GuardedClient::new(AddressPolicy::public_only()).unwrap().resolving_with(names);
    for url in [
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localtest.example/",
        "https://127.0.0.1.nip.example/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "https://mapped.example/",
        "https://ula.example/",
        "https://mixed.example/",
    ] {
        let failure = call(&client, url).await;
        assert!(matches!(failure, Failure::Forbidden { .. }), "{url}: {failure:?}");
    }
}

#[tokio::test]
async fn other_schemes_and_credentials_in_addresses_are_refused() {
    let client = client("127.0.0.1");
    for url in ["ftp://127.0.0.1/", "ws://127.0.0.1/", "gopher://127.0.0.1/x", "file://127.0.0.1/etc/passwd"] {
        assert!(matches!(call(&client, url).await, Failure::Scheme(_)), "{url}");
    }
    for url in ["http://user:pass@127.0.0.1/", "http://user@127.0.0.1/", "http://:pass@127.0.0.1/"] {
        assert_eq!(call(&client, url).await, Failure::CredentialInUrl, "{url}");
    }
    assert_eq!(call(&client, "data:text/plain,x").await, Failure::Scheme("data".to_owned()));
}

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

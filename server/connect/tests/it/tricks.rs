//! Addresses that lead to inner systems though they do not look like it: each by its name, called as it is, and as what a
//! good server redirects to. What changes between check and call (DNS rebinding) is in `addresses`.

use crate::support::{LIMITS, Names, Server, client, redirect, reply};
use connect::{AddressPolicy, DeclaredHosts, Failure, GuardedClient, Outgoing, Resolve};
use contract::OrganizationId;
use contract::manifest::Egress;
use domain::template::Engine;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Map;
use std::collections::BTreeSet;
use std::sync::Arc;
use url::Url;

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Because {
    /// It is, or resolves to, an address that is not public.
    Inner,
    /// It is no address that could be called.
    Nonsense,
    /// It is neither http nor https.
    Scheme,
    /// It carries a user name or password, behind which the host is hidden.
    Credential,
}

use Because::{Credential, Inner, Nonsense, Scheme};

/// What each trick is called, the address, and why it is refused.
const TRICKS: &[(&str, &str, Because)] = &[
    // Loopback, as numbers.
    ("dotted", "https://127.0.0.1/", Inner),
    ("dotted, with the scheme's port", "https://127.0.0.1:443/", Inner),
    ("dotted, plain http on another port", "http://127.0.0.1:8080/", Inner),
    ("end of the loopback network", "https://127.255.255.254/", Inner),
    ("two parts", "https://127.1/", Inner),
    ("three parts", "https://127.0.1/", Inner),
    ("decimal", "https://2130706433/", Inner),
    ("octal, one number", "https://017700000001/", Inner),
    ("octal, dotted", "https://0177.0.0.1/", Inner),
    ("octal, with more zeros", "https://0000177.0.0.01/", Inner),
    ("hexadecimal, one number", "https://0x7f000001/", Inner),
    ("hexadecimal, upper case", "https://0X7F000001/", Inner),
    ("hexadecimal, dotted", "https://0x7f.0.0.1/", Inner),
    ("hexadecimal, two parts", "https://0x7f.1/", Inner),
    ("octal, hexadecimal and decimal mixed", "https://0177.0x0.0.1/", Inner),
    ("trailing dot", "https://127.0.0.1./", Inner),
    // Loopback, in other characters.
    ("fullwidth digits", "https://１２７.０.０.１/", Inner),
    ("circled digits", "https://①②⑦.0.0.1/", Inner),
    ("superscript digits", "https://¹²⁷.0.0.1/", Inner),
    ("ideographic dots", "https://127。0。0。1/", Inner),
    ("fullwidth dots", "https://127．0．0．1/", Inner),
    ("halfwidth ideographic dots", "https://127｡0｡0｡1/", Inner),
    ("percent-encoded digits", "https://%31%32%37.0.0.1/", Inner),
    ("percent-encoded dots", "https://127%2e0%2E0%2e1/", Inner),
    ("a soft hyphen", "https://127.0.0.1\u{ad}/", Inner),
    ("a tab inside", "https://127.0.\t0.1/", Inner),
    ("a line break inside", "https://127.0.0\n.1/", Inner),
    // Loopback, hidden by the shape of the address.
    ("backslashes", "https:\\\\127.0.0.1\\", Inner),
    ("one slash", "https:/127.0.0.1/", Inner),
    ("too many slashes", "https:////127.0.0.1/", Inner),
    ("another host in the fragment", "https://127.0.0.1#@public.example/", Inner),
    ("another host behind a backslash", "https://127.0.0.1\\@public.example/", Inner),
    ("another host in the query", "https://127.0.0.1?@public.example/", Inner),
    // Unspecified, private, shared, link-local, metadata.
    ("zero", "https://0/", Inner),
    ("zero, hexadecimal", "https://0x0/", Inner),
    ("unspecified", "https://0.0.0.0/", Inner),
    ("this network", "https://0.1.2.3/", Inner),
    ("private, class A", "https://10.0.0.1/", Inner),
    ("private, class A, decimal", "https://167772161/", Inner),
    ("private, class A, octal", "https://012.0.0.1/", Inner),
    ("private, class B, first", "https://172.16.0.1/", Inner),
    ("private, class B, last", "https://172.31.255.255/", Inner),
    ("private, class C", "https://192.168.0.1/", Inner),
    ("private, class C, mixed", "https://0xc0.0xa8.1/", Inner),
    ("private, class C, decimal", "https://3232235521/", Inner),
    ("carrier-grade NAT", "https://100.64.0.1/", Inner),
    ("link-local", "https://169.254.0.1/", Inner),
    ("metadata of AWS, GCP, Azure", "http://169.254.169.254/latest/meta-data/", Inner),
    ("metadata, decimal", "http://2852039166/", Inner),
    ("metadata, hexadecimal", "http://0xa9fea9fe/", Inner),
    ("metadata, octal", "http://0251.0376.0251.0376/", Inner),
    ("metadata of ECS tasks", "http://169.254.170.2/", Inner),
    ("metadata of Alibaba Cloud", "http://100.100.100.200/", Inner),
    ("metadata of Oracle Cloud", "http://192.0.0.192/", Inner),
    ("host agent of Azure", "http://168.63.129.16/", Inner),
    // Documentation, benchmarking, multicast, reserved, broadcast.
    ("documentation, first", "https://192.0.2.1/", Inner),
    ("documentation, second", "https://198.51.100.1/", Inner),
    ("documentation, third", "https://203.0.113.1/", Inner),
    ("benchmarking", "https://198.18.0.1/", Inner),
    ("multicast", "https://224.0.0.1/", Inner),
    ("reserved", "https://240.0.0.1/", Inner),
    ("broadcast", "https://255.255.255.255/", Inner),
    ("broadcast, decimal", "https://4294967295/", Inner),
    // IPv6: its own ranges, and IPv4 inside of it.
    ("IPv6, unspecified", "https://[::]/", Inner),
    ("IPv6, loopback", "https://[::1]/", Inner),
    ("IPv6, loopback in full", "https://[0:0:0:0:0:0:0:1]/", Inner),
    ("IPv4-mapped, loopback", "https://[::ffff:127.0.0.1]/", Inner),
    ("IPv4-mapped, hexadecimal", "https://[::ffff:7f00:1]/", Inner),
    ("IPv4-mapped, metadata", "http://[::ffff:a9fe:a9fe]/", Inner),
    ("IPv4-mapped, public", "https://[::ffff:93.184.216.34]/", Inner),
    ("IPv4-compatible", "https://[::127.0.0.1]/", Inner),
    ("IPv4-translated", "https://[::ffff:0:127.0.0.1]/", Inner),
    ("NAT64, well-known prefix", "https://[64:ff9b::127.0.0.1]/", Inner),
    ("NAT64, local prefix", "https://[64:ff9b:1::10.0.0.1]/", Inner),
    ("6to4", "https://[2002:7f00:1::]/", Inner),
    ("Teredo", "https://[2001:0:53aa:64c:0:0:80ff:fffe]/", Inner),
    ("ISATAP", "https://[2a00::5efe:7f00:1]/", Inner),
    ("IPv6, unique local", "https://[fc00::1]/", Inner),
    ("IPv6, metadata of AWS", "http://[fd00:ec2::254]/", Inner),
    ("IPv6, metadata of GCP", "http://[fd20:ce::254]/", Inner),
    ("IPv6, link-local", "https://[fe80::1]/", Inner),
    ("IPv6, site-local", "https://[fec0::1]/", Inner),
    ("IPv6, multicast", "https://[ff02::1]/", Inner),
    ("IPv6, documentation", "https://[2001:db8::1]/", Inner),
    ("IPv6, not given out", "https://[4000::1]/", Inner),
    ("IPv6, with a zone", "https://[fe80::1%25eth0]/", Nonsense),
    ("IPv6, with a zone, not encoded", "https://[::1%lo]/", Nonsense),
    // Numbers that are no address.
    ("a number that is too large", "https://0x100000000/", Nonsense),
    ("a part that is too large", "https://127.0.0.256/", Nonsense),
    ("a digit that is not octal", "https://127.0.0.08/", Nonsense),
    ("five parts", "https://127.0.0.0.1/", Nonsense),
    ("no host", "https://", Nonsense),
    // Names.
    ("localhost", "https://localhost/", Inner),
    ("localhost, upper case", "https://LOCALHOST/", Inner),
    ("localhost, trailing dot", "https://localhost./", Inner),
    ("localhost, circled letters", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", Inner),
    ("localhost, a soft hyphen", "https://local\u{ad}host/", Inner),
    ("a name that resolves to loopback", "https://inner.example/", Inner),
    ("a name with the address in it", "https://127.0.0.1.nip.example/", Inner),
    ("metadata by name", "http://metadata.google.internal/computeMetadata/v1/", Inner),
    ("metadata by name, trailing dot", "http://metadata.google.internal./computeMetadata/v1/", Inner),
    ("a name that resolves to IPv4-mapped", "https://mapped.example/", Inner),
    ("a name that resolves to unique local", "https://ula.example/", Inner),
    ("a name of one public and one inner address", "https://mixed.example/", Inner),
    // Credentials and schemes.
    ("the host as a user name", "https://public.example@127.0.0.1/", Credential),
    ("user name and password", "https://user:pass@127.0.0.1/", Credential),
    ("a password alone", "https://:pass@127.0.0.1/", Credential),
    ("the host as a user name, with a slash", "https://public.example%2f@127.0.0.1/", Credential),
    ("file", "file:///etc/passwd", Scheme),
    ("file with a host", "file://127.0.0.1/etc/passwd", Scheme),
    ("ftp", "ftp://127.0.0.1/", Scheme),
    ("gopher", "gopher://127.0.0.1:6379/_INFO", Scheme),
    ("web socket", "ws://127.0.0.1/", Scheme),
    ("data", "data:text/plain,x", Scheme),
    ("a container's socket", "unix:/var/run/docker.sock", Scheme),
];

/// A name server that knows the names above.
fn names() -> Arc<dyn Resolve> {
    Names::of(&[
        ("localhost", &[&["127.0.0.1", "::1"]]),
        ("localhost.", &[&["127.0.0.1", "::1"]]),
        ("inner.example", &[&["127.0.0.1"]]),
        ("127.0.0.1.nip.example", &[&["127.0.0.1"]]),
        ("metadata.google.internal", &[&["169.254.169.254"]]),
        ("metadata.google.internal.", &[&["169.254.169.254"]]),
        ("mapped.example", &[&["::ffff:10.0.0.1"]]),
        ("ula.example", &[&["fd12::1"]]),
        ("mixed.example", &[&["93.184.216.34", "10.0.0.1"]]),
    ])
}

fn because(failure: &Failure) -> Option<Because> {
    match failure {
        Failure::Forbidden { .. } => Some(Inner),
        Failure::NoHost => Some(Nonsense),
        Failure::Scheme(_) => Some(Scheme),
        Failure::CredentialInUrl => Some(Credential),
        _ => None,
    }
}

async fn call(client: &GuardedClient, hosts: &DeclaredHosts, url: Url) -> Failure {
    let request = Outgoing { method: Method::GET, url, headers: HeaderMap::new(), body: None };
    client.call(&OrganizationId::from("org_1"), hosts, request).await.unwrap_err()
}

/// `host:port` of these addresses, so that nothing but the address can be wrong.
fn declaring(urls: &[&Url]) -> DeclaredHosts {
    let host = |url: &&Url| {
        let host = url.host_str().unwrap_or("nothing.example");
        url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    };
    let egress: Vec<_> = urls.iter().map(|url| Egress { host: host(url), why: "test".to_owned() }).collect();
    DeclaredHosts::render(&Engine::new(), &egress, &Map::new()).unwrap()
}

#[test]
fn there_are_enough_and_each_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = TRICKS.iter().map(|(name, ..)| *name).collect();
    let addresses: BTreeSet<&str> = TRICKS.iter().map(|(_, url, _)| *url).collect();
    assert_eq!((names.len(), addresses.len()), (TRICKS.len(), TRICKS.len()));
    // How many there are stands in docs/SECURITY.md.
    assert_eq!(TRICKS.len(), 115);
}

#[tokio::test]
async fn each_is_refused_when_it_is_called() {
    let client = GuardedClient::new(AddressPolicy::public_only()).unwrap().limited_to(LIMITS).resolving_with(names());
    for (name, url, expected) in TRICKS {
        let Ok(url) = Url::parse(url) else {
            assert_eq!(*expected, Nonsense, "{name}");
            continue;
        };
        let failure = call(&client, &declaring(&[&url]), url).await;
        assert_eq!(because(&failure), Some(*expected), "{name}: {failure:?}");
    }
}

#[tokio::test]
async fn each_is_refused_as_the_target_of_a_redirect() {
    for (name, target, expected) in TRICKS {
        // A header is one line of bytes; what is not ASCII in it is encoded, or stays as it is.
        let Ok(location) = axum::http::HeaderValue::from_bytes(target.as_bytes()) else { continue };
        let server = Server::start(move |_| {
            let mut answer = redirect(302, "/");
            answer.headers_mut().insert("location", location.clone());
            answer
        })
        .await;
        let start = Url::parse(&server.url()).unwrap();
        let hosts = match Url::parse(target) {
            Ok(to) => declaring(&[&start, &to]),
            Err(_) => declaring(&[&start]),
        };
        let client = client(&format!("127.0.0.1:{}", server.port)).resolving_with(names());
        match call(&client, &hosts, start).await {
            Failure::Redirect { why, .. } => {
                // Bytes that are not ASCII are no address at all there.
                let ascii = target.is_ascii();
                let fits = because(&why) == Some(if ascii { *expected } else { Nonsense });
                assert!(fits, "{name}: {why:?}");
            }
            other => panic!("{name}: {other:?}"),
        }
        assert_eq!(server.seen().len(), 1, "{name}");
    }
}

/// The tests above mean something only if the same client does call what it may.
#[tokio::test]
async fn what_may_be_called_is_called() {
    let server = Server::start(|_| reply(200, "{}")).await;
    let url = Url::parse(&server.url()).unwrap();
    let client = client(&format!("127.0.0.1:{}", server.port)).resolving_with(names());
    let request = Outgoing { method: Method::GET, url: url.clone(), headers: HeaderMap::new(), body: None };
    assert_eq!(
        client.call(&OrganizationId::from("org_1"), &DeclaredHosts::of(&url), request).await.unwrap().status,
        200
    );
}

//! Doubles: servers that record what they are asked, a name server, a clock, randomness, a store of keys.

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Response};
use connect::{AddressPolicy, GuardedClient, HttpConnector, Limits, Resolve};
use contract::manifest::Manifest;
use contract::{OrganizationId, Timestamp};
use domain::ports::{Clock, ConnectionContext, Ids, OrganizationKeys, Secrets};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use zeroize::Zeroizing;

/// 2026-11-20T13:12:41Z.
pub const NOW: Timestamp = Timestamp(1_795_180_361_000);

pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// `SplitMix64`: different every time, the same in every run.
#[derive(Default)]
pub struct SeededIds(AtomicU64);

impl Ids for SeededIds {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

#[derive(Default)]
pub struct KeysInMemory(pub Mutex<HashMap<OrganizationId, Vec<u8>>>);

#[async_trait]
impl OrganizationKeys for KeysInMemory {
    async fn wrapped_key(&self, organization: &OrganizationId) -> domain::Result<Option<Vec<u8>>> {
        Ok(self.0.lock().unwrap().get(organization).cloned())
    }

    async fn store_wrapped_key(&self, organization: &OrganizationId, wrapped: &[u8]) -> domain::Result<Vec<u8>> {
        Ok(self.0.lock().unwrap().entry(organization.clone()).or_insert_with(|| wrapped.to_vec()).clone())
    }
}

/// A name server that may change its mind: each lookup takes the next answer, the last one stays.
#[derive(Default)]
pub struct Names {
    answers: Mutex<HashMap<String, VecDeque<Vec<IpAddr>>>>,
    pub lookups: AtomicUsize,
}

impl Names {
    pub fn of(entries: &[(&str, &[&[&str]])]) -> Arc<Self> {
        let answers = entries.iter().map(|(name, answers)| {
            let each = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
            ((*name).to_owned(), answers.iter().map(each).collect())
        });
        Arc::new(Self { answers: Mutex::new(answers.collect()), lookups: AtomicUsize::new(0) })
    }

    pub fn lookups(&self) -> usize {
        self.lookups.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Resolve for Names {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        self.lookups.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        let queue = answers.get_mut(host).ok_or_else(|| io::Error::other("no such name"))?;
        Ok(if queue.len() > 1 { queue.pop_front().unwrap() } else { queue[0].clone() })
    }
}

/// A request as a server saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A real HTTP server that records what it is asked.
pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
}

pub fn reply(status: u16, body: &str) -> Response<Body> {
    Response::builder().status(status).body(Body::from(body.to_owned())).unwrap()
}

pub fn redirect(status: u16, to: &str) -> Response<Body> {
    Response::builder().status(status).header("location", to).body(Body::empty()).unwrap()
}

impl Server {
    pub async fn start(answer: impl Fn(&Seen) -> Response<Body> + Clone + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1:0", answer).await
    }

    pub async fn start_at(
        address: &str,
        answer: impl Fn(&Seen) -> Response<Body> + Clone + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let log = Arc::clone(&seen);
        let router = Router::new().fallback(move |request: Request| async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let seen = Seen {
                method: parts.method.to_string(),
                target: parts.uri.to_string(),
                headers: parts.headers,
                body: String::from_utf8_lossy(&body).into_owned(),
            };
            let response = answer(&seen);
            log.lock().unwrap().push(seen);
            response
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, seen }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// A server that sends these bytes to whoever connects, again and again `repeat` times, and then says no more.
pub async fn raw_server(first: &'static [u8], chunk: &'static [u8], repeat: usize, close: bool) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let mut sent = stream.write_all(first).await;
                for _ in 0..repeat {
                    if sent.is_err() {
                        return;
                    }
                    sent = stream.write_all(chunk).await;
                }
                if !close {
                    std::future::pending::<()>().await;
                }
            });
        }
    });
    port
}

/// A manifest with what a call needs. `more` replaces top-level keys.
pub fn manifest(more: Value) -> Manifest {
    let mut manifest = json!({
        "manifest": 1, "id": "thing", "name": "Thing", "version": "1.0.0", "summary": "A thing.", "partner": "p",
        "categories": ["a/b"], "support": "community", "license": "MIT", "listing": "saas",
        "links": { "homepage": "https://a.example", "documentation": "https://a.example" },
        "egress": [{ "host": "{{ config.base_url | host }}", "why": "It is what is called." }],
        "auth": { "type": "bearer" },
        "test": {
            "request": { "url": "{{ config.base_url }}/status" },
            "expect": { "status": [200], "where": "{{ body.ok }}" },
            "identify": "Thing {{ body.version }}",
            "error": [{ "status": [401], "say": "The token was refused.", "fix": "Make a new token." }],
        },
    });
    for (key, value) in more.as_object().unwrap() {
        manifest[key] = value.clone();
    }
    serde_json::from_value(manifest).unwrap()
}

pub const TOKEN: &str = "t0k3n-very/secret+1";

pub fn context(base_url: &str, more: Value) -> ConnectionContext {
    let mut secrets = Secrets::default();
    secrets.insert("token", TOKEN.to_owned());
    ConnectionContext {
        organization: OrganizationId::from("org_1"),
        manifest: Arc::new(manifest(more)),
        config: Map::from_iter([("base_url".to_owned(), Value::from(base_url))]),
        secrets,
        webhook_url: "https://market.example/in/abc".to_owned(),
        webhook_secret: Zeroizing::new("ourwebhooksecret".to_owned()),
    }
}

/// Short enough to wait for, long enough for a busy machine.
pub const LIMITS: Limits = Limits { timeout: Duration::from_secs(5), body: 64 * 1024, redirects: 3, concurrent: 8 };
pub const IMPATIENT: Limits = Limits { timeout: Duration::from_millis(300), ..LIMITS };

pub fn client(allowed: &str) -> GuardedClient {
    GuardedClient::new(AddressPolicy::allowing(allowed).unwrap()).unwrap().limited_to(LIMITS)
}

pub fn connector(client: GuardedClient) -> HttpConnector {
    HttpConnector::new(Arc::new(client), Arc::new(FixedClock(NOW)))
}

/// A connector that may call this machine.
pub fn local() -> HttpConnector {
    connector(client("127.0.0.1"))
}

//! The customer's system: a real HTTP server that does what the test says.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Response};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The token that it accepts.
pub const GOOD_TOKEN: &str = "good-token-1f9c2e";

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `POST /api/probe`.
    pub what: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: String,
}

impl Seen {
    /// The `Authorization` header.
    pub fn authorization(&self) -> &str {
        self.headers.get("authorization").map_or("", |value| value.to_str().unwrap())
    }
}

/// What it answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Status and body.
    With(u16, String),
    /// A redirect with this status to this place.
    Redirect(u16, String),
    /// Nothing, for ever.
    Silence,
}

impl Reply {
    /// Status and body.
    pub fn with(status: u16, body: &str) -> Self {
        Self::With(status, body.to_owned())
    }
}

#[derive(Default)]
struct State {
    replies: HashMap<String, Reply>,
    seen: Vec<Seen>,
}

/// The server.
pub struct Upstream {
    /// `http://127.0.0.1:port`.
    pub url: String,
    state: Arc<Mutex<State>>,
}

/// A healthy monitor.
fn usual(seen: &Seen) -> Reply {
    if seen.authorization() != format!("Bearer {GOOD_TOKEN}") {
        return Reply::with(401, r#"{"error":"unauthorized"}"#);
    }
    match seen.what.split('?').next().unwrap() {
        "GET /api/status" => Reply::with(200, r#"{"ok":true,"version":"9.1"}"#),
        "GET /api/alerts" => {
            Reply::with(200, r#"{"items":[{"id":"p1","name":"Disk full"},{"id":"p2","name":"Fan broken"}]}"#)
        }
        "POST /api/probe" => Reply::with(202, ""),
        "POST /api/tickets" => Reply::with(201, r#"{"id":7}"#),
        _ => Reply::with(404, r#"{"error":"no such thing"}"#),
    }
}

impl Upstream {
    /// Starts a healthy one.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        let router = Router::new().fallback(move |request: Request| answer(shared, request));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, state }
    }

    /// From now on answers a request such as `GET /api/status` with this.
    pub fn answer(&self, what: &str, reply: Reply) {
        self.state.lock().unwrap().replies.insert(what.to_owned(), reply);
    }

    /// Is healthy again.
    pub fn recover(&self) {
        self.state.lock().unwrap().replies.clear();
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.state.lock().unwrap().seen.clone()
    }

    /// The last request.
    pub fn last(&self) -> Seen {
        self.seen().pop().unwrap()
    }
}

async fn answer(state: Arc<Mutex<State>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let seen = Seen {
        what: format!("{} {}", parts.method, parts.uri),
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let key = format!("{} {}", parts.method, parts.uri.path());
    let reply = {
        let mut state = state.lock().unwrap();
        state.seen.push(seen.clone());
        state.replies.get(&key).cloned().unwrap_or_else(|| usual(&seen))
    };
    match reply {
        Reply::With(status, body) => {
            let answer = Response::builder().status(status).header("content-type", "application/json");
            answer.body(Body::from(body)).unwrap()
        }
        Reply::Redirect(status, to) => {
            Response::builder().status(status).header("location", to).body(Body::empty()).unwrap()
        }
        Reply::Silence => std::future::pending().await,
    }
}

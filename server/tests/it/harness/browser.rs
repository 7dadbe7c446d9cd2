//! A browser: cookies, forms, server functions.

use super::app::{App, HOST, SITE};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, Response, header};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// Header of a server function's answer that says: go where `Location` points.
const GO_ON: &str = "serverfnredirect";

/// A browser.
pub struct Browser<'a> {
    app: &'a App,
    /// Cookies by name.
    pub cookies: BTreeMap<String, String>,
}

/// A complete answer.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: String,
}

/// `a=1&b=2`.
pub fn encoded(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl<'a> Browser<'a> {
    /// Without cookies.
    pub fn new(app: &'a App) -> Self {
        Self { app, cookies: BTreeMap::new() }
    }

    /// Value of the session cookie.
    pub fn session(&self) -> &str {
        &self.cookies["session"]
    }

    /// Takes over what an answer sets.
    pub fn keep_cookies(&mut self, answer: &Answer) {
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// A request with this browser's cookies, to be completed.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    /// Sends a request; the body may still be coming.
    pub async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.app.answer(request).await
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::read(self.open(request).await).await
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap())
            .await
    }

    /// Sends a plain form, as a browser does without scripts.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::ACCEPT, "text/html,*/*;q=0.8")
            .header(header::ORIGIN, SITE)
            .header(header::REFERER, format!("{SITE}/before"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    /// Calls a server function as our own script does.
    pub async fn call(&self, name: &str, arguments: &[(&str, &str)]) -> Answer {
        let path = format!("/api/fn/{name}");
        let found = leptos::server_fn::axum::server_fn_paths().find(|(known, _)| *known == path);
        let (_, method) = found.unwrap_or_else(|| panic!("there is no server function {name}"));
        let query = encoded(arguments);
        let request = if method == Method::GET {
            self.request(method, &format!("{path}?{query}")).body(Body::empty())
        } else {
            let request = self.request(method, &path).header(header::ORIGIN, SITE);
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(query))
        };
        let mut request = request.unwrap();
        request.headers_mut().insert(header::ACCEPT, "application/json".parse().unwrap());
        self.send(request).await
    }

    /// Sends JSON.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::ACCEPT, "application/json")
            .header(header::ORIGIN, SITE)
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

impl Answer {
    /// Reads the whole answer.
    pub async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Where a page takes the browser by itself, as `form-action` forbids forms to be redirected elsewhere.
    #[track_caller]
    pub fn refreshes_to(&self) -> url::Url {
        assert_eq!(self.status, 200, "{self:?}");
        let address = self.header("refresh").strip_prefix("0; url=").unwrap_or_else(|| panic!("{self:?}"));
        url::Url::parse(address).unwrap()
    }

    /// Where a server function wants the browser to go.
    pub fn goes_on_to(&self) -> &str {
        assert!(self.headers.contains_key(GO_ON), "{self:?}");
        self.location()
    }

    /// The `Set-Cookie` line of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        lines.into_iter().find(|line| line.split('=').next() == Some(name))
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body of a good answer as JSON.
    #[track_caller]
    pub fn good<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()
    }

    /// Asserts that it is an error with this status and code, complete with what to do next; gives it.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        let problem: Value = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        for text in ["title", "detail", "next_step"] {
            assert!(problem[text].as_str().is_some_and(|text| !text.is_empty()), "{text} in {problem}");
        }
        problem
    }
}

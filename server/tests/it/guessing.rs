//! Failed tries to get in, by the thousand: from one address and from as many, with states, tokens and accounts that are
//! not there.

use crate::harness::{App, HOST, MINUTE_MS, Options, SITE};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, header};
use server::sign_in_config::{Issuer, SignInConfig};
use std::net::{Ipv4Addr, SocketAddr};

on_both!(
    a_thousand_failures_from_one_address_shut_it_out_and_nobody_else,
    a_thousand_failures_from_a_thousand_addresses_lock_nobody_out,
    a_thousand_wrong_tokens_from_one_address_shut_it_out,
    changing_ones_mind_is_no_failure,
);

const TRIES: u32 = 1000;
/// Failures that are forgiven, and a few more for the time that passes meanwhile.
const FORGIVEN: std::ops::RangeInclusive<u32> = 60..=80;

/// A demo with an issuer that is not there.
async fn node(app: &App) -> App {
    let issuer = Issuer {
        key: "corporate".to_owned(),
        name: "Northwind SSO".to_owned(),
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "marketplace".to_owned(),
        client_secret: None,
    };
    let sign_in = SignInConfig { issuers: vec![issuer], github: None };
    app.node(Options { sign_in, ..Options::default() }).await
}

/// What the client of a test looks like from here.
fn from(address: u32) -> ConnectInfo<SocketAddr> {
    ConnectInfo(SocketAddr::from((Ipv4Addr::from(0xcb00_7100 + address), 50_000)))
}

async fn send(node: &App, address: u32, request: axum::http::request::Builder, body: &str) -> Response<Body> {
    let request = request.header(header::HOST, HOST).extension(from(address));
    node.answer(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// Comes back from the issuer with a state that was never given out.
async fn guess(node: &App, address: u32, n: u32) -> Response<Body> {
    let path = format!("/auth/corporate/callback?state=guess-{n}&code=c");
    send(node, address, Request::get(path).header(header::COOKIE, "sign-in=browser"), "").await
}

async fn demo(node: &App, address: u32, key: &str) -> Response<Body> {
    let form = Request::post("/auth/demo")
        .header(header::ORIGIN, SITE)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(node, address, form, &format!("key={key}")).await
}

/// A correct sign-in.
async fn gets_in(node: &App, address: u32) -> bool {
    let answer = demo(node, address, "admin").await;
    let cookie = answer.headers().get(header::SET_COOKIE).map_or("", |value| value.to_str().unwrap());
    answer.status() == 303 && cookie.starts_with("session=")
}

/// Seconds to wait, of an answer that refuses.
#[track_caller]
fn wait(answer: &Response<Body>) -> u32 {
    assert_eq!(answer.status(), 429);
    let seconds = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=61).contains(&seconds), "{seconds} s");
    seconds
}

async fn a_thousand_failures_from_one_address_shut_it_out_and_nobody_else(app: &App) {
    let node = node(app).await;
    let mut refused = 0;
    for n in 0..TRIES {
        // Two ways to fail count together.
        let answer = if n % 2 == 0 { guess(&node, 1, n).await } else { demo(&node, 1, &format!("nobody-{n}")).await };
        match answer.status().as_u16() {
            429 => {
                wait(&answer);
                refused += 1;
            }
            status => {
                assert_eq!(status, if n % 2 == 0 { 303 } else { 404 });
                assert_eq!(refused, 0, "whoever is shut out stays so, at try {n}");
            }
        }
    }
    assert!(FORGIVEN.contains(&(TRIES - refused)), "{refused} of {TRIES} are refused");
    assert!(gets_in(&node, 2).await, "from another address one gets in");
    let seconds = wait(&demo(&node, 1, "admin").await);
    app.clock.advance(i64::from(seconds) * 1000);
    assert!(gets_in(&node, 1).await, "after the time that was told, one gets in from this address too");
}

async fn a_thousand_failures_from_a_thousand_addresses_lock_nobody_out(app: &App) {
    let node = node(app).await;
    // Nothing in a try that failed says whose account it was for: nobody can be locked out by others.
    for n in 0..TRIES {
        assert_eq!(guess(&node, n, n).await.status(), 303, "try {n}");
    }
    assert!(gets_in(&node, TRIES + 1).await);
    assert!(gets_in(&node, 7).await, "also where one try failed");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 2);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM pending_sign_in").await, 0, "failures leave nothing behind");
}

async fn a_thousand_wrong_tokens_from_one_address_shut_it_out(app: &App) {
    let node = node(app).await;
    let mut refused = 0;
    for n in 0..TRIES {
        let bearer = format!("Bearer oct_{n}");
        let request = Request::get("/api/v1/installations").header(header::AUTHORIZATION, bearer);
        let answer = send(&node, 1, request, "").await;
        match answer.status().as_u16() {
            429 => {
                wait(&answer);
                refused += 1;
            }
            status => assert_eq!((status, refused), (401, 0)),
        }
    }
    assert!(FORGIVEN.contains(&(TRIES - refused)), "{refused} of {TRIES} are refused");
    let elsewhere = Request::get("/api/v1/installations").header(header::AUTHORIZATION, "Bearer oct_x");
    assert_eq!(send(&node, 2, elsewhere, "").await.status(), 401);
    let page = send(&node, 1, Request::get("/integrations/monitor").header(header::ACCEPT, "text/html"), "").await;
    assert_eq!(page.status(), 200, "reading goes on");
    app.clock.advance(2 * MINUTE_MS);
    assert!(gets_in(&node, 1).await);
}

async fn changing_ones_mind_is_no_failure(app: &App) {
    let node = node(app).await;
    for n in 0..100 {
        let state = format!("state-{n}");
        let begin = domain::identity::BeginSignIn {
            provider: "corporate".to_owned(),
            state: state.clone(),
            browser: "browser".to_owned(),
            nonce: "nonce".to_owned(),
            pkce_verifier: "verifier-verifier-verifier-verifier-verifier-verifier".to_owned(),
            return_to: "/".to_owned(),
        };
        domain::identity::begin_sign_in(&node.services, &begin).await.unwrap();
        let path = format!("/auth/corporate/callback?state={state}&error=access_denied");
        let request = Request::get(path).header(header::COOKIE, "sign-in=browser");
        let answer = send(&node, 1, request, "").await;
        let location = answer.headers()[header::LOCATION].to_str().unwrap();
        assert!(location.contains("error=denied"), "{location}");
    }
    assert!(gets_in(&node, 1).await);
}

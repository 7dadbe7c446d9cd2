//! Signing in with an issuer: what a callback must prove before the issuer is even asked.

use crate::harness::{Answer, App, Browser, MINUTE_MS, Options, Reply, SITE, Upstream};
use base64::Engine as _;
use domain::identity::{BeginSignIn, begin_sign_in};
use serde_json::{Value, json};
use server::sign_in_config::{Issuer, SignInConfig};
use std::collections::BTreeMap;

on_both!(
    a_state_is_good_once,
    a_state_belongs_to_one_browser,
    a_state_is_good_for_ten_minutes,
    a_state_belongs_to_one_provider,
    an_invented_state_is_refused,
    the_person_may_refuse,
    an_unknown_provider_is_not_found,
    the_browser_is_sent_to_the_issuer,
    an_issuer_that_is_down_is_explained,
    an_answer_of_another_issuer_is_refused,
    an_unsigned_token_is_refused,
);

const STATE: &str = "state-of-the-test";
const BROWSER: &str = "browser-of-the-test";

fn issuer(key: &str, url: &str) -> Issuer {
    Issuer {
        key: key.to_owned(),
        name: "Northwind SSO".to_owned(),
        issuer: url.to_owned(),
        client_id: "marketplace".to_owned(),
        client_secret: None,
    }
}

/// A node whose issuer is at this address.
async fn node(app: &App, url: &str) -> App {
    let issuers = vec![issuer("corporate", url), issuer("other", url)];
    app.node(Options { sign_in: SignInConfig { issuers, github: None }, demo: false, ..Options::default() }).await
}

/// An issuer's discovery document.
async fn discoverable() -> Upstream {
    let upstream = Upstream::start().await;
    let document = json!({
        "issuer": upstream.url,
        "authorization_endpoint": format!("{}/authorize", upstream.url),
        "token_endpoint": format!("{}/token", upstream.url),
        "jwks_uri": format!("{}/jwks", upstream.url),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    upstream.answer("GET /.well-known/openid-configuration", Reply::with(200, &document.to_string()));
    upstream.answer("GET /jwks", Reply::with(200, r#"{"keys":[]}"#));
    upstream
}

/// A sign-in that this browser began.
async fn begun(node: &App) -> Browser<'_> {
    let begin = BeginSignIn {
        provider: "corporate".to_owned(),
        state: STATE.to_owned(),
        browser: BROWSER.to_owned(),
        nonce: "nonce-of-the-test".to_owned(),
        pkce_verifier: "verifier-verifier-verifier-verifier-verifier-verifier".to_owned(),
        return_to: "/installed".to_owned(),
    };
    begin_sign_in(&node.services, &begin).await.unwrap();
    let mut browser = node.visitor();
    browser.cookies.insert("sign-in".to_owned(), BROWSER.to_owned());
    browser
}

async fn call_back(browser: &Browser<'_>, query: &str) -> Answer {
    browser.get(&format!("/auth/corporate/callback?{query}")).await
}

/// The code that the sign-in page explains; there must be no session.
#[track_caller]
fn refused(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(answer.cookie("session"), None);
    let address = url::Url::parse(SITE).unwrap().join(answer.location()).unwrap();
    assert_eq!(address.path(), "/sign-in");
    address.query_pairs().find(|(key, _)| key == "error").unwrap().1.into_owned()
}

/// An address where nobody listens: a state that is accepted then fails, one that is not is expired.
const NOBODY: &str = "http://127.0.0.1:9";

async fn a_state_is_good_once(app: &App) {
    let node = node(app, NOBODY).await;
    let browser = begun(&node).await;
    let query = format!("state={STATE}&code=c");
    assert_eq!(refused(&call_back(&browser, &query).await), "failed", "accepted, and then the issuer is down");
    assert_eq!(refused(&call_back(&browser, &query).await), "expired");
}

async fn a_state_belongs_to_one_browser(app: &App) {
    let node = node(app, NOBODY).await;
    begun(&node).await;
    let mut foreign = node.visitor();
    foreign.cookies.insert("sign-in".to_owned(), "another-browser".to_owned());
    assert_eq!(refused(&call_back(&foreign, &format!("state={STATE}&code=c")).await), "expired");
    let node = self::node(app, NOBODY).await;
    begun(&node).await;
    assert_eq!(refused(&call_back(&node.visitor(), &format!("state={STATE}&code=c")).await), "expired");
}

async fn a_state_is_good_for_ten_minutes(app: &App) {
    let node = node(app, NOBODY).await;
    let browser = begun(&node).await;
    app.clock.advance(10 * MINUTE_MS);
    assert_eq!(refused(&call_back(&browser, &format!("state={STATE}&code=c")).await), "expired");
    let browser = begun(&node).await;
    app.clock.advance(9 * MINUTE_MS);
    assert_eq!(refused(&call_back(&browser, &format!("state={STATE}&code=c")).await), "failed");
}

async fn a_state_belongs_to_one_provider(app: &App) {
    let node = node(app, NOBODY).await;
    let browser = begun(&node).await;
    let answer = browser.get(&format!("/auth/other/callback?state={STATE}&code=c")).await;
    assert_eq!(refused(&answer), "expired");
}

async fn an_invented_state_is_refused(app: &App) {
    let node = node(app, NOBODY).await;
    let browser = begun(&node).await;
    let hash = domain::identity::sha256_hex(STATE);
    for query in ["", "code=c", "state=&code=c", "state=x&code=c", &format!("state={hash}&code=c")] {
        assert_eq!(refused(&call_back(&browser, query).await), "expired", "{query}");
    }
    assert_eq!(app.scratch.texts("SELECT state_hash FROM pending_sign_in").await, [hash], "stored as a hash");
}

async fn the_person_may_refuse(app: &App) {
    let node = node(app, NOBODY).await;
    let browser = begun(&node).await;
    let answer = call_back(&browser, &format!("state={STATE}&error=access_denied")).await;
    assert_eq!(refused(&answer), "denied");
    assert!(answer.location().contains("return_to=%2Finstalled"), "{answer:?}");
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Northwind SSO"), "there is a button to try again");
}

async fn an_unknown_provider_is_not_found(app: &App) {
    let node = node(app, NOBODY).await;
    node.visitor().post("/auth/nobody/start", &[]).await.problem(404, "not_found");
    node.visitor().get("/auth/nobody/callback?state=x&code=y").await.problem(404, "not_found");
    node.visitor().post("/auth/github/start", &[]).await.problem(404, "not_found");
}

async fn the_browser_is_sent_to_the_issuer(app: &App) {
    let upstream = discoverable().await;
    let node = node(app, &upstream.url).await;
    let form = [("return_to", "https://evil.example")];
    let answers = [
        node.visitor().post("/auth/corporate/start", &form).await,
        node.visitor().post("/auth/corporate/start", &form).await,
    ];
    let parameters = answers.each_ref().map(|answer| {
        let address = answer.refreshes_to();
        assert_eq!(address.path(), "/authorize");
        address.query_pairs().into_owned().collect::<BTreeMap<String, String>>()
    });
    let [first, second] = &parameters;
    assert_eq!(first["response_type"], "code");
    assert_eq!(first["client_id"], "marketplace");
    assert_eq!(first["redirect_uri"], format!("{SITE}/auth/corporate/callback"));
    assert_eq!(first["code_challenge_method"], "S256");
    assert!(first["scope"].split(' ').any(|scope| scope == "openid"), "{first:?}");
    for secret in ["state", "nonce", "code_challenge"] {
        assert!(first[secret].len() >= 43, "{secret} in {first:?}");
        assert_ne!(first[secret], second[secret], "{secret}");
    }
    let cookie = answers[0].cookie("sign-in").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let stored = app.scratch.texts("SELECT state_hash FROM pending_sign_in").await;
    assert!(stored.contains(&domain::identity::sha256_hex(&first["state"])));
    let paths = app.scratch.texts("SELECT return_to FROM pending_sign_in").await;
    assert_eq!(paths, ["/", "/"], "another site is not returned to");
}

async fn an_issuer_that_is_down_is_explained(app: &App) {
    let node = node(app, NOBODY).await;
    let answer = node.visitor().post("/auth/corporate/start", &[("return_to", "/installed")]).await;
    assert_eq!(refused(&answer), "failed");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM pending_sign_in").await, 0);
}

async fn an_answer_of_another_issuer_is_refused(app: &App) {
    let upstream = discoverable().await;
    let node = node(app, &upstream.url).await;
    let browser = begun(&node).await;
    let answer = call_back(&browser, &format!("state={STATE}&code=c&iss=https%3A%2F%2Fevil.example")).await;
    assert_eq!(refused(&answer), "failed");
    assert!(upstream.seen().iter().all(|seen| !seen.what.contains("/token")), "the code was not sent anywhere");
}

/// A token that says who it is and proves nothing.
fn unsigned(issuer: &str) -> Value {
    let encode = |value: Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({
        "iss": issuer, "sub": "ada", "aud": "marketplace", "nonce": "nonce-of-the-test",
        "iat": 1_700_000_000, "exp": 4_000_000_000_u64,
    });
    let token = format!("{}.{}.", encode(json!({ "alg": "none" })), encode(claims));
    json!({ "access_token": "a", "token_type": "Bearer", "id_token": token })
}

async fn an_unsigned_token_is_refused(app: &App) {
    let upstream = discoverable().await;
    let node = node(app, &upstream.url).await;
    let browser = begun(&node).await;
    upstream.answer("POST /token", Reply::with(200, &unsigned(&upstream.url).to_string()));
    let answer = call_back(&browser, &format!("state={STATE}&code=the-code")).await;
    assert_eq!(refused(&answer), "failed");
    let asked = upstream.seen().into_iter().find(|seen| seen.what == "POST /token").unwrap();
    assert!(asked.body.contains("code=the-code"), "{asked:?}");
    assert!(asked.body.contains("code_verifier=verifier-verifier"), "{asked:?}");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 0);
}

//! Signing in with GitHub, from the button to the session.

use crate::harness::{Answer, App, Browser, Options, Reply, SITE, Upstream};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};
use server::sign_in_config::{GitHub, SignInConfig};
use std::collections::BTreeMap;

on_both!(
    somebody_new_gets_an_organization_of_their_own,
    somebody_known_keeps_theirs,
    only_a_verified_address_is_taken,
    a_refused_code_is_explained,
);

async fn github() -> Upstream {
    let upstream = Upstream::start().await;
    upstream
        .answer("POST /login/oauth/access_token", Reply::with(200, r#"{"access_token":"t","token_type":"bearer"}"#));
    upstream.answer("GET /user", Reply::with(200, r#"{"id":7,"login":"grace","name":"Grace Hopper"}"#));
    let emails = json!([
        { "email": "old@example.com", "primary": false, "verified": true },
        { "email": "grace@example.com", "primary": true, "verified": true },
    ]);
    upstream.answer("GET /user/emails", Reply::with(200, &emails.to_string()));
    upstream
}

async fn node(app: &App, upstream: &Upstream) -> App {
    let github = GitHub {
        client_id: "marketplace".to_owned(),
        client_secret: "our-secret".to_owned(),
        web_url: upstream.url.clone(),
        api_url: upstream.url.clone(),
    };
    let sign_in = SignInConfig { issuers: Vec::new(), github: Some(github) };
    app.node(Options { sign_in, demo: false, ..Options::default() }).await
}

/// Presses the button and comes back; gives the parameters sent to GitHub and the answer to the callback.
async fn sign_in(browser: &mut Browser<'_>) -> (BTreeMap<String, String>, Answer) {
    let start = browser.post("/auth/github/start", &[("return_to", "/installed")]).await;
    browser.keep_cookies(&start);
    let address = start.refreshes_to();
    assert_eq!(address.path(), "/login/oauth/authorize");
    let sent: BTreeMap<String, String> = address.query_pairs().into_owned().collect();
    let answer = browser.get(&format!("/auth/github/callback?state={}&code=the-code", sent["state"])).await;
    browser.keep_cookies(&answer);
    (sent, answer)
}

async fn viewer(browser: &Browser<'_>) -> Value {
    browser.call("viewer", &[]).await.good()
}

async fn somebody_new_gets_an_organization_of_their_own(app: &App) {
    let upstream = github().await;
    let node = node(app, &upstream).await;
    let mut browser = node.visitor();
    let (sent, answer) = sign_in(&mut browser).await;
    assert_eq!((answer.status, answer.location()), (303, "/installed"));
    assert_eq!(sent["redirect_uri"], format!("{SITE}/auth/github/callback"));
    let asked = upstream.seen().into_iter().find(|seen| seen.what.contains("access_token")).unwrap();
    let body: BTreeMap<String, String> = url::form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
    assert_eq!(body["code"], "the-code");
    let verifier = PkceCodeVerifier::new(body["code_verifier"].clone());
    assert_eq!(PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str(), sent["code_challenge"]);
    let viewer = viewer(&browser).await;
    assert_eq!((&viewer["name"], &viewer["email"]), (&"Grace Hopper".into(), &"grace@example.com".into()));
    assert_eq!(viewer["organization_name"], "Grace's organization");
    assert_eq!((&viewer["role"], &viewer["staff"], &viewer["partner"]), (&"admin".into(), &Value::Null, &Value::Null));
    assert!(!browser.cookies.contains_key("sign-in"), "the cookie of the sign-in is gone");
}

async fn somebody_known_keeps_theirs(app: &App) {
    let upstream = github().await;
    let node = node(app, &upstream).await;
    let (mut first, mut second) = (node.visitor(), node.visitor());
    sign_in(&mut first).await;
    upstream.answer("GET /user", Reply::with(200, r#"{"id":7,"login":"rear-admiral","name":" "}"#));
    sign_in(&mut second).await;
    let (before, after) = (viewer(&first).await, viewer(&second).await);
    assert_eq!(before["user_id"], after["user_id"]);
    assert_eq!(before["organization_id"], after["organization_id"]);
    assert_eq!(after["name"], "rear-admiral", "the name of today");
    upstream.answer("GET /user", Reply::with(200, r#"{"id":8,"login":"grace","name":"Grace Hopper"}"#));
    let mut other = node.visitor();
    sign_in(&mut other).await;
    assert_ne!(viewer(&other).await["organization_id"], before["organization_id"], "the id counts, not the name");
}

async fn only_a_verified_address_is_taken(app: &App) {
    let upstream = github().await;
    let emails = json!([{ "email": "ada@northwind.example", "primary": true, "verified": false }]);
    upstream.answer("GET /user/emails", Reply::with(200, &emails.to_string()));
    let node = node(app, &upstream).await;
    let mut browser = node.visitor();
    sign_in(&mut browser).await;
    let viewer = viewer(&browser).await;
    assert_eq!(viewer["email"], "");
    assert_ne!(viewer["organization_id"], "org_demo_northwind");
}

async fn a_refused_code_is_explained(app: &App) {
    let upstream = github().await;
    upstream.answer("POST /login/oauth/access_token", Reply::with(200, r#"{"error":"bad_verification_code"}"#));
    let node = node(app, &upstream).await;
    let mut browser = node.visitor();
    let (_, answer) = sign_in(&mut browser).await;
    assert!(answer.location().starts_with("/sign-in?error=failed"), "{answer:?}");
    assert!(!browser.cookies.contains_key("session"));
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 0);
}

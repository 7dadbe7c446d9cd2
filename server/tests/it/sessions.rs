//! Signing in as a demo account, sessions, signing out.

use crate::harness::{App, Browser, HOUR_MS, Options};
use serde_json::Value;

on_both!(
    a_demo_account_signs_in,
    each_sign_in_has_its_own_session,
    only_our_own_paths_are_returned_to,
    signing_out_kills_the_session,
    a_session_expires,
    an_invented_session_is_nobody,
    demo_accounts_do_not_exist_elsewhere,
    the_token_is_stored_as_a_hash,
    cookies_over_https_are_bound_to_the_host,
    somebody_who_left_the_organization_is_nobody,
);

async fn viewer(browser: &Browser<'_>) -> Value {
    browser.call("viewer", &[]).await.good()
}

async fn a_demo_account_signs_in(app: &App) {
    assert_eq!(viewer(&app.visitor()).await, Value::Null);
    let answer = app.visitor().post("/auth/demo", &[("key", "member"), ("return_to", "/integrations/monitor")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/integrations/monitor"));
    let cookie = answer.cookie("session").unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    let mut browser = app.visitor();
    browser.keep_cookies(&answer);
    let viewer = viewer(&browser).await;
    assert_eq!((&viewer["name"], &viewer["role"]), (&"Max Member".into(), &"member".into()));
    assert_eq!(viewer["organization_name"], "Northwind Operations");
    app.visitor().post("/auth/demo", &[("key", "nobody")]).await.problem(404, "not_found");
}

async fn each_sign_in_has_its_own_session(app: &App) {
    let (one, other) = (app.sign_in("admin").await, app.sign_in("admin").await);
    assert_ne!(one.session(), other.session());
    assert!(one.session().len() >= 43, "256 bits");
    let mut again = app.visitor();
    again.cookies.insert("session".to_owned(), "chosen-by-somebody-else".to_owned());
    let answer = again.post("/auth/demo", &[("key", "admin")]).await;
    again.keep_cookies(&answer);
    assert_ne!(again.session(), "chosen-by-somebody-else", "a token from before the sign-in is not kept");
}

async fn only_our_own_paths_are_returned_to(app: &App) {
    for bad in ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"]
    {
        for (path, key, value) in [("/auth/demo", "key", "member"), ("/theme", "theme", "dark")] {
            let answer = app.visitor().post(path, &[(key, value), ("return_to", bad)]).await;
            assert_eq!((answer.status, answer.location()), (303, "/"), "{path} to {bad}");
        }
    }
}

async fn signing_out_kills_the_session(app: &App) {
    let mut browser = app.sign_in("admin").await;
    let mut thief = app.visitor();
    thief.cookies.clone_from(&browser.cookies);
    assert_eq!(thief.get("/installed").await.status, 200);
    let answer = browser.post("/auth/sign-out", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
    browser.keep_cookies(&answer);
    assert!(browser.cookies.is_empty());
    assert_eq!(viewer(&thief).await, Value::Null);
    assert_eq!(thief.get("/installed").await.status, 401);
    thief.call("installations", &[]).await.problem(401, "sign_in_required");
    assert_eq!(app.visitor().post("/auth/sign-out", &[]).await.status, 303, "signing out twice does no harm");
}

async fn a_session_expires(app: &App) {
    let browser = app.sign_in("admin").await;
    for _ in 0..6 {
        app.clock.advance(2 * 24 * HOUR_MS);
        assert_eq!(viewer(&browser).await["name"], "Ada Admin");
    }
    app.clock.advance(2 * 24 * HOUR_MS - HOUR_MS);
    assert_eq!(viewer(&browser).await["name"], "Ada Admin", "used all the time");
    app.clock.advance(HOUR_MS);
    assert_eq!(viewer(&browser).await, Value::Null, "and over after 14 days");
    browser.call("installations", &[]).await.problem(401, "sign_in_required");
}

async fn an_invented_session_is_nobody(app: &App) {
    let mut browser = app.visitor();
    for token in ["", "x", "' OR 1=1 --", &"a".repeat(4000)] {
        browser.cookies.insert("session".to_owned(), token.to_owned());
        assert_eq!(viewer(&browser).await, Value::Null, "{token}");
    }
    let hash = app.sign_in("admin").await;
    let hash = domain::identity::sha256_hex(hash.session());
    browser.cookies.insert("session".to_owned(), hash);
    assert_eq!(viewer(&browser).await, Value::Null, "what is stored is not the token");
}

async fn demo_accounts_do_not_exist_elsewhere(app: &App) {
    let node = app.node(Options { demo: false, ..Options::default() }).await;
    node.follow().await;
    node.visitor().post("/auth/demo", &[("key", "admin")]).await.problem(404, "not_found");
    let options: Value = node.visitor().call("sign_in_options", &[]).await.good();
    assert_eq!(options["demo_accounts"], Value::Array(Vec::new()));
    assert!(!node.visitor().get("/sign-in").await.body.contains("Ada Admin"));
    let here: Value = app.visitor().call("sign_in_options", &[]).await.good();
    assert_eq!(here["demo_accounts"].as_array().unwrap().len(), 8);
}

async fn the_token_is_stored_as_a_hash(app: &App) {
    let browser = app.sign_in("admin").await;
    let stored = app.scratch.texts("SELECT token_hash FROM session").await;
    assert_eq!(stored, [domain::identity::sha256_hex(browser.session())]);
}

async fn cookies_over_https_are_bound_to_the_host(app: &App) {
    let node = app.node(Options { public_url: "https://market.test", ..Options::default() }).await;
    let request = node.visitor().request(axum::http::Method::POST, "/auth/demo");
    let request = request
        .header("origin", "https://market.test")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("key=admin".into());
    let answer = node.visitor().send(request.unwrap()).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(answer.cookie("__Host-session").unwrap().contains("; Secure"), "{answer:?}");
    assert_eq!(answer.cookie("session"), None);
    let mut browser = node.visitor();
    browser.keep_cookies(&answer);
    assert_eq!(viewer(&browser).await["name"], "Ada Admin");
    let token = browser.cookies.remove("__Host-session").unwrap();
    browser.cookies.insert("session".to_owned(), token);
    assert_eq!(viewer(&browser).await, Value::Null, "a cookie that another host could set is not read");
}

async fn somebody_who_left_the_organization_is_nobody(app: &App) {
    let browser = app.sign_in("member").await;
    assert_eq!(viewer(&browser).await["name"], "Max Member");
    app.scratch.change("DELETE FROM membership WHERE person_id = 'usr_demo_member'").await;
    assert_eq!(viewer(&browser).await, Value::Null);
}

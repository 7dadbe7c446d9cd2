//! REST with tokens: who gets in, what a token is worth, paging, tags, repeated requests, limits.

use crate::harness::{Answer, App, Browser, HOUR_MS, MINUTE_MS, Upstream, alerts, deliver};
use axum::body::Body;
use axum::http::{Method, header};
use contract::token::NewTokenView;
use serde_json::{Value, json};

on_both!(
    a_token_is_made_once_and_used,
    a_token_is_stored_as_a_hash,
    a_token_allows_its_scopes_only,
    a_token_never_allows_more_than_its_owner_may,
    revoked_expired_and_invented_tokens_are_refused_alike,
    cookies_are_no_credential,
    making_a_token_needs_a_fresh_sign_in,
    lists_come_in_pages,
    events_go_on_where_one_stopped,
    whoever_has_the_present_version_gets_nothing_new,
    a_repeated_post_is_done_once,
    foreign_things_are_not_found,
    unknown_addresses_are_problems_too,
    the_audit_trail_is_exported,
    too_many_requests_are_refused,
    failed_guesses_shut_the_door,
);

async fn make(browser: &Browser<'_>, scopes: &[&str]) -> NewTokenView {
    let keys: Vec<String> = (0..scopes.len()).map(|at| format!("scopes[{at}]")).collect();
    let mut form = vec![("name", "Backup script"), ("days", "30")];
    form.extend(keys.iter().map(String::as_str).zip(scopes.iter().copied()));
    browser.call("create_token", &form).await.good()
}

/// A request with a secret.
async fn send(
    app: &App,
    secret: &str,
    method: Method,
    path: &str,
    body: Option<Value>,
    more: &[(&str, &str)],
) -> Answer {
    let visitor = app.visitor();
    let mut request = visitor.request(method, path);
    if !secret.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
    }
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    visitor.send(request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string()))).unwrap()).await
}

async fn get(app: &App, secret: &str, path: &str) -> Answer {
    send(app, secret, Method::GET, path, None, &[]).await
}

async fn a_token_is_made_once_and_used(app: &App) {
    let admin = app.sign_in("admin").await;
    let made = make(&admin, &["installations:read", "audit:read"]).await;
    assert!(made.secret.starts_with("oct_") && made.secret.len() > 50, "{}", made.secret);
    let list = admin.call("api_tokens", &[]).await;
    assert!(!list.body.contains(&made.secret), "the secret is shown once");
    assert_eq!(list.json::<Value>()["tokens"][0]["last_used_at"], Value::Null);
    let page: Value = get(app, &made.secret, "/api/v1/installations").await.good();
    assert_eq!(page, json!({ "items": [], "next": null }));
    assert_ne!(admin.call("api_tokens", &[]).await.json::<Value>()["tokens"][0]["last_used_at"], Value::Null);
    let trail: Value = get(app, &made.secret, "/api/v1/audit?action=token.created").await.good();
    assert_eq!(trail["items"][0]["subject_name"], "Backup script");
    assert!(!trail.to_string().contains(&made.secret));
}

async fn a_token_is_stored_as_a_hash(app: &App) {
    let made = make(&app.sign_in("admin").await, &["audit:read"]).await;
    let rows = app.scratch.texts("SELECT id || name || hint || token_hash || scopes FROM api_token").await;
    assert!(!rows[0].contains(&made.secret[..20]), "{rows:?}");
}

async fn a_token_allows_its_scopes_only(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let made = make(&admin, &["installations:read"]).await;
    assert_eq!(get(app, &made.secret, &format!("/api/v1/installations/{id}")).await.status, 200);
    get(app, &made.secret, "/api/v1/audit").await.problem(403, "forbidden");
    let path = format!("/api/v1/installations/{id}");
    send(app, &made.secret, Method::DELETE, &path, None, &[]).await.problem(403, "forbidden");
    let body = json!({ "listing": "monitor" });
    send(app, &made.secret, Method::POST, "/api/v1/installations", Some(body), &[]).await.problem(403, "forbidden");
    let writing = make(&admin, &["installations:write"]).await;
    assert_eq!(send(app, &writing.secret, Method::DELETE, &path, None, &[]).await.status, 204);
    send(app, &writing.secret, Method::DELETE, &path, None, &[]).await.problem(404, "not_found");
}

async fn a_token_never_allows_more_than_its_owner_may(app: &App) {
    let member = app.sign_in("member").await;
    let made = make(&member, &["audit:read", "installations:read"]).await;
    get(app, &made.secret, "/api/v1/audit").await.problem(403, "forbidden");
    assert_eq!(get(app, &made.secret, "/api/v1/installations").await.status, 200);
    // A role that changes counts at once, and so does leaving.
    app.scratch.change("UPDATE membership SET role = 'admin' WHERE person_id = 'usr_demo_member'").await;
    assert_eq!(get(app, &made.secret, "/api/v1/audit").await.status, 200);
    app.scratch.change("DELETE FROM membership WHERE person_id = 'usr_demo_member'").await;
    get(app, &made.secret, "/api/v1/installations").await.problem(401, "sign_in_required");
}

async fn revoked_expired_and_invented_tokens_are_refused_alike(app: &App) {
    let admin = app.sign_in("admin").await;
    let (revoked, expired) = (make(&admin, &["audit:read"]).await, make(&admin, &["audit:read"]).await);
    let other = app.sign_in("member").await;
    other.call("revoke_token", &[("id", revoked.token.id.as_str())]).await.problem(404, "not_found");
    assert_eq!(get(app, &revoked.secret, "/api/v1/audit").await.status, 200);
    assert_eq!(admin.call("revoke_token", &[("id", revoked.token.id.as_str())]).await.status, 200);
    app.clock.advance(31 * 24 * HOUR_MS);
    let mut answers = Vec::new();
    for secret in [revoked.secret.as_str(), &expired.secret, "oct_invented", "x"] {
        let answer = get(app, secret, "/api/v1/audit").await;
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{answer:?}");
        answers.push(answer.problem(401, "sign_in_required"));
    }
    assert!(answers.windows(2).all(|two| two[0]["detail"] == two[1]["detail"]), "{answers:?}");
}

async fn cookies_are_no_credential(app: &App) {
    let admin = app.sign_in("admin").await;
    let request = admin.request(Method::GET, "/api/v1/installations").body(Body::empty()).unwrap();
    admin.send(request).await.problem(401, "sign_in_required");
}

async fn making_a_token_needs_a_fresh_sign_in(app: &App) {
    let admin = app.sign_in("admin").await;
    app.clock.advance(20 * MINUTE_MS);
    let form = [("name", "x"), ("days", "1"), ("scopes[0]", "audit:read")];
    admin.call("create_token", &form).await.problem(403, "sign_in_again");
    let again = app.sign_in("admin").await;
    for (bad, field) in [
        ([("name", " "), ("days", "1"), ("scopes[0]", "audit:read")], "name"),
        ([("name", "x"), ("days", "366"), ("scopes[0]", "audit:read")], "days"),
        ([("name", "x"), ("days", "1"), ("scopes[0]", "everything")], "scopes"),
    ] {
        assert_eq!(again.call("create_token", &bad).await.problem(422, "invalid")["field"], field);
    }
}

async fn lists_come_in_pages(app: &App) {
    let mut ids = Vec::new();
    let mut path = "/api/v1/listings?limit=1".to_owned();
    loop {
        let page: Value = get(app, "", &path).await.good();
        ids.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/listings?limit=1&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(ids, ["lumen", "monitor"]);
    for bad in ["limit=0", "limit=201", "limit=x", "page=2"] {
        get(app, "", &format!("/api/v1/listings?{bad}")).await.problem(422, "invalid");
    }
    assert_eq!(get(app, "", "/api/v1/listings/monitor").await.json::<Value>()["card"]["name"], "Test Monitor");
    get(app, "", "/api/v1/listings/none").await.problem(404, "not_found");
}

async fn events_go_on_where_one_stopped(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    for name in ["a", "b", "c"] {
        deliver(app, &address, alerts(name, name)).await;
    }
    let secret = make(&admin, &["installations:read"]).await.secret;
    let path = format!("/api/v1/installations/{id}/events?limit=2");
    let first: Value = get(app, &secret, &path).await.good();
    let next = first["next"].as_str().unwrap();
    let second: Value = get(app, &secret, &format!("{path}&cursor={next}")).await.good();
    let names = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|it| it["summary"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((names(&first), names(&second)), (vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned()]));
    let end = second["next"].as_str().unwrap();
    let nothing: Value = get(app, &secret, &format!("{path}&cursor={end}")).await.good();
    assert_eq!((names(&nothing), nothing["next"].as_str()), (vec![], Some(end)));
}

async fn whoever_has_the_present_version_gets_nothing_new(app: &App) {
    let first = get(app, "", "/api/v1/listings").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{first:?}");
    let again = send(app, "", Method::GET, "/api/v1/listings", None, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()));
    let other = send(app, "", Method::GET, "/api/v1/listings", None, &[("if-none-match", "\"x\"")]).await;
    assert_eq!(other.status, 200);
}

async fn a_repeated_post_is_done_once(app: &App) {
    let admin = app.sign_in("admin").await;
    let secret = make(&admin, &["installations:write"]).await.secret;
    let body = json!({ "listing": "monitor" });
    let key = [("idempotency-key", "8e03978e-40d5-43dd-bc93-6894a57f9324")];
    let post = async |body: &Value, key: &[(&str, &str)]| {
        send(app, &secret, Method::POST, "/api/v1/installations", Some(body.clone()), key).await
    };
    let first = post(&body, &key).await;
    assert_eq!((first.status, first.header("idempotent-replayed")), (201, "false"), "{first:?}");
    admin.uninstall(first.json::<Value>()["id"].as_str().unwrap()).await;
    let again = post(&body, &key).await;
    assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"));
    assert_eq!(again.body, first.body);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 1);
    post(&json!({ "listing": "lumen" }), &key).await.problem(422, "invalid");
    // An error is an answer too, and is kept.
    let other = [("idempotency-key", "k2")];
    post(&json!({ "listing": "lumen" }), &other).await.problem(409, "conflict");
    assert_eq!(post(&json!({ "listing": "lumen" }), &other).await.header("idempotent-replayed"), "true");
    post(&body, &[("idempotency-key", &"k".repeat(201))]).await.problem(422, "invalid");
    // A first request that never ended holds the key for a minute.
    app.scratch.change("UPDATE idempotency SET status = 0 WHERE key = 'k2'").await;
    post(&json!({ "listing": "lumen" }), &other).await.problem(409, "conflict");
    app.clock.advance(2 * MINUTE_MS);
    assert_eq!(post(&json!({ "listing": "lumen" }), &other).await.header("idempotent-replayed"), "false");
}

async fn foreign_things_are_not_found(app: &App) {
    let upstream = Upstream::start().await;
    let id = app.sign_in("admin").await.install(&upstream).await;
    let scopes = ["installations:read", "installations:write"];
    let secret = make(&app.sign_in("partner").await, &scopes).await.secret;
    for (method, path) in [
        (Method::GET, format!("/api/v1/installations/{id}")),
        (Method::GET, format!("/api/v1/installations/{id}/events")),
        (Method::DELETE, format!("/api/v1/installations/{id}")),
    ] {
        send(app, &secret, method, &path, None, &[]).await.problem(404, "not_found");
    }
}

async fn unknown_addresses_are_problems_too(app: &App) {
    get(app, "", "/api/v1/nothing").await.problem(404, "not_found");
    let answer = send(app, "", Method::PUT, "/api/v1/listings", None, &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (405, "application/problem+json"));
    let secret = make(&app.sign_in("admin").await, &["installations:write"]).await.secret;
    let post = |body: &'static str, kind: &'static str| {
        let visitor = app.visitor();
        let request = visitor.request(Method::POST, "/api/v1/installations");
        let request =
            request.header(header::AUTHORIZATION, format!("Bearer {secret}")).header(header::CONTENT_TYPE, kind);
        app.answer(request.body(Body::from(body)).unwrap())
    };
    for (body, kind, status, code) in [
        ("{", "application/json", 400, "malformed"),
        ("{}", "text/plain", 415, "unsupported"),
        ("{}", "application/json", 422, "invalid"),
        (r#"{"listing":"monitor","organization":"org_demo_staff"}"#, "application/json", 422, "invalid"),
    ] {
        Answer::read(post(body, kind).await).await.problem(status, code);
    }
}

async fn the_audit_trail_is_exported(app: &App) {
    let admin = app.sign_in("admin").await;
    let csv = admin.get("/audit/export?format=csv").await;
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    let lines: Vec<&str> = csv.body.lines().collect();
    assert!(lines[0].starts_with("sequence,at,actor") && lines[1].contains("audit.exported"), "{lines:?}");
    let jsonl = admin.get("/audit/export?format=jsonl&action=session.begun").await;
    let events: Vec<Value> = jsonl.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!events.is_empty() && events.iter().all(|event| event["action"] == "session.begun"), "{events:?}");
    // Whoever compresses a stream asks once more after its end.
    let zipped = admin.request(Method::GET, "/audit/export").header(header::ACCEPT_ENCODING, "gzip");
    let zipped = admin.send(zipped.body(Body::empty()).unwrap()).await;
    assert_eq!((zipped.status, zipped.header("content-encoding"), zipped.body.is_empty()), (200, "gzip", false));
    assert_eq!(app.sign_in("member").await.get("/audit/export").await.status, 403);
    assert_eq!(app.visitor().get("/audit/export").await.status, 401);
}

async fn too_many_requests_are_refused(app: &App) {
    let secret = make(&app.sign_in("admin").await, &["installations:read"]).await.secret;
    let mut refused = None;
    for _ in 0..200 {
        let answer = get(app, &secret, "/api/v1/installations").await;
        assert_eq!(answer.header("ratelimit-limit"), "120");
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("an end comes");
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
    refused.problem(429, "rate_limited");
    app.clock.advance(MINUTE_MS);
    assert_eq!(get(app, &secret, "/api/v1/installations").await.status, 200);
}

async fn failed_guesses_shut_the_door(app: &App) {
    let secret = make(&app.sign_in("admin").await, &["installations:read"]).await.secret;
    let mut guesses = 0;
    while get(app, &format!("oct_{guesses}"), "/api/v1/installations").await.status == 401 {
        guesses += 1;
        assert!(guesses < 1000, "guessing goes on for ever");
    }
    assert!(guesses >= 60, "a few mistakes are forgiven: {guesses}");
    get(app, &secret, "/api/v1/installations").await.problem(429, "rate_limited");
    app.clock.advance(2 * MINUTE_MS);
    assert_eq!(get(app, &secret, "/api/v1/installations").await.status, 200);
}

//! Requests that change something must come from our own pages.

use crate::harness::{App, Browser, HOST, SITE};
use axum::body::Body;
use axum::http::{Method, header};
use serde_json::Value;

on_both!(
    other_sites_can_change_nothing,
    browsers_that_send_no_origin_are_judged_by_where_they_come_from,
    our_own_pages_may,
    reading_is_not_hindered,
);

const CHANGING: [(&str, &str); 5] = [
    ("/auth/sign-out", ""),
    ("/auth/demo", "key=partner"),
    ("/theme", "theme=dark"),
    ("/api/fn/begin_install", "listing=monitor"),
    ("/api/fn/request_integration", "id=lumen"),
];

async fn send(browser: &Browser<'_>, path: &str, body: &str, headers: &[(&str, &str)]) -> crate::harness::Answer {
    let mut request = browser
        .request(Method::POST, path)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// Still signed in, nothing installed, nothing asked for.
async fn untouched(app: &App, browser: &Browser<'_>) {
    let viewer: Value = browser.call("viewer", &[]).await.good();
    assert_eq!(viewer["name"], "Ada Admin");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 0);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM listing_request").await, 0);
}

async fn other_sites_can_change_nothing(app: &App) {
    let admin = app.sign_in("admin").await;
    let lookalike = format!("{SITE}.evil.example");
    for (path, body) in CHANGING {
        for origin in ["https://evil.example", "null", "https://market.test:8443", &lookalike] {
            let answer = send(&admin, path, body, &[("origin", origin)]).await;
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            answer.problem(403, "forbidden");
            assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        }
    }
    untouched(app, &admin).await;
}

async fn browsers_that_send_no_origin_are_judged_by_where_they_come_from(app: &App) {
    let admin = app.sign_in("admin").await;
    for (path, body) in CHANGING {
        for site in ["cross-site", "same-site"] {
            send(&admin, path, body, &[("sec-fetch-site", site)]).await.problem(403, "forbidden");
        }
        send(&admin, path, body, &[]).await.problem(403, "forbidden");
    }
    untouched(app, &admin).await;
    assert_eq!(send(&admin, "/theme", "theme=dark", &[("sec-fetch-site", "same-origin")]).await.status, 303);
    // Without our cookie there is no authority to borrow; this is how scripts outside of browsers call.
    assert_eq!(send(&app.visitor(), "/theme", "theme=dark", &[]).await.status, 303);
}

async fn our_own_pages_may(app: &App) {
    let admin = app.sign_in("admin").await;
    assert_eq!(send(&admin, "/theme", "theme=dark", &[("origin", SITE)]).await.status, 303);
    // Behind a proxy that ends TLS, the address differs from the configured one, but not from the host that was asked.
    let origin = format!("https://{HOST}");
    assert_eq!(send(&admin, "/theme", "theme=dark", &[("origin", &origin)]).await.status, 303);
    assert_eq!(send(&admin, "/api/fn/request_integration", "id=lumen", &[("origin", SITE)]).await.status, 200);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM listing_request").await, 1);
}

async fn reading_is_not_hindered(app: &App) {
    let admin = app.sign_in("admin").await;
    for path in ["/integrations/monitor", "/api/v1/search", "/installed"] {
        let request = admin.request(Method::GET, path).header("sec-fetch-site", "cross-site").body(Body::empty());
        assert_eq!(admin.send(request.unwrap()).await.status, 200, "{path}");
    }
}

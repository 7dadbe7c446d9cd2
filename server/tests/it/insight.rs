//! How people look for integrations: counted without anybody in it.

use crate::harness::{App, Browser, MONITOR, Upstream, publish};
use axum::body::Body;
use axum::http::{Method, header};
use contract::insight::Insight;
use serde_json::{Value, json};

on_both!(
    searches_and_what_was_opened_are_counted,
    what_could_be_about_somebody_is_not_counted,
    a_browser_that_asks_not_to_is_not_counted,
    looks_lead_to_installations,
    what_is_looked_at_comes_first_where_nothing_is_installed,
    old_counts_are_forgotten,
    only_staff_see_it,
);

async fn tell(browser: &Browser<'_>, deed: &str, text: &str, position: u32) -> u16 {
    let body = json!({ "it": { "deed": deed, "text": text, "position": position } });
    browser.post_json("/api/fn/happened", &body).await.status
}

async fn insight(app: &App) -> Insight {
    app.sign_in("reviewer").await.call("insight", &[]).await.good()
}

async fn searches_and_what_was_opened_are_counted(app: &App) {
    let visitor = app.visitor();
    for q in ["Monitor", "  monitor ", "gibberishword", "lumen"] {
        assert_eq!(tell(&visitor, "search", q, 0).await, 200);
    }
    for place in [1, 1, 3] {
        assert_eq!(tell(&visitor, "open", "monitor", place).await, 200);
    }
    let seen = insight(app).await;
    assert_eq!((seen.searches, seen.empty, seen.opened), (4, 1, 3));
    let first = &seen.top[0];
    assert_eq!((first.q.as_str(), first.searches, first.opened), ("monitor", 2, 3));
    assert_eq!(seen.nothing.iter().map(|it| it.q.as_str()).collect::<Vec<_>>(), ["gibberishword"]);
    assert_eq!(seen.positions[..4], [2, 0, 1, 0]);
}

async fn what_could_be_about_somebody_is_not_counted(app: &App) {
    for q in ["ada@example.org", "555 123 4567", "https://intra.example.org/wiki", " "] {
        assert_eq!(tell(&app.visitor(), "search", q, 0).await, 200);
        assert_eq!(tell(&app.visitor(), "open", q, 1).await, 200);
    }
    assert_eq!(tell(&app.visitor(), "view", "nothing-here", 0).await, 200);
    assert_eq!(tell(&app.visitor(), "dance", "monitor", 0).await, 422);
    assert_eq!(tell(&app.visitor(), "open", "monitor", 0).await, 200);
    assert_eq!(insight(app).await, Insight { days: 28, positions: vec![0; 20], ..Insight::default() });
}

async fn a_browser_that_asks_not_to_is_not_counted(app: &App) {
    for name in ["sec-gpc", "dnt"] {
        let visitor = app.visitor();
        let request = visitor
            .request(Method::POST, "/api/fn/happened")
            .header(name, "1")
            .header(header::ORIGIN, crate::harness::SITE)
            .header(header::CONTENT_TYPE, "application/json");
        let body = json!({ "it": { "deed": "search", "text": "monitor", "position": 0 } });
        assert_eq!(visitor.send(request.body(Body::from(body.to_string())).unwrap()).await.status, 200);
    }
    assert_eq!(insight(app).await.searches, 0);
}

async fn looks_lead_to_installations(app: &App) {
    for id in ["monitor", "monitor", "lumen"] {
        assert_eq!(tell(&app.visitor(), "view", id, 0).await, 200);
    }
    let upstream = Upstream::start().await;
    app.sign_in("admin").await.install(&upstream).await;
    let seen = insight(app).await;
    let lines: Vec<_> = seen.listings.iter().map(|it| (it.card.id.as_str(), it.views, it.begun, it.proven)).collect();
    assert_eq!(lines, [("monitor", 2, 1, 0), ("lumen", 1, 0, 0)]);
}

async fn what_is_looked_at_comes_first_where_nothing_is_installed(app: &App) {
    for id in ["looked-at-a", "looked-at-b"] {
        publish(&app.services, &MONITOR.replacen("\"monitor\"", &format!("\"{id}\""), 1).replace("Test Monitor", id))
            .await;
    }
    app.follow().await;
    let order = async || -> Vec<String> {
        let page: Value = app.visitor().get("/api/v1/search?limit=100").await.good();
        let ids = page["hits"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned());
        ids.filter(|id| id.starts_with("looked-at")).collect()
    };
    assert_eq!(order().await, ["looked-at-a", "looked-at-b"], "by id, as nobody has either");
    for _ in 0..5 {
        assert_eq!(tell(&app.visitor(), "view", "looked-at-b", 0).await, 200);
    }
    let weigh = async || domain::discovery::weigh(&app.services).await.unwrap();
    assert_eq!(weigh().await, 1);
    app.follow().await;
    assert_eq!(order().await, ["looked-at-b", "looked-at-a"]);
    assert_eq!(tell(&app.visitor(), "view", "looked-at-b", 0).await, 200);
    assert_eq!(weigh().await, 0, "six are as many as four: its place cannot change");
    app.clock.advance(30 * 86_400_000);
    assert_eq!(weigh().await, 1, "long ago");
    app.follow().await;
    assert_eq!(order().await, ["looked-at-a", "looked-at-b"]);
}

async fn old_counts_are_forgotten(app: &App) {
    assert_eq!(tell(&app.visitor(), "search", "monitor", 0).await, 200);
    app.clock.advance(29 * 86_400_000);
    assert_eq!(insight(app).await.searches, 0, "not among the last weeks");
    assert_eq!(domain::discovery::forget(&app.services).await.unwrap(), 0);
    app.clock.advance(400 * 86_400_000);
    assert_eq!(domain::discovery::forget(&app.services).await.unwrap(), 1);
}

async fn only_staff_see_it(app: &App) {
    for account in ["admin", "member", "partner"] {
        let answer = app.sign_in(account).await.call("insight", &[]).await;
        let problem: Value = answer.json();
        assert_eq!((answer.status, &problem["code"]), (403, &json!("forbidden")), "{account}");
    }
    assert_eq!(app.visitor().call("insight", &[]).await.status, 401);
}

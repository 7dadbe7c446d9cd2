//! Pages of anonymous visitors are kept until the catalogue changes; nobody else's are.

use crate::harness::{Answer, App, Browser, MONITOR, publish, wish};

on_both!(
    a_kept_page_has_a_fresh_nonce_each_time,
    a_kept_page_is_shown_until_the_catalogue_changes,
    whoever_has_a_session_sees_the_page_as_it_is,
    what_waits_for_somebody_is_on_no_kept_page,
    themes_are_kept_apart,
    searches_are_kept_apart,
    what_is_not_there_is_not_kept,
);

const PAGE: &str = "/integrations/monitor";

fn nonce(page: &Answer) -> &str {
    let policy = page.header("content-security-policy");
    policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap()
}

/// Changes what the page would show without telling anybody.
async fn tamper(app: &App) {
    app.scratch.change("UPDATE \"release\" SET readme = 'Tampered text.' WHERE listing_id = 'monitor'").await;
}

async fn shows(browser: &Browser<'_>, path: &str, text: &str) -> bool {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200);
    page.body.contains(text)
}

async fn a_kept_page_has_a_fresh_nonce_each_time(app: &App) {
    let first = app.visitor().get(PAGE).await;
    tamper(app).await;
    let second = app.visitor().get(PAGE).await;
    let third = app.visitor().get(PAGE).await;
    assert!(second.body.contains("Watches things."), "the second page comes from the cache");
    for (one, other) in [(&first, &second), (&second, &third)] {
        assert_ne!(nonce(one), nonce(other));
        assert!(!other.body.contains(nonce(one)), "an old nonce is left");
        assert!(other.body.contains(&format!("nonce=\"{}\"", nonce(other))));
        assert_eq!(one.body.replace(nonce(one), ""), other.body.replace(nonce(other), ""));
        assert_eq!(other.header("cache-control"), "no-cache");
        assert_eq!(one.header("content-type"), other.header("content-type"));
    }
    assert_eq!(first.header("cache-control"), "no-cache");
}

async fn a_kept_page_is_shown_until_the_catalogue_changes(app: &App) {
    let visitor = app.visitor();
    assert!(shows(&visitor, PAGE, "Receive alerts from Test Monitor").await);
    let changed = MONITOR.replace("Receive alerts from", "Collect alerts of").replace("\"1.0.0\"", "\"1.0.1\"");
    publish(&app.services, &changed).await;
    assert!(shows(&visitor, PAGE, "Receive alerts from").await, "the node has not heard of it yet");
    app.follow().await;
    assert!(shows(&visitor, PAGE, "Collect alerts of").await);
    assert!(!shows(&visitor, PAGE, "Receive alerts from").await);
}

async fn what_waits_for_somebody_is_on_no_kept_page(app: &App) {
    let (admin, other) = (app.sign_in("admin").await, app.sign_in("partner").await);
    let note = |n: usize| {
        format!(
            "INSERT INTO notice (id, person_id, organization_id, kind, title, body, link, at, digest) \
             VALUES ('ntc_{n}', 'usr_demo_admin', 'org_demo_northwind', 'security', 'T', 'B', '/inbox', {n}, FALSE)"
        )
    };
    let seen = async |browser: &Browser<'_>, path: &str| {
        let page = browser.get(path).await.body;
        page.split("aria-label=\"Account: ").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
    };
    for path in ["/", PAGE, "/search"] {
        assert_eq!(seen(&admin, path).await.unwrap(), "Ada Admin", "nothing waits yet");
    }
    app.scratch.change(&note(1)).await;
    assert_eq!(seen(&admin, PAGE).await.unwrap(), "Ada Admin, 1 unread notice");
    app.scratch.change(&note(2)).await;
    for path in ["/", PAGE, "/search", "/inbox"] {
        assert_eq!(seen(&admin, path).await.unwrap(), "Ada Admin, 2 unread notices", "{path}");
        assert_eq!(seen(&app.visitor(), path).await, None, "{path}");
        assert!(!app.visitor().get(path).await.body.contains("unread"), "{path}");
        assert!(!seen(&other, path).await.unwrap().contains("unread"), "{path}");
    }
    assert_eq!(admin.call("mark_read", &[]).await.status, 200);
    assert_eq!(seen(&admin, PAGE).await.unwrap(), "Ada Admin", "what was read does not wait any more");
}

async fn whoever_has_a_session_sees_the_page_as_it_is(app: &App) {
    assert!(shows(&app.visitor(), PAGE, "Watches things.").await);
    tamper(app).await;
    assert!(shows(&app.visitor(), PAGE, "Watches things.").await);
    let admin = app.sign_in("admin").await;
    let page = admin.get(PAGE).await;
    assert!(page.body.contains("Tampered text."));
    assert!(page.body.contains("Ada Admin"));
    // What they saw is not kept for others either.
    assert!(shows(&app.visitor(), PAGE, "Watches things.").await);
    assert!(!shows(&app.visitor(), PAGE, "Ada Admin").await);
    // Nor is the page of a session that has ended.
    let mut stale = app.visitor();
    stale.cookies.insert("session".to_owned(), "ended".to_owned());
    assert!(shows(&stale, PAGE, "Tampered text.").await);
}

async fn themes_are_kept_apart(app: &App) {
    let mut dark = app.visitor();
    let chosen = dark.post("/theme", &[("theme", "dark"), ("return_to", "/search")]).await;
    assert_eq!((chosen.status, chosen.location()), (303, "/search"));
    dark.keep_cookies(&chosen);
    for _ in 0..2 {
        assert!(shows(&dark, PAGE, r#"data-theme="dark""#).await);
        assert!(!shows(&app.visitor(), PAGE, "data-theme=").await);
    }
}

async fn searches_are_kept_apart(app: &App) {
    for _ in 0..2 {
        assert!(shows(&app.visitor(), "/search?installable=yes", "/integrations/monitor").await);
        assert!(!shows(&app.visitor(), "/search?installable=yes", "/integrations/lumen").await);
        assert!(shows(&app.visitor(), "/search?installable=no", "/integrations/lumen").await);
    }
}

async fn what_is_not_there_is_not_kept(app: &App) {
    assert_eq!(app.visitor().get("/integrations/quasar").await.status, 404);
    publish(&app.services, &wish("quasar", "Quasar")).await;
    assert_eq!(app.visitor().get("/integrations/quasar").await.status, 200);
}

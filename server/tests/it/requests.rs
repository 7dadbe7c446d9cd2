//! Asking for an integration that can't be installed yet.

use crate::harness::{App, Browser, publish, wish};
use contract::listing::{ListingDetail, ListingStanding};
use serde_json::Value;

on_both!(
    an_organization_asks_once,
    what_is_asked_for_is_told_to_search,
    what_can_be_installed_is_not_asked_for,
    visitors_and_unknown_listings_are_refused,
    reviewers_see_what_is_wanted_most,
);

async fn ask(browser: &Browser<'_>, id: &str) -> crate::harness::Answer {
    browser.call("request_integration", &[("id", id)]).await
}

async fn asked(app: &App, id: &str) -> u32 {
    app.visitor().call("listing", &[("id", id)]).await.good::<Option<ListingDetail>>().unwrap().requests
}

async fn standing(browser: &Browser<'_>, id: &str) -> ListingStanding {
    browser.call("standing", &[("id", id)]).await.good()
}

async fn an_organization_asks_once(app: &App) {
    let (admin, member, partner) =
        (app.sign_in("admin").await, app.sign_in("member").await, app.sign_in("partner").await);
    assert!(!standing(&admin, "lumen").await.requested);
    let answer = ask(&member, "lumen").await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/integrations/lumen"));
    assert_eq!(asked(app, "lumen").await, 1);
    for browser in [&member, &admin] {
        assert!(standing(browser, "lumen").await.requested);
        assert_eq!(ask(browser, "lumen").await.status, 200, "asking again does no harm");
    }
    assert_eq!(asked(app, "lumen").await, 1, "once per organization");
    assert!(!standing(&partner, "lumen").await.requested);
    ask(&partner, "lumen").await;
    assert_eq!(asked(app, "lumen").await, 2);
    assert!(!standing(&app.visitor(), "lumen").await.requested);
}

async fn what_is_asked_for_is_told_to_search(app: &App) {
    publish(&app.services, &wish("candela", "Candela")).await;
    app.follow().await;
    let first = async || {
        let page: Value = app.visitor().get("/api/v1/search?installable=no&q=eye").await.good();
        assert_eq!(page["total"], 2);
        page["hits"][0]["id"].as_str().unwrap().to_owned()
    };
    for wanted in ["lumen", "candela"] {
        for account in if wanted == "lumen" { &["admin"][..] } else { &["admin", "partner"] } {
            ask(&app.sign_in(account).await, wanted).await;
        }
        assert!(app.follow().await, "a request is a change");
        assert_eq!(first().await, wanted, "the wanted one comes first");
    }
    ask(&app.sign_in("admin").await, "lumen").await;
    assert!(!app.follow().await, "a repeated request is none");
}

async fn what_can_be_installed_is_not_asked_for(app: &App) {
    let admin = app.sign_in("admin").await;
    ask(&admin, "monitor").await.problem(409, "conflict");
    assert_eq!(asked(app, "monitor").await, 0);
    assert!(!standing(&admin, "monitor").await.requested);
}

async fn visitors_and_unknown_listings_are_refused(app: &App) {
    ask(&app.visitor(), "lumen").await.problem(401, "sign_in_required");
    assert_eq!(asked(app, "lumen").await, 0);
    ask(&app.sign_in("admin").await, "none").await.problem(404, "not_found");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM listing_request").await, 0);
}

async fn reviewers_see_what_is_wanted_most(app: &App) {
    publish(&app.services, &wish("candela", "Candela")).await;
    let (admin, partner) = (app.sign_in("admin").await, app.sign_in("partner").await);
    ask(&admin, "lumen").await;
    ask(&admin, "candela").await;
    ask(&partner, "candela").await;
    let reviewer = app.sign_in("reviewer").await;
    let wanted: Value = reviewer.call("requested_listings", &[]).await.good();
    let wanted: Vec<(&str, u64)> = wanted
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["card"]["id"].as_str().unwrap(), row["requests"].as_u64().unwrap()))
        .collect();
    assert_eq!(wanted, [("candela", 2), ("lumen", 1)]);
    let page = reviewer.get("/staff/requests").await;
    assert_eq!(page.status, 200);
    assert!(page.body.find("Candela").unwrap() < page.body.find("Lumen").unwrap());
}

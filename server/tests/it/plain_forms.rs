//! The wizard without scripts: forms that are answered with a redirect.

use crate::harness::{App, GOOD_TOKEN, SITE, Upstream};

on_both!(the_steps_lead_from_one_to_the_next, a_mistake_leads_back_to_the_form, a_refusal_leads_back_to_the_page,);

async fn the_steps_lead_from_one_to_the_next(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let begun = admin.post("/api/fn/begin_install", &[("listing", "monitor")]).await;
    assert_eq!(begun.status, 302, "{begun:?}");
    let address = url::Url::parse(SITE).unwrap().join(begun.location()).unwrap();
    let id = address.query_pairs().find(|(key, _)| key == "installation").unwrap().1.into_owned();
    let step = |step: &str| format!("/integrations/monitor/install?installation={id}&step={step}");
    assert_eq!(begun.location(), step("connect"));
    let ids = [("listing", "monitor"), ("installation", id.as_str())];
    let fields = [
        ("fields[config.base_url]", upstream.url.as_str()),
        ("fields[config.limit]", "10"),
        ("fields[auth.token]", GOOD_TOKEN),
    ];
    let saved = admin.post("/api/fn/save_connection", &[&ids[..], &fields[..]].concat()).await;
    assert_eq!((saved.status, saved.location()), (302, step("test").as_str()));
    let tested = admin.post("/api/fn/test_connection", &ids).await;
    assert_eq!((tested.status, tested.location()), (302, step("test").as_str()));
    let page = admin.get(tested.location()).await;
    assert!(page.body.contains("Test Monitor 9.1"), "the page shows what the test found: {}", page.body);
    let proven = admin.post("/api/fn/prove_connection", &[&ids[..], &[("capability", "alerts")]].concat()).await;
    assert_eq!((proven.status, proven.location()), (302, step("prove").as_str()));
    assert_eq!(admin.get(proven.location()).await.status, 200);
    let removed = admin.post("/api/fn/uninstall", &[("id", &id)]).await;
    assert_eq!((removed.status, removed.location()), (302, "/installed"));
}

async fn a_mistake_leads_back_to_the_form(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    let form = [("listing", "monitor"), ("installation", id.as_str()), ("fields[config.team]", "core")];
    let answer = admin.post("/api/fn/save_connection", &form).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    assert!(answer.location().starts_with(&format!("{SITE}/before?")), "{answer:?}");
    assert!(answer.location().contains("__err="), "{answer:?}");
}

async fn a_refusal_leads_back_to_the_page(app: &App) {
    let member = app.sign_in("member").await;
    let answer = member.post("/api/fn/begin_install", &[("listing", "monitor")]).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    assert!(answer.location().contains("__err="), "{answer:?}");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 0);
}

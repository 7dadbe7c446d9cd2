//! One organization never sees or touches what belongs to another: every route and server function that takes an id.

use crate::harness::{App, Browser, Upstream, alerts, deliver};
use axum::body::Body;
use contract::install::{InstallationDetail, WizardView};
use serde_json::Value;

on_both!(
    foreign_installations_are_not_found,
    foreign_installations_are_in_no_list,
    pages_of_foreign_installations_are_not_found,
    a_foreign_stream_is_not_opened,
    an_installation_is_found_under_its_own_listing_only,
    events_of_others_are_not_mixed_in,
);

/// Everything about installations that a foreigner could have changed.
async fn fingerprint(app: &App) -> Vec<String> {
    let mut all = app
        .scratch
        .texts("SELECT id || state || config || CAST(revision AS TEXT) || CAST(events AS TEXT) FROM installation ORDER BY id")
        .await;
    for table in ["connection_check", "probe", "event", "job"] {
        all.push(app.scratch.number(&format!("SELECT COUNT(*) FROM {table}")).await.to_string());
    }
    all
}

/// People of other organizations: an admin and a member.
async fn strangers(app: &App) -> [Browser<'_>; 2] {
    [app.sign_in("partner").await, app.sign_in("reviewer").await]
}

async fn foreign_installations_are_not_found(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let before = (fingerprint(app).await, upstream.seen().len());
    let ids = [("listing", "monitor"), ("installation", id.as_str())];
    let [stranger, member] = strangers(app).await;
    stranger
        .save(&id, &[("config.base_url", "https://evil.example"), ("auth.token", "x")])
        .await
        .problem(404, "not_found");
    stranger.test(&id).await.problem(404, "not_found");
    for capability in ["alerts", "open-alerts", "open-ticket"] {
        stranger.prove(&id, capability).await.problem(404, "not_found");
    }
    stranger.uninstall(&id).await.problem(404, "not_found");
    for browser in [&stranger, &member] {
        browser.call("wizard", &ids).await.problem(404, "not_found");
        assert_eq!(browser.call("installation", &[("id", &id)]).await.good::<Option<InstallationDetail>>(), None);
    }
    for answer in [member.save(&id, &[]).await, member.test(&id).await, member.uninstall(&id).await] {
        answer.problem(404, "not_found");
    }
    assert_eq!((fingerprint(app).await, upstream.seen().len()), before, "nothing was changed or called");
    let missing = stranger.call("wizard", &[("listing", "monitor"), ("installation", "ins_none")]).await;
    let foreign = stranger.call("wizard", &ids).await;
    let detail = |answer: &crate::harness::Answer| answer.json::<Value>()["detail"].clone();
    assert_eq!(detail(&missing), detail(&foreign), "one can't tell a foreign installation from none");
}

async fn foreign_installations_are_in_no_list(app: &App) {
    let upstream = Upstream::start().await;
    let id = app.sign_in("admin").await.install(&upstream).await;
    for stranger in strangers(app).await {
        assert_eq!(stranger.call("installations", &[]).await.good::<Value>(), Value::Array(Vec::new()));
        let standing: Value = stranger.call("standing", &[("id", "monitor")]).await.good();
        assert_eq!(standing["installations"], Value::Array(Vec::new()));
        for path in ["/installed", "/integrations/monitor"] {
            assert!(!stranger.get(path).await.body.contains(&id), "{path}");
        }
    }
    let own: Value = app.sign_in("member").await.call("installations", &[]).await.good();
    assert_eq!(own[0]["id"], id.as_str(), "colleagues see it");
}

async fn pages_of_foreign_installations_are_not_found(app: &App) {
    let upstream = Upstream::start().await;
    let id = app.sign_in("admin").await.install(&upstream).await;
    for stranger in strangers(app).await {
        let mut paths = vec![format!("/installed/{id}")];
        for step in ["review", "connect", "test", "prove"] {
            paths.push(format!("/integrations/monitor/install?installation={id}&step={step}"));
        }
        for path in paths {
            let page = stranger.get(&path).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(!page.body.contains(&upstream.url), "{path}");
        }
    }
}

async fn a_foreign_stream_is_not_opened(app: &App) {
    let upstream = Upstream::start().await;
    let id = app.sign_in("admin").await.install(&upstream).await;
    for stranger in strangers(app).await {
        stranger.send(stranger.live(&id).body(Body::empty()).unwrap()).await.problem(404, "not_found");
    }
    let visitor = app.visitor();
    visitor.send(visitor.live(&id).body(Body::empty()).unwrap()).await.problem(401, "sign_in_required");
}

async fn an_installation_is_found_under_its_own_listing_only(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let answer = admin.call("wizard", &[("listing", "lumen"), ("installation", &id)]).await;
    assert_eq!(answer.good::<Option<WizardView>>(), None);
    let path = format!("/integrations/lumen/install?installation={id}&step=connect");
    assert_eq!(admin.get(&path).await.status, 404);
}

async fn events_of_others_are_not_mixed_in(app: &App) {
    let upstream = Upstream::start().await;
    let (admin, partner) = (app.sign_in("admin").await, app.sign_in("partner").await);
    let (ours, theirs) = (admin.install(&upstream).await, partner.install(&upstream).await);
    deliver(app, &admin.address(&ours).await, alerts("a1", "Ours")).await;
    deliver(app, &partner.address(&theirs).await, alerts("a1", "Theirs")).await;
    for (browser, id, summary) in [(&admin, &ours, "Ours"), (&partner, &theirs, "Theirs")] {
        let detail = browser.detail(id).await;
        let summaries: Vec<&str> = detail.events.iter().map(|event| event.summary.as_str()).collect();
        assert_eq!(summaries, [summary], "the same key in two organizations is two events");
    }
}

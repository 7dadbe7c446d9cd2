//! The end of an installation.

use crate::harness::{App, HOUR_MS, Upstream, alerts, deliver, listing_installs};
use contract::install::InstallationDetail;
use contract::listing::ListingStanding;
use serde_json::Value;

on_both!(
    secrets_are_deleted_and_jobs_cancelled,
    nothing_leads_to_it_any_more,
    what_happened_stays_on_record,
    it_is_not_counted_any_more,
    members_may_not_uninstall,
    only_this_one_ends,
);

async fn secrets_are_deleted_and_jobs_cancelled(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    assert!(!app.scratch.bytes("SELECT sealed FROM installation").await[0].is_empty());
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job").await, 2);
    let answer = admin.uninstall(&id).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/installed"));
    assert_eq!(app.scratch.bytes("SELECT sealed FROM installation").await, [Vec::<u8>::new()]);
    assert_eq!(app.scratch.texts("SELECT config FROM installation").await, ["{}"]);
    assert_eq!(app.scratch.texts("SELECT state FROM installation").await, ["uninstalled"]);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job").await, 0);
    let calls = upstream.seen().len();
    app.clock.advance(24 * HOUR_MS);
    app.work_off().await;
    assert_eq!(upstream.seen().len(), calls, "nobody calls any more");
}

async fn nothing_leads_to_it_any_more(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    admin.uninstall(&id).await;
    let list: Value = admin.call("installations", &[]).await.good();
    assert_eq!(list, Value::Array(Vec::new()));
    assert_eq!(admin.call("installation", &[("id", &id)]).await.good::<Option<InstallationDetail>>(), None);
    assert_eq!(admin.get(&format!("/installed/{id}")).await.status, 404);
    let ids = [("listing", "monitor"), ("installation", id.as_str())];
    admin.call("wizard", &ids).await.problem(404, "not_found");
    admin.save(&id, &[("auth.token", "x")]).await.problem(404, "not_found");
    admin.test(&id).await.problem(404, "not_found");
    admin.prove(&id, "alerts").await.problem(404, "not_found");
    admin.uninstall(&id).await.problem(404, "not_found");
    let standing: ListingStanding = admin.call("standing", &[("id", "monitor")]).await.good();
    assert!(standing.installations.is_empty());
    assert_ne!(admin.begin("monitor").await, id, "installing again begins anew");
}

async fn what_happened_stays_on_record(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    deliver(app, &admin.address(&id).await, alerts("a1", "Disk full")).await;
    admin.uninstall(&id).await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM event").await, 1);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM connection_check").await, 1);
}

async fn it_is_not_counted_any_more(app: &App) {
    let upstream = Upstream::start().await;
    let (admin, partner) = (app.sign_in("admin").await, app.sign_in("partner").await);
    assert_eq!(listing_installs(app, "monitor").await, 0);
    let (first, second) = (admin.install(&upstream).await, admin.install(&upstream).await);
    assert_eq!(listing_installs(app, "monitor").await, 1, "organizations are counted, not installations");
    let theirs = partner.install(&upstream).await;
    assert_eq!(listing_installs(app, "monitor").await, 2);
    admin.uninstall(&first).await;
    assert_eq!(listing_installs(app, "monitor").await, 2);
    admin.uninstall(&second).await;
    assert_eq!(listing_installs(app, "monitor").await, 1);
    partner.uninstall(&theirs).await;
    assert_eq!(listing_installs(app, "monitor").await, 0);
}

async fn members_may_not_uninstall(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let member = app.sign_in("member").await;
    member.uninstall(&id).await.problem(403, "forbidden");
    app.visitor().uninstall(&id).await.problem(401, "sign_in_required");
    let detail = member.detail(&id).await;
    assert!(!detail.can_manage, "but they see it");
    assert!(admin.test(&id).await.good::<Value>()["ok"].as_bool().unwrap());
}

async fn only_this_one_ends(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let (first, second) = (admin.install(&upstream).await, admin.install(&upstream).await);
    let address = admin.address(&second).await;
    admin.uninstall(&first).await;
    assert_eq!(deliver(app, &address, alerts("a1", "Disk full")).await.status, 202);
    let keys = app.scratch.texts("SELECT \"key\" FROM job ORDER BY \"key\"").await;
    assert_eq!(keys, [second.clone(), format!("{second}/open-alerts")]);
}

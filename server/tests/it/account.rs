//! One's own account: sessions and their ends, export, deletion.

use crate::harness::sold::{keep, subscription};
use crate::harness::{App, Browser, HOUR_MS, MINUTE_MS, NORTHWIND, person};
use axum::body::Body;
use axum::http::{Method, header};
use domain::billing::entitlement::Status;
use serde_json::Value;

on_both!(
    sessions_are_listed,
    a_revoked_session_is_nobody,
    all_other_sessions_are_revoked,
    sessions_of_others_are_not_found,
    an_idle_session_ends,
    being_seen_is_written_once_a_minute,
    signing_in_again_replaces_the_session,
    signing_in_as_somebody_else_ends_the_first_session,
    an_export_is_about_oneself,
    an_account_is_deleted,
    the_last_admin_of_others_is_needed,
    the_last_member_cancels_plans_first,
    deletion_needs_the_own_address_and_a_fresh_sign_in,
    a_deleted_demo_account_comes_back_empty,
);

const DAY: i64 = 24 * HOUR_MS;

async fn sessions(browser: &Browser<'_>) -> Vec<Value> {
    browser.call("sessions", &[]).await.good()
}

async fn sessions_are_listed(app: &App) {
    let mut browser = app.visitor();
    let request = browser
        .request(Method::POST, "/auth/demo")
        .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = browser.send(request.body(Body::from("key=admin")).unwrap()).await;
    browser.keep_cookies(&answer);
    app.clock.advance(HOUR_MS);
    let other = app.sign_in("admin").await;
    app.sign_in("member").await;
    let list = sessions(&other).await;
    let seen: Vec<_> = list.iter().map(|it| (it["device"].as_str().unwrap(), it["this"].as_bool().unwrap())).collect();
    assert_eq!(seen, [("Unknown device", true), ("Firefox on Linux", false)]);
    assert_eq!(list[1]["organization"], "Northwind Operations");
    assert!(list[1]["id"].as_str().unwrap().starts_with("ses_"));
    assert!(!list.iter().any(|it| it.to_string().contains(other.session())), "no secret");
}

async fn a_revoked_session_is_nobody(app: &App) {
    let (one, other) = (app.sign_in("admin").await, app.sign_in("admin").await);
    let mut thief = app.visitor();
    thief.cookies.clone_from(&one.cookies);
    assert_eq!(thief.viewer().await["name"], "Ada Admin");
    let id = sessions(&other).await.into_iter().find(|it| it["this"] == false).unwrap()["id"].clone();
    assert_eq!(other.call("revoke_session", &[("id", id.as_str().unwrap())]).await.status, 200);
    for dead in [&one, &thief] {
        assert_eq!(dead.viewer().await, Value::Null);
        dead.call("installations", &[]).await.problem(401, "sign_in_required");
        assert_eq!(dead.get("/installed").await.status, 401);
    }
    assert_eq!(other.viewer().await["name"], "Ada Admin");
    other.call("revoke_session", &[("id", id.as_str().unwrap())]).await.problem(404, "not_found");
    assert_eq!(app.recorded(NORTHWIND, "session.revoked").await, 1);
}

async fn all_other_sessions_are_revoked(app: &App) {
    let (one, two, mine) = (app.sign_in("admin").await, app.sign_in("admin").await, app.sign_in("admin").await);
    let colleague = app.sign_in("member").await;
    assert_eq!(mine.call("revoke_other_sessions", &[]).await.status, 200);
    for dead in [&one, &two] {
        assert_eq!(dead.viewer().await, Value::Null);
    }
    assert_eq!(mine.viewer().await["name"], "Ada Admin");
    assert_eq!(colleague.viewer().await["name"], "Max Member");
    assert_eq!(sessions(&mine).await.len(), 1);
    assert_eq!(mine.call("revoke_other_sessions", &[]).await.status, 200);
    assert_eq!(app.recorded(NORTHWIND, "session.revoked").await, 1, "nothing to revoke, nothing to record");
}

async fn sessions_of_others_are_not_found(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = sessions(&admin).await[0]["id"].as_str().unwrap().to_owned();
    for account in ["member", "partner", "operator"] {
        app.sign_in(account).await.call("revoke_session", &[("id", &id)]).await.problem(404, "not_found");
    }
    assert_eq!(admin.viewer().await["name"], "Ada Admin");
}

async fn an_idle_session_ends(app: &App) {
    let browser = app.sign_in("admin").await;
    app.clock.advance(3 * DAY - MINUTE_MS);
    assert_eq!(browser.viewer().await["name"], "Ada Admin");
    app.clock.advance(3 * DAY - MINUTE_MS);
    assert_eq!(browser.viewer().await["name"], "Ada Admin", "it was used in between");
    app.clock.advance(3 * DAY);
    assert_eq!(browser.viewer().await, Value::Null);
    browser.call("installations", &[]).await.problem(401, "sign_in_required");
    let other = app.sign_in("admin").await;
    assert_eq!(sessions(&other).await.len(), 1, "an ended one is not listed");
    assert_eq!(browser.viewer().await, Value::Null, "asking does not wake it up");
}

async fn being_seen_is_written_once_a_minute(app: &App) {
    let browser = app.sign_in("admin").await;
    let seen = || async { app.scratch.number("SELECT last_seen_at FROM session").await };
    let first = seen().await;
    app.clock.advance(MINUTE_MS / 2);
    browser.viewer().await;
    assert_eq!(seen().await, first);
    app.clock.advance(MINUTE_MS / 2);
    browser.viewer().await;
    let second = seen().await;
    assert!(second - first >= MINUTE_MS, "{first} {second}");
    browser.viewer().await;
    assert_eq!(seen().await, second);
}

async fn signing_in_again_replaces_the_session(app: &App) {
    let browser = app.sign_in("admin").await;
    assert_eq!(browser.create("Side project").await.status, 200);
    let mut again = app.visitor();
    again.cookies.clone_from(&browser.cookies);
    app.clock.advance(HOUR_MS);
    let answer = again.post("/auth/demo", &[("key", "admin"), ("return_to", "/organization")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/organization"));
    again.keep_cookies(&answer);
    assert_ne!(again.session(), browser.session());
    assert_eq!(browser.viewer().await, Value::Null, "the old one has ended");
    assert_eq!(again.viewer().await["organization_name"], "Side project", "one goes on where one was");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 1);
}

async fn signing_in_as_somebody_else_ends_the_first_session(app: &App) {
    let first = app.sign_in("admin").await;
    let mut second = app.visitor();
    second.cookies.clone_from(&first.cookies);
    let answer = second.post("/auth/demo", &[("key", "partner")]).await;
    second.keep_cookies(&answer);
    assert_eq!(first.viewer().await, Value::Null);
    let viewer = second.viewer().await;
    assert_eq!((&viewer["name"], &viewer["organization_id"]), (&"Paula Partner".into(), &"org_demo_prometheus".into()));
    assert_eq!(app.recorded(NORTHWIND, "session.ended").await, 1);
}

async fn an_export_is_about_oneself(app: &App) {
    let ina = app.arrives(&person("Ina", "ina@elsewhere.example", true)).await;
    let answer = ina.get("/account/export").await;
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"account.json\"");
    let document: Value = answer.good();
    assert_eq!(
        (&document["person"]["email"], &document["person"]["email_verified"]),
        (&"ina@elsewhere.example".into(), &true.into())
    );
    assert_eq!(document["identities"][0]["issuer"], "https://login.test");
    assert_eq!(document["organizations"][0]["role"], "admin");
    assert_eq!(document["sessions"].as_array().unwrap().len(), 1);
    let stored = app.scratch.texts("SELECT token_hash FROM session").await;
    assert!(!answer.body.contains(ina.session()) && !answer.body.contains(&stored[0]));
    let own = document["organizations"][0]["id"].as_str().unwrap();
    assert_eq!(app.recorded(own, "account.exported").await, 1);
    app.visitor().get("/account/export").await.problem(401, "sign_in_required");
}

async fn an_account_is_deleted(app: &App) {
    let ina = person("Ina", "ina@elsewhere.example", true);
    let browser = app.arrives(&ina).await;
    let viewer = browser.viewer().await;
    let (id, own) = (viewer["user_id"].as_str().unwrap(), viewer["organization_id"].as_str().unwrap());
    app.sign_in("admin").await.invite("ina@elsewhere.example", "member").await;
    assert_eq!(browser.join(&app.invited("ina@elsewhere.example").await).await.status, 200);
    let answer = browser.call("delete_account", &[("confirm", " INA@elsewhere.example")]).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/"));
    assert_eq!(browser.viewer().await, Value::Null);
    for table in ["session", "identity", "membership", "notice", "notice_preference"] {
        let left = app.scratch.number(&format!("SELECT COUNT(*) FROM {table} WHERE person_id = '{id}'")).await;
        assert_eq!(left, 0, "{table}");
    }
    let row = app.scratch.texts(&format!("SELECT name || '/' || email FROM person WHERE id = '{id}'")).await;
    assert_eq!(row, ["Deleted person/"]);
    let ends =
        app.scratch.number(&format!("SELECT COUNT(*) FROM organization WHERE id = '{own}' AND delete_at > 0")).await;
    assert_eq!(ends, 1, "nobody is left in it");
    for chain in [NORTHWIND, own] {
        let events = app.services.audit.audit_after(chain, 0, 100).await.unwrap();
        let event = events.iter().find(|it| it.action == "account.deleted").unwrap();
        assert_eq!(event.actor_name, "Ina", "the trail keeps the name");
    }
    assert_eq!(app.recorded(NORTHWIND, "organization.deletion").await, 0);
    let again = app.arrives(&ina).await.viewer().await;
    assert_ne!(again["user_id"], id, "somebody new");
}

async fn the_last_admin_of_others_is_needed(app: &App) {
    let admin = app.sign_in("admin").await;
    let confirm = [("confirm", "ada@northwind.example")];
    let problem = admin.call("delete_account", &confirm).await.problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains("Northwind Operations"), "{problem}");
    assert_eq!(admin.viewer().await["name"], "Ada Admin");
    let member = app.sign_in("member").await;
    assert_eq!(admin.set_role(&admin.member("Max Member").await, "admin").await.status, 200);
    assert_eq!(admin.call("delete_account", &confirm).await.status, 200);
    let list: Value = member.call("members", &[]).await.good();
    assert_eq!(list["members"].as_array().unwrap().len(), 2);
}

async fn the_last_member_cancels_plans_first(app: &App) {
    let browser = app.arrives(&person("Ina", "ina@elsewhere.example", true)).await;
    let own = browser.viewer().await["organization_id"].as_str().unwrap().to_owned();
    let mut plan = subscription(app, "sub_ina", "team", Status::Active);
    plan.bought.as_mut().unwrap().organization = own.as_str().into();
    keep(app, &plan).await;
    let confirm = [("confirm", "ina@elsewhere.example")];
    let refused = browser.call("delete_account", &confirm).await.problem(409, "conflict");
    assert_eq!(refused["title"], "Plans are still paid for");
    assert_eq!(browser.viewer().await["name"], "Ina", "nothing was deleted");
    app.clock.advance(1);
    plan.cancel_at_period_end = true;
    keep(app, &plan).await;
    assert_eq!(browser.call("delete_account", &confirm).await.status, 200);
}

async fn deletion_needs_the_own_address_and_a_fresh_sign_in(app: &App) {
    let member = app.sign_in("member").await;
    for wrong in ["", "ada@northwind.example", "Max Member"] {
        let problem = member.call("delete_account", &[("confirm", wrong)]).await.problem(422, "invalid");
        assert_eq!(problem["field"], "confirm");
    }
    app.clock.advance(HOUR_MS);
    member.call("delete_account", &[("confirm", "max@northwind.example")]).await.problem(403, "sign_in_again");
    assert_eq!(member.viewer().await["name"], "Max Member");
}

async fn a_deleted_demo_account_comes_back_empty(app: &App) {
    let member = app.sign_in("member").await;
    assert_eq!(member.call("delete_account", &[("confirm", "max@northwind.example")]).await.status, 200);
    let viewer = app.sign_in("member").await.viewer().await;
    assert_eq!((&viewer["name"], &viewer["organization_id"]), (&"Max Member".into(), &NORTHWIND.into()));
}

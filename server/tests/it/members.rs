//! Members: who sees whom, roles, removing, leaving, handing over. An organization always keeps an admin.

use crate::harness::{App, HOUR_MS, NORTHWIND};
use serde_json::Value;

on_both!(
    members_are_listed,
    a_role_changes_with_the_next_request,
    a_removed_member_is_out_at_once,
    the_last_admin_stays,
    of_two_leaving_admins_one_stays,
    of_two_admins_who_demote_each_other_one_stays,
    leaving_goes_on_in_another_organization,
    who_leaves_their_last_organization_begins_a_new_one,
    an_organization_is_handed_over,
    foreign_members_are_not_found,
    making_an_admin_needs_a_fresh_sign_in,
);

async fn members_are_listed(app: &App) {
    let admin: Value = app.sign_in("admin").await.call("members", &[]).await.good();
    let names: Vec<&str> = admin["members"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ada Admin", "Bo Billing", "Max Member"]);
    assert_eq!((&admin["manages"], &admin["one_admin"]), (&true.into(), &true.into()));
    assert_eq!(admin["members"][2]["email"], "max@northwind.example");
    let member: Value = app.sign_in("member").await.call("members", &[]).await.good();
    let emails: Vec<&Value> = member["members"].as_array().unwrap().iter().map(|it| &it["email"]).collect();
    assert_eq!(emails, [&Value::Null, &Value::Null, &"max@northwind.example".into()], "one's own only");
    assert_eq!((&member["manages"], &member["members"][2]["you"]), (&false.into(), &true.into()));
}

async fn a_role_changes_with_the_next_request(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let max = admin.member("Max Member").await;
    member.call("invitations", &[]).await.problem(403, "forbidden");
    assert_eq!(admin.set_role(&max, "admin").await.status, 200);
    assert_eq!(member.call("invitations", &[]).await.status, 200);
    assert_eq!(admin.set_role(&max, "admin").await.status, 200, "nothing to do");
    assert_eq!(admin.set_role(&max, "billing_admin").await.status, 200);
    member.call("invitations", &[]).await.problem(403, "forbidden");
    assert_eq!(member.viewer().await["role"], "billing_admin");
    assert_eq!(app.recorded(NORTHWIND, "member.role").await, 2);
    let inbox = app.services.notices.inbox(&max.as_str().into(), None, 10).await.unwrap();
    assert!(inbox.iter().any(|it| it.title == "Your role in Northwind Operations is now Billing admin"), "{inbox:?}");
}

async fn a_removed_member_is_out_at_once(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    assert_eq!(member.create("Side project").await.status, 200);
    let elsewhere = app.sign_in("member").await;
    let elsewhere_viewer = elsewhere.viewer().await;
    assert_eq!(elsewhere_viewer["organization_id"], NORTHWIND);
    let max = admin.member("Max Member").await;
    assert_eq!(admin.call("remove_member", &[("person", &max)]).await.status, 200);
    assert_eq!(elsewhere.viewer().await, Value::Null, "the session in the organization is over");
    elsewhere.call("installations", &[]).await.problem(401, "sign_in_required");
    assert_eq!(member.viewer().await["organization_name"], "Side project", "the other one is not touched");
    member.switch(NORTHWIND).await.problem(404, "not_found");
    assert_eq!(app.sign_in("member").await.viewer().await["organization_name"], "Side project");
    assert_eq!(app.recorded(NORTHWIND, "member.removed").await, 1);
    admin.call("remove_member", &[("person", &max)]).await.problem(404, "not_found");
}

async fn the_last_admin_stays(app: &App) {
    let admin = app.sign_in("admin").await;
    let ada = admin.member("Ada Admin").await;
    let before = admin.viewer().await;
    for answer in [
        admin.set_role(&ada, "member").await,
        admin.call("remove_member", &[("person", &ada)]).await,
        admin.leave(NORTHWIND).await,
    ] {
        assert_eq!(answer.problem(409, "conflict")["title"], "An organization needs an admin");
    }
    assert_eq!(admin.viewer().await, before);
    for action in ["member.role", "member.removed", "member.left"] {
        assert_eq!(app.recorded(NORTHWIND, action).await, 0, "{action}");
    }
}

async fn admins(app: &App) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM membership WHERE organization_id = '{NORTHWIND}' AND role = 'admin'");
    app.scratch.number(&sql).await
}

async fn of_two_leaving_admins_one_stays(app: &App) {
    let (ada, max) = (app.sign_in("admin").await, app.sign_in("member").await);
    assert_eq!(ada.set_role(&ada.member("Max Member").await, "admin").await.status, 200);
    let (one, other) = futures::future::join(ada.leave(NORTHWIND), max.leave(NORTHWIND)).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{one:?} {other:?}");
    assert_eq!(admins(app).await, 1);
}

async fn of_two_admins_who_demote_each_other_one_stays(app: &App) {
    let (ada, max) = (app.sign_in("admin").await, app.sign_in("member").await);
    let (ada_id, max_id) = (ada.member("Ada Admin").await, ada.member("Max Member").await);
    assert_eq!(ada.set_role(&max_id, "admin").await.status, 200);
    futures::future::join(ada.set_role(&max_id, "member"), max.set_role(&ada_id, "member")).await;
    assert_eq!(admins(app).await, 1);
}

async fn leaving_goes_on_in_another_organization(app: &App) {
    let member = app.sign_in("member").await;
    assert_eq!(member.create("Side project").await.status, 200);
    assert_eq!(member.switch(NORTHWIND).await.status, 200);
    let other = app.sign_in("member").await;
    let answer = member.leave(NORTHWIND).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/"));
    assert_eq!(member.viewer().await["organization_name"], "Side project");
    assert_eq!(other.viewer().await, Value::Null);
    assert_eq!(app.recorded(NORTHWIND, "member.left").await, 1);
    member.leave(NORTHWIND).await.problem(404, "not_found");
}

async fn who_leaves_their_last_organization_begins_a_new_one(app: &App) {
    let member = app.sign_in("member").await;
    let answer = member.leave(NORTHWIND).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/sign-in?left=last"));
    assert_eq!(member.viewer().await, Value::Null);
    let why = "You left your last organization";
    assert!(member.get(answer.location()).await.body.contains(why), "the page says what happened");
    assert!(!member.get("/sign-in").await.body.contains(why));
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM membership WHERE person_id = 'usr_demo_member'").await, 0);
    let viewer = app.sign_in("member").await.viewer().await;
    assert_eq!((&viewer["user_id"], &viewer["role"]), (&"usr_demo_member".into(), &"admin".into()));
    assert_eq!(viewer["organization_name"], "Max's organization");
    let own = viewer["organization_id"].as_str().unwrap();
    let events = app.services.audit.audit_after(own, 0, 10).await.unwrap();
    assert_eq!((events[0].action.as_str(), events[0].actor_id.as_str()), ("organization.created", "usr_demo_member"));
    assert_eq!(app.sign_in("member").await.viewer().await["organization_id"], own, "and keeps it");
}

async fn an_organization_is_handed_over(app: &App) {
    let admin = app.sign_in("admin").await;
    let (ada, max) = (admin.member("Ada Admin").await, admin.member("Max Member").await);
    admin.call("transfer_organization", &[("person", &ada)]).await.problem(404, "not_found");
    let answer = admin.call("transfer_organization", &[("person", &max)]).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/sign-in?left=last"));
    assert_eq!(admin.viewer().await, Value::Null);
    let heir = app.sign_in("member").await;
    assert_eq!(heir.viewer().await["role"], "admin");
    let list: Value = heir.call("members", &[]).await.good();
    assert_eq!(list["members"].as_array().unwrap().len(), 2);
    assert_eq!(app.recorded(NORTHWIND, "member.role").await, 1);
    assert_eq!(app.recorded(NORTHWIND, "member.left").await, 1);
}

async fn foreign_members_are_not_found(app: &App) {
    let stranger = app.sign_in("partner").await;
    stranger.set_role("usr_demo_member", "admin").await.problem(404, "not_found");
    for name in ["remove_member", "transfer_organization"] {
        stranger.call(name, &[("person", "usr_demo_member")]).await.problem(404, "not_found");
    }
    let list: Value = stranger.call("members", &[]).await.good();
    assert!(!list.to_string().contains("northwind"), "{list}");
    stranger.leave(NORTHWIND).await.problem(404, "not_found");
    stranger.switch(NORTHWIND).await.problem(404, "not_found");
}

async fn making_an_admin_needs_a_fresh_sign_in(app: &App) {
    let admin = app.sign_in("admin").await;
    let max = admin.member("Max Member").await;
    app.clock.advance(HOUR_MS);
    admin.set_role(&max, "admin").await.problem(403, "sign_in_again");
    admin.call("transfer_organization", &[("person", &max)]).await.problem(403, "sign_in_again");
    admin.invite("eve@elsewhere.example", "admin").await.problem(403, "sign_in_again");
    assert_eq!(admin.set_role(&max, "billing_admin").await.status, 200);
    assert_eq!(admin.invite("eve@elsewhere.example", "member").await.status, 200);
    // Signing in again, in the same browser, is all it takes.
    let mut again = app.visitor();
    again.cookies.clone_from(&admin.cookies);
    let answer = again.post("/auth/demo", &[("key", "admin")]).await;
    again.keep_cookies(&answer);
    assert_eq!(again.set_role(&max, "admin").await.status, 200);
    assert_eq!(admin.viewer().await, Value::Null, "the session from before has ended");
}

//! Invitations: by mail, for one address, once, and silent towards everybody else.

use crate::harness::{Answer, App, Browser, HOUR_MS, MINUTE_MS, NORTHWIND, person};
use serde_json::{Value, json};

on_both!(
    an_invited_person_joins,
    the_mail_is_sent,
    the_secret_is_stored_as_a_hash,
    another_address_learns_nothing,
    an_unverified_address_is_not_enough,
    invitations_that_do_not_work_look_alike,
    accepting_twice_does_no_harm,
    inviting_again_sends_again,
    an_invitation_is_revoked,
    the_answer_tells_nobody_apart,
    headers_can_not_be_injected,
    there_is_a_limit,
    invitations_of_others_are_not_found,
    a_visitor_signs_in_first,
    two_acceptances_make_one_member,
);

const INA: &str = "ina@elsewhere.example";

async fn ina(app: &App) -> Browser<'_> {
    app.arrives(&person("Ina Invited", "Ina@Elsewhere.example", true)).await
}

async fn pending(browser: &Browser<'_>) -> Vec<Value> {
    browser.call("invitations", &[]).await.good()
}

async fn an_invited_person_joins(app: &App) {
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.invite(" Ina@elsewhere.EXAMPLE ", "billing_admin").await.status, 200);
    let list = pending(&admin).await;
    assert_eq!((list.len(), &list[0]["email"], &list[0]["expired"]), (1, &INA.into(), &false.into()));
    let token = app.invited(INA).await;
    let ina = ina(app).await;
    let view = ina.invitation(&token).await;
    assert_eq!((&view["state"], &view["you"]), (&"open".into(), &"Ina@Elsewhere.example".into()));
    for (key, value) in [
        ("id", NORTHWIND),
        ("organization", "Northwind Operations"),
        ("role", "billing_admin"),
        ("invited_by", "Ada Admin"),
    ] {
        assert_eq!(view["offer"][key], value, "{key} in {view}");
    }
    let own = ina.viewer().await["organization_id"].clone();
    assert_eq!(ina.join(&token).await.goes_on_to(), "/");
    let viewer = ina.viewer().await;
    assert_eq!((&viewer["organization_id"], &viewer["role"]), (&NORTHWIND.into(), &"billing_admin".into()));
    assert_ne!(viewer["organization_id"], own);
    assert!(pending(&admin).await.is_empty());
    assert!(!admin.member("Ina Invited").await.is_empty());
    for action in ["member.invited", "member.joined"] {
        assert_eq!(app.recorded(NORTHWIND, action).await, 1, "{action}");
    }
    let inbox = app.services.notices.inbox(&"usr_demo_admin".into(), None, 10).await.unwrap();
    assert!(inbox.iter().any(|it| it.title == "Ina Invited joined Northwind Operations"), "{inbox:?}");
}

async fn the_mail_is_sent(app: &App) {
    assert_eq!(app.sign_in("admin").await.invite(INA, "member").await.status, 200);
    let mail = app.mail_to(INA).await;
    assert_eq!(mail.len(), 1);
    assert!(
        mail[0].contains("Ada Admin invites you to Northwind Operations") && mail[0].contains("as Member"),
        "{mail:?}"
    );
    let jobs = app.scratch.texts("SELECT payload FROM job WHERE kind = 'send_mail'").await;
    let id = app.scratch.texts("SELECT id FROM mail").await;
    assert_eq!(jobs.len(), 1);
    assert!(jobs[0].contains(&id[0]));
}

async fn the_secret_is_stored_as_a_hash(app: &App) {
    app.sign_in("admin").await.invite(INA, "member").await;
    let token = app.invited(INA).await;
    let stored = app.scratch.texts("SELECT token_hash FROM invitation").await;
    assert_eq!(stored, [domain::identity::sha256_hex(&token)]);
    assert_eq!(ina(app).await.invitation(&stored[0]).await["state"], "unusable");
    let events = app.services.audit.audit_after(NORTHWIND, 0, 100).await.unwrap();
    assert!(events.iter().all(|event| !serde_json::to_string(event).unwrap().contains(&token)));
}

async fn another_address_learns_nothing(app: &App) {
    app.sign_in("admin").await.invite(INA, "member").await;
    let token = app.invited(INA).await;
    for stranger in [app.sign_in("partner").await, app.arrives(&person("Eve", "eve@elsewhere.example", true)).await] {
        let view = stranger.invitation(&token).await;
        let you = stranger.viewer().await["email"].clone();
        assert_eq!(view, json!({ "state": "another_address", "you": you, "offer": null }));
        let problem = stranger.join(&token).await.problem(403, "forbidden");
        assert_eq!(problem["title"], "This invitation is for another address");
        let text = problem.to_string();
        assert!(!text.contains("Northwind") && !text.contains("ina@") && !text.contains("Ada"), "{text}");
    }
    assert_eq!(ina(app).await.join(&token).await.status, 200, "it still works for whom it is for");
}

async fn an_unverified_address_is_not_enough(app: &App) {
    app.sign_in("admin").await.invite(INA, "member").await;
    let token = app.invited(INA).await;
    let claimed = app.arrives(&person("Eve", INA, false)).await;
    assert_eq!(claimed.viewer().await["name"], "Eve", "one can sign in");
    assert_eq!(claimed.invitation(&token).await, json!({ "state": "unverified", "you": INA, "offer": null }));
    let problem = claimed.join(&token).await.problem(403, "forbidden");
    assert_eq!(problem["title"], "Your address is not confirmed");
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 0);
    // An unverified claim of a member's address does not keep the real one from being invited.
    app.scratch
        .change(
            "UPDATE person SET email = 'max2@northwind.example', email_verified = false WHERE id = 'usr_demo_member'",
        )
        .await;
    assert_eq!(app.sign_in("admin").await.invite("max2@northwind.example", "member").await.status, 200);
    assert_eq!(app.mail_to("max2@northwind.example").await.len(), 1);
}

async fn invitations_that_do_not_work_look_alike(app: &App) {
    let admin = app.sign_in("admin").await;
    let mut tokens = vec!["nothing".to_owned(), String::new(), "x".repeat(5000)];
    for (at, what) in ["revoked", "used", "expired"].into_iter().enumerate() {
        let email = format!("{what}@elsewhere.example");
        assert_eq!(admin.invite(&email, "member").await.status, 200);
        tokens.push(app.invited(&email).await);
        let id = pending(&admin).await[0]["id"].as_str().unwrap().to_owned();
        match at {
            0 => assert_eq!(admin.call("revoke_invitation", &[("id", &id)]).await.status, 200),
            1 => {
                let used = app.arrives(&person("Used", &email, true)).await;
                assert_eq!(used.join(&tokens[4]).await.status, 200);
                let id = admin.member("Used").await;
                assert_eq!(admin.call("remove_member", &[("person", &id)]).await.status, 200);
            }
            _ => app.clock.advance(7 * 24 * HOUR_MS),
        }
    }
    let mut answers = Vec::new();
    for (name, email) in [("Revoked", "revoked"), ("Used", "used"), ("Expired", "expired"), ("Eve", "eve")] {
        let browser = app.arrives(&person(name, &format!("{email}@elsewhere.example"), true)).await;
        for token in &tokens {
            assert_eq!(browser.invitation(token).await["state"], "unusable", "{name} {token}");
            let answer = browser.join(token).await;
            answer.problem(404, "not_found");
            answers.push(answer.body);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 1);
    let list = pending(&app.sign_in("admin").await).await;
    assert_eq!((list.len(), &list[0]["expired"]), (1, &true.into()), "an expired one can be sent again");
}

async fn accepting_twice_does_no_harm(app: &App) {
    app.sign_in("admin").await.invite(INA, "member").await;
    let token = app.invited(INA).await;
    let ina = ina(app).await;
    let own = ina.viewer().await["organization_id"].as_str().unwrap().to_owned();
    assert_eq!(ina.join(&token).await.status, 200);
    assert_eq!(ina.switch(&own).await.status, 200);
    let view = ina.invitation(&token).await;
    assert_eq!((&view["state"], &view["offer"]["id"]), (&"joined".into(), &NORTHWIND.into()));
    assert_eq!(ina.join(&token).await.status, 200);
    assert_eq!(ina.viewer().await["organization_id"], NORTHWIND);
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 1);
    let eve = app.arrives(&person("Eve", "eve@elsewhere.example", true)).await;
    eve.join(&token).await.problem(404, "not_found");
}

async fn inviting_again_sends_again(app: &App) {
    let admin = app.sign_in("admin").await;
    admin.invite(INA, "member").await;
    let first = app.invited(INA).await;
    assert_eq!(admin.invite(INA, "member").await.status, 200);
    assert_eq!(app.mail_to(INA).await.len(), 1, "pressing the button twice sends one mail");
    app.clock.advance(MINUTE_MS);
    assert_eq!(admin.invite(INA, "billing_admin").await.status, 200);
    let list = pending(&admin).await;
    assert_eq!((list.len(), &list[0]["role"]), (1, &"billing_admin".into()));
    let id = list[0]["id"].as_str().unwrap();
    admin.call("resend_invitation", &[("id", id)]).await.problem(429, "rate_limited");
    app.clock.advance(8 * 24 * HOUR_MS);
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.call("resend_invitation", &[("id", id)]).await.status, 200);
    assert_eq!(app.mail_to(INA).await.len(), 3);
    let ina = ina(app).await;
    ina.join(&first).await.problem(404, "not_found");
    assert_eq!(ina.join(&app.invited(INA).await).await.status, 200);
    assert_eq!(ina.viewer().await["role"], "billing_admin");
    assert_eq!(app.recorded(NORTHWIND, "invitation.resent").await, 1);
    admin.call("resend_invitation", &[("id", id)]).await.problem(404, "not_found");
}

async fn an_invitation_is_revoked(app: &App) {
    let admin = app.sign_in("admin").await;
    admin.invite(INA, "member").await;
    let id = pending(&admin).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(admin.call("revoke_invitation", &[("id", &id)]).await.status, 200);
    admin.call("revoke_invitation", &[("id", &id)]).await.problem(404, "not_found");
    assert!(pending(&admin).await.is_empty());
    assert_eq!(app.recorded(NORTHWIND, "invitation.revoked").await, 1);
    ina(app).await.join(&app.invited(INA).await).await.problem(404, "not_found");
    assert_eq!(admin.invite(INA, "member").await.status, 200, "and may be invited anew");
    assert_eq!(ina(app).await.join(&app.invited(INA).await).await.status, 200);
}

async fn the_answer_tells_nobody_apart(app: &App) {
    ina(app).await;
    let admin = app.sign_in("admin").await;
    let answer = |it: Answer| {
        let mut headers = it.headers;
        headers.remove("x-trace-id");
        headers.remove("ratelimit-remaining");
        (it.status, headers, it.body)
    };
    let known = answer(admin.invite(INA, "member").await);
    let unknown = answer(admin.invite("nobody@elsewhere.example", "member").await);
    let member = answer(admin.invite("MAX@northwind.example", "member").await);
    assert_eq!(known, unknown);
    assert_eq!(known, member);
    assert_eq!(app.mail_to("max@northwind.example").await.len(), 0, "a member is not invited");
    assert_eq!(pending(&admin).await.len(), 2);
}

async fn headers_can_not_be_injected(app: &App) {
    let admin = app.sign_in("admin").await;
    let long = format!("a@{}.example", "x.".repeat(100));
    for bad in [
        "ina@elsewhere.example\r\nBcc: eve@evil.example",
        "ina@elsewhere.example\nBcc: eve@evil.example",
        "ina@elsewhere.example,eve@evil.example",
        "Ina <ina@elsewhere.example>",
        "ina@elsewhere.example\0",
        "not an address",
        "",
        long.as_str(),
    ] {
        assert_eq!(admin.invite(bad, "member").await.problem(422, "invalid")["field"], "email", "{bad:?}");
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM mail").await, 0);
    // Names are the issuer's words: they stay on their line too.
    app.scratch.change("UPDATE person SET name = 'Ada\r\nBcc: eve@evil.example' WHERE id = 'usr_demo_admin'").await;
    assert_eq!(admin.invite(INA, "member").await.status, 200);
    let subject = app.scratch.texts("SELECT subject FROM mail").await;
    assert!(!subject[0].contains(['\r', '\n']), "{subject:?}");
    assert!(app.mail_to(INA).await[0].lines().all(|line| !line.starts_with("Bcc")));
}

async fn there_is_a_limit(app: &App) {
    let admin = app.sign_in("admin").await;
    for number in 0..50 {
        assert_eq!(admin.invite(&format!("p{number}@elsewhere.example"), "member").await.status, 200);
    }
    let problem = admin.invite(INA, "member").await.problem(409, "conflict");
    assert_eq!(problem["title"], "Too many open invitations");
    app.clock.advance(MINUTE_MS);
    assert_eq!(admin.invite("p7@elsewhere.example", "member").await.status, 200, "one that is there is sent again");
    app.clock.advance(7 * 24 * HOUR_MS);
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.invite(INA, "member").await.status, 200, "expired ones do not count");
}

async fn invitations_of_others_are_not_found(app: &App) {
    let admin = app.sign_in("admin").await;
    admin.invite(INA, "member").await;
    let id = pending(&admin).await[0]["id"].as_str().unwrap().to_owned();
    let stranger = app.sign_in("partner").await;
    for name in ["revoke_invitation", "resend_invitation"] {
        stranger.call(name, &[("id", &id)]).await.problem(404, "not_found");
        app.sign_in("member").await.call(name, &[("id", &id)]).await.problem(403, "forbidden");
    }
    assert!(pending(&stranger).await.is_empty());
    assert_eq!(pending(&admin).await.len(), 1);
}

async fn a_visitor_signs_in_first(app: &App) {
    app.sign_in("admin").await.invite(INA, "member").await;
    for token in [app.invited(INA).await.as_str(), "nothing"] {
        assert_eq!(app.visitor().invitation(token).await, json!({ "state": "sign_in", "you": "", "offer": null }));
        app.visitor().join(token).await.problem(401, "sign_in_required");
    }
}

async fn two_acceptances_make_one_member(app: &App) {
    app.sign_in("admin").await.invite(INA, "member").await;
    let token = app.invited(INA).await;
    let (one, other) = (ina(app).await, ina(app).await);
    futures::future::join(one.join(&token), other.join(&token)).await;
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 1);
    assert_eq!(
        app.scratch.number("SELECT COUNT(*) FROM membership WHERE organization_id = 'org_demo_northwind'").await,
        4
    );
}

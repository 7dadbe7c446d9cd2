//! Several organizations a person, settings, the end of an organization, and its export.

use crate::harness::{App, GOOD_TOKEN, HOUR_MS, NORTHWIND, Upstream, alerts, deliver, listing_installs, person};
use serde_json::Value;

on_both!(
    one_creates_and_switches,
    switching_keeps_tenants_apart,
    names_are_checked,
    there_is_a_limit_of_organizations,
    an_organization_is_renamed,
    deletion_needs_its_name_and_a_fresh_sign_in,
    deletion_can_be_cancelled,
    deletion_happens_after_the_grace,
    what_is_deleted_leaves_nothing_behind,
    whoever_is_in_a_deleted_organization_goes_on_elsewhere,
    an_export_has_everything_but_secrets,
    an_export_has_requests_with_all_that_was_said,
    an_export_is_for_admins,
);

const DAY: i64 = 24 * HOUR_MS;
const NAME: &str = "Northwind Operations";

async fn one_creates_and_switches(app: &App) {
    let member = app.sign_in("member").await;
    assert_eq!(member.create("  Side project ").await.goes_on_to(), "/");
    let viewer = member.viewer().await;
    assert_eq!((&viewer["organization_name"], &viewer["role"]), (&"Side project".into(), &"admin".into()));
    let mine: Value = member.call("my_organizations", &[]).await.good();
    let seen: Vec<_> =
        mine.as_array().unwrap().iter().map(|it| (it["name"].as_str(), it["current"].as_bool())).collect();
    assert_eq!(seen, [(Some(NAME), Some(false)), (Some("Side project"), Some(true))]);
    assert_eq!(app.sign_in("member").await.viewer().await["organization_id"], NORTHWIND, "other browsers stay");
    assert_eq!(member.switch(NORTHWIND).await.status, 200);
    assert_eq!(member.viewer().await["role"], "member", "the role is that of the organization");
    member.call("invitations", &[]).await.problem(403, "forbidden");
    member.switch("org_demo_staff").await.problem(404, "not_found");
    member.switch("org_none").await.problem(404, "not_found");
    assert_eq!(app.recorded(NORTHWIND, "session.switched").await, 1);
    assert_eq!(app.recorded("org_demo_staff", "session.switched").await, 0);
    let side = mine[1]["id"].as_str().unwrap();
    assert_eq!(app.recorded(side, "organization.created").await, 1);
}

async fn switching_keeps_tenants_apart(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    assert_eq!(admin.create("Side project").await.status, 200);
    assert_eq!(admin.call("installations", &[]).await.good::<Value>(), Value::Array(Vec::new()));
    assert_eq!(admin.call("installation", &[("id", &id)]).await.good::<Value>(), Value::Null);
    admin.uninstall(&id).await.problem(404, "not_found");
    assert_eq!(admin.switch(NORTHWIND).await.status, 200);
    assert_eq!(admin.detail(&id).await.card.id.as_str(), id);
}

async fn names_are_checked(app: &App) {
    let admin = app.sign_in("admin").await;
    for bad in ["", "  ", "a\nb", &"x".repeat(81)] {
        for answer in [admin.create(bad).await, admin.call("rename_organization", &[("name", bad)]).await] {
            assert_eq!(answer.problem(422, "invalid")["field"], "name", "{bad:?}");
        }
    }
    assert_eq!(admin.viewer().await["organization_name"], NAME);
}

async fn there_is_a_limit_of_organizations(app: &App) {
    let admin = app.sign_in("admin").await;
    for number in 2..=20 {
        assert_eq!(admin.create(&format!("Number {number}")).await.status, 200);
    }
    assert_eq!(admin.create("One more").await.problem(409, "conflict")["title"], "Too many organizations");
    assert_eq!(admin.viewer().await["organization_name"], "Number 20");
}

async fn an_organization_is_renamed(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    member.call("rename_organization", &[("name", "Mine")]).await.problem(403, "forbidden");
    let renamed = admin.call("rename_organization", &[("name", "Southwind")]).await;
    assert_eq!((renamed.status, renamed.goes_on_to()), (200, "/settings/organization"));
    assert_eq!(member.viewer().await["organization_name"], "Southwind");
    let events = app.services.audit.audit_after(NORTHWIND, 0, 100).await.unwrap();
    let event = events.iter().find(|it| it.action == "organization.renamed").unwrap();
    assert_eq!(
        (event.before.as_str(), event.after.as_str()),
        (r#"{"name":"Northwind Operations"}"#, r#"{"name":"Southwind"}"#)
    );
    assert_eq!(admin.call("rename_organization", &[("name", "Southwind")]).await.status, 200);
    assert_eq!(app.recorded(NORTHWIND, "organization.renamed").await, 1, "the same name is no change");
}

async fn deletion_needs_its_name_and_a_fresh_sign_in(app: &App) {
    let admin = app.sign_in("admin").await;
    let schedule = [("confirm", NAME)];
    let wrong = admin.call("schedule_organization_deletion", &[("confirm", "northwind")]).await;
    assert_eq!(wrong.problem(422, "invalid")["field"], "confirm");
    let member = app.sign_in("member").await;
    member.call("schedule_organization_deletion", &schedule).await.problem(403, "forbidden");
    app.clock.advance(HOUR_MS);
    admin.call("schedule_organization_deletion", &schedule).await.problem(403, "sign_in_again");
    let view: Value = admin.call("organization", &[]).await.good();
    assert_eq!((&view["delete_at"], &view["manages"]), (&Value::Null, &true.into()));
}

/// Runs the daily work.
async fn next_day(app: &App) {
    app.clock.advance(DAY);
    app.services.queue.cancel("delete_organizations", "daily").await.unwrap();
    let now = app.services.clock.now();
    app.services.queue.enqueue("delete_organizations", "daily", &Value::Null, now).await.unwrap();
    app.work_off().await;
    let failed =
        app.scratch.texts("SELECT last_error FROM job WHERE kind = 'delete_organizations' AND attempts > 0").await;
    assert_eq!(failed, Vec::<String>::new());
}

async fn deletion_can_be_cancelled(app: &App) {
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.call("schedule_organization_deletion", &[("confirm", NAME)]).await.status, 200);
    let view: Value = admin.call("organization", &[]).await.good();
    let at = view["delete_at"].as_i64().unwrap();
    assert!((at - app.services.clock.now().0 - 14 * DAY).abs() < HOUR_MS, "{view}");
    assert_eq!(admin.call("schedule_organization_deletion", &[("confirm", NAME)]).await.status, 200);
    let again: Value = admin.call("organization", &[]).await.good();
    assert_eq!(again["delete_at"], at, "deciding it again does not move the day");
    let member = app.sign_in("member").await;
    member.call("keep_organization", &[]).await.problem(403, "forbidden");
    assert_eq!(admin.call("keep_organization", &[]).await.status, 200);
    assert_eq!(admin.call("organization", &[]).await.good::<Value>()["delete_at"], Value::Null);
    app.clock.advance(20 * DAY);
    next_day(app).await;
    assert_eq!(app.sign_in("member").await.viewer().await["organization_name"], NAME);
    for action in ["organization.deletion", "organization.kept"] {
        assert_eq!(app.recorded(NORTHWIND, action).await, 1, "{action}");
    }
}

async fn deletion_happens_after_the_grace(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    deliver(app, &address, alerts("a1", "One")).await;
    assert_eq!(admin.call("schedule_organization_deletion", &[("confirm", NAME)]).await.status, 200);
    app.clock.advance(12 * DAY);
    next_day(app).await;
    assert_eq!(app.sign_in("admin").await.viewer().await["organization_name"], NAME, "a day is left");
    assert_eq!(listing_installs(app, "monitor").await, 1);
    next_day(app).await;
    next_day(app).await;
    assert_eq!(listing_installs(app, "monitor").await, 0);
    assert_eq!(deliver(app, &address, alerts("a2", "Two")).await.status, 404);
    let organizations = app.scratch.texts("SELECT id FROM organization").await;
    assert!(!organizations.contains(&NORTHWIND.to_owned()), "{organizations:?}");
    for action in ["organization.deletion", "installation.removed", "organization.deleted"] {
        assert_eq!(app.recorded(NORTHWIND, action).await, 1, "{action}");
    }
    let (_, flaws) = domain::audit::verify(&app.services).await.unwrap();
    assert_eq!(flaws, [], "the trail is whole");
    assert_eq!(app.sign_in("admin").await.viewer().await["organization_name"], "Ada's organization");
    assert_eq!(app.sign_in("partner").await.viewer().await["organization_name"], "Prometheus maintainers");
}

/// Tables that have this column.
async fn tables_with(app: &App, column: &str) -> Vec<String> {
    let sql = if app.scratch.url.starts_with("sqlite") {
        format!(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = '{column}'"
        )
    } else {
        format!(
            "SELECT CAST(table_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND column_name = '{column}'"
        )
    };
    app.scratch.texts(&sql).await
}

async fn what_is_deleted_leaves_nothing_behind(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    deliver(app, &admin.address(&id).await, alerts("a1", "One")).await;
    admin.invite("ina@elsewhere.example", "member").await;
    assert_eq!(admin.call("request_integration", &[("id", "lumen")]).await.status, 200);
    assert_eq!(admin.call("set_audit_stream", &[("url", &upstream.url)]).await.status, 200);
    assert_eq!(admin.call("schedule_organization_deletion", &[("confirm", NAME)]).await.status, 200);
    app.clock.advance(14 * DAY);
    next_day(app).await;
    let tables = tables_with(app, "organization_id").await;
    assert!(tables.len() > 8, "{tables:?}");
    // Sessions go on elsewhere or come to their own end.
    for table in tables.iter().filter(|table| *table != "session") {
        let left =
            app.scratch.number(&format!("SELECT COUNT(*) FROM {table} WHERE organization_id = '{NORTHWIND}'")).await;
        assert_eq!(left, 0, "{table}");
    }
    for table in tables_with(app, "installation_id").await {
        let left = app.scratch.number(&format!("SELECT COUNT(*) FROM {table} WHERE installation_id = '{id}'")).await;
        assert_eq!(left, 0, "{table}");
    }
}

async fn whoever_is_in_a_deleted_organization_goes_on_elsewhere(app: &App) {
    let ina = app.arrives(&person("Ina", "ina@elsewhere.example", true)).await;
    let own = ina.viewer().await["organization_id"].clone();
    assert_eq!(ina.create("Short-lived").await.status, 200);
    let id = ina.viewer().await["organization_id"].as_str().unwrap().to_owned();
    app.scratch.change(&format!("UPDATE organization SET delete_at = 1 WHERE id = '{id}'")).await;
    next_day(app).await;
    let viewer = ina.viewer().await;
    assert_eq!((&viewer["organization_id"], &viewer["role"]), (&own, &"admin".into()));
    assert_eq!(app.scratch.texts("SELECT organization_id FROM session").await, [own.as_str().unwrap()]);
}

async fn an_export_has_everything_but_secrets(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let (one, other) = (admin.install(&upstream).await, admin.install(&upstream).await);
    let address = admin.address(&one).await;
    for number in 0..3 {
        deliver(app, &address, alerts(&format!("a{number}"), &format!("Alert {number}"))).await;
    }
    assert_eq!(admin.uninstall(&other).await.status, 200);
    admin.invite("ina@elsewhere.example", "member").await;
    let token = app.invited("ina@elsewhere.example").await;
    let answer = admin.get("/organization/export").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"organization.json\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let document: Value = answer.json();
    assert_eq!(document["organization"]["name"], NAME);
    let number = |part: &str| document[part].as_array().unwrap().len();
    assert_eq!(["members", "invitations", "installations", "events"].map(number), [3, 1, 2, 3]);
    assert_eq!(document["installations"][0]["configuration"]["config.base_url"], upstream.url.as_str());
    assert!(document["audit"].as_array().unwrap().iter().any(|it| it["action"] == "organization.exported"));
    let inbound = address.path.trim_start_matches("/in/");
    let hash = app.scratch.texts("SELECT token_hash FROM installation").await;
    for secret in [GOOD_TOKEN, address.secret.as_str(), inbound, admin.session(), token.as_str(), hash[0].as_str()] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
    for key in ["token_hash", "sealed", "wrapped_key"] {
        assert!(!answer.body.contains(key), "{key}");
    }
}

async fn an_export_has_requests_with_all_that_was_said(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let approved = member.ask("monitor").await;
    for (browser, text) in [(&admin, "For which team?"), (&member, "The \"on-call\" one.")] {
        let said = browser.call("comment_approval", &[("id", &approved), ("text", text)]).await;
        assert_eq!(said.status, 200, "{said:?}");
    }
    assert_eq!(admin.answer(&approved, "approve").await.status, 200);
    let billing = app.sign_in("billing").await;
    let open = billing.ask("monitor").await;
    let document: Value = admin.get("/organization/export").await.good();
    let requests = document["approvals"].as_array().unwrap();
    assert_eq!(requests.iter().map(|it| it["id"].as_str().unwrap()).collect::<Vec<_>>(), [&approved, &open]);
    let it = &requests[0];
    for (key, value) in [
        ("listing", "monitor"),
        ("release", "1.0.0"),
        ("requester", "Max Member"),
        ("reason", "For the on-call team."),
        ("state", "approved"),
        ("answerer", "Ada Admin"),
        ("answer", "As discussed."),
    ] {
        assert_eq!(it[key], value, "{key} in {it}");
    }
    assert!(it["asked_because"].as_str().unwrap().contains("no rules") && it["ended_at"].is_string(), "{it}");
    let said = |at: usize| (it["comments"][at]["name"].as_str(), it["comments"][at]["text"].as_str());
    assert_eq!(said(0), (Some("Ada Admin"), Some("For which team?")));
    assert_eq!(said(1), (Some("Max Member"), Some("The \"on-call\" one.")));
    assert_eq!((&requests[1]["state"], &requests[1]["answer"]), (&"open".into(), &Value::Null));
    let foreign: Value = app.sign_in("partner").await.get("/organization/export").await.good();
    assert_eq!(foreign["approvals"], Value::Array(Vec::new()));
    // What nobody answered is over when its time is, whether or not the queue noticed.
    app.clock.advance(31 * DAY);
    let document: Value = app.sign_in("admin").await.get("/organization/export").await.good();
    assert_eq!(document["approvals"][1]["state"], "expired");
}

async fn an_export_is_for_admins(app: &App) {
    app.sign_in("member").await.get("/organization/export").await.problem(403, "forbidden");
    app.visitor().get("/organization/export").await.problem(401, "sign_in_required");
    assert_eq!(app.recorded(NORTHWIND, "organization.exported").await, 0);
    let foreign: Value = app.sign_in("partner").await.get("/organization/export").await.good();
    assert!(!foreign.to_string().to_lowercase().contains("northwind"));
}

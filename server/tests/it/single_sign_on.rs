//! An organization's own sign-in: connecting it, who comes in, what their sessions count for, requiring it.

use crate::harness::{Answer, App, Browser, MINUTE_MS, NORTHWIND, NameServer, Options, SITE, TestIssuer, person};
use contract::OrganizationId;
use serde_json::{Value, json};

on_both!(
    an_issuer_is_connected,
    an_issuer_must_answer_as_one,
    a_private_address_is_no_issuer,
    a_domain_is_verified_by_its_record,
    a_domain_belongs_to_one_organization,
    changes_need_a_fresh_sign_in,
    somebody_new_becomes_a_member,
    an_address_finds_its_organization,
    a_member_with_this_address_is_the_same_person,
    groups_decide_roles,
    an_organization_keeps_its_last_admin,
    strangers_do_not_come_in,
    issuers_can_not_be_mixed_up,
    a_bound_session_counts_for_one_organization,
    it_is_required_by_whoever_came_in_with_it,
    another_issuer_begins_anew,
);

/// The organization of the demo account `partner`.
const PROMETHEUS: &str = "org_demo_prometheus";
const SECRET: &str = "the-client-secret-4711";

struct World {
    node: App,
    dns: NameServer,
    issuer: TestIssuer,
}

async fn world(app: &App) -> World {
    let dns = NameServer::start().await;
    let node = app.node(Options { name_server: Some(dns.address), ..Options::default() }).await;
    World { node, dns, issuer: TestIssuer::start(1).await }
}

async fn save(admin: &Browser<'_>, issuer: &str, secret: &str) -> Answer {
    admin.call("save_issuer", &[("issuer", issuer), ("client_id", "marketplace"), ("client_secret", secret)]).await
}

async fn settings(admin: &Browser<'_>) -> Value {
    admin.call("organization_sign_in", &[]).await.good()
}

/// Claims a domain, publishes its record and verifies it.
async fn verify(dns: &NameServer, admin: &Browser<'_>, domain: &str) {
    admin.call("add_domain", &[("domain", domain)]).await.good::<()>();
    let all = settings(admin).await;
    let found = all["domains"].as_array().unwrap().iter().find(|it| it["domain"] == domain).unwrap();
    dns.publish(found["record_name"].as_str().unwrap(), found["record_value"].as_str().unwrap());
    admin.call("verify_domain", &[("domain", domain)]).await.good::<()>();
}

/// Northwind's issuer and domain, connected by its admin.
async fn connected(world: &World) -> Browser<'_> {
    let admin = world.node.sign_in("admin").await;
    save(&admin, world.issuer.url(), SECRET).await.good::<()>();
    verify(&world.dns, &admin, "northwind.example").await;
    admin
}

fn claims(name: &str, groups: &[&str]) -> Value {
    let email = format!("{}@northwind.example", name.to_lowercase());
    json!({ "sub": name, "name": name, "email": email, "email_verified": true, "groups": groups })
}

/// Comes in as somebody of Northwind.
async fn comes_in<'a>(world: &'a World, name: &str, groups: &[&str]) -> Browser<'a> {
    let mut browser = world.node.visitor();
    let answer = browser.comes_in(NORTHWIND, &world.issuer, &claims(name, groups)).await;
    assert_eq!((answer.status, answer.location()), (303, "/installed"), "{answer:?}");
    browser
}

/// The code that the sign-in page explains; there must be no session.
#[track_caller]
fn refused(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(answer.cookie("session"), None);
    let address = url::Url::parse(SITE).unwrap().join(answer.location()).unwrap();
    assert_eq!(address.path(), "/sign-in");
    address.query_pairs().find(|(key, _)| key == "error").unwrap().1.into_owned()
}

async fn an_issuer_is_connected(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let all = settings(&admin).await;
    assert_eq!(all["callback"], format!("{SITE}/auth/{NORTHWIND}/callback"));
    assert_eq!(all["issuer"]["issuer"], world.issuer.url());
    assert_eq!(all["issuer"]["has_secret"], true);
    assert_eq!(all["issuer"]["otherwise"], "member");
    assert!(!all.to_string().contains(SECRET));
    let audit: Value = admin.call("audit_trail", &[("query[action]", "issuer.changed")]).await.good();
    assert!(!audit.to_string().contains(SECRET), "{audit}");
    assert_eq!(app.recorded(NORTHWIND, "issuer.changed").await, 1);
    // Saving again without a secret keeps it; the issuer gets it in the exchange.
    save(&admin, world.issuer.url(), "").await.good::<()>();
    comes_in(&world, "Nina", &[]).await;
    let asked = world.issuer.upstream.seen().into_iter().find(|seen| seen.what == "POST /token").unwrap();
    let sent = format!("{} {}", asked.authorization(), asked.body);
    assert!(sent.contains("Basic ") || sent.contains(SECRET), "{sent}");
}

async fn an_issuer_must_answer_as_one(app: &App) {
    let world = world(app).await;
    let admin = world.node.sign_in("admin").await;
    for wrong in ["", "nonsense", "https://a.example/?x=1", &format!("{}/elsewhere", world.issuer.url())] {
        let problem = save(&admin, wrong, "").await.problem(422, "invalid");
        assert_eq!(problem["field"], "issuer", "{problem}");
    }
    // The document says another name than the address it is found at.
    let other = format!("{}/", world.issuer.url());
    let problem = save(&admin, &other, "").await.problem(422, "invalid");
    assert!(problem["detail"].as_str().unwrap().contains("names another issuer"), "{problem}");
    assert!(settings(&admin).await["issuer"].is_null());
    world.node.sign_in("member").await.call("organization_sign_in", &[]).await.problem(403, "forbidden");
}

async fn a_private_address_is_no_issuer(app: &App) {
    let issuer = TestIssuer::start(1).await;
    let node = app.node(Options { allow_private: "", ..Options::default() }).await;
    let admin = node.sign_in("admin").await;
    for address in [issuer.url(), "http://169.254.169.254", "https://[::1]", "https://2130706433"] {
        let problem = save(&admin, address, "").await.problem(422, "invalid");
        assert!(problem["detail"].as_str().unwrap().contains("not called from here"), "{problem}");
    }
    assert!(issuer.upstream.seen().is_empty());
}

async fn a_domain_is_verified_by_its_record(app: &App) {
    let world = world(app).await;
    let admin = world.node.sign_in("admin").await;
    admin.call("add_domain", &[("domain", " Northwind.EXAMPLE. ")]).await.good::<()>();
    admin.call("add_domain", &[("domain", "northwind.example")]).await.good::<()>();
    let one = settings(&admin).await["domains"][0].clone();
    assert_eq!(one["domain"], "northwind.example");
    let (name, value) = (one["record_name"].as_str().unwrap(), one["record_value"].as_str().unwrap());
    let problem = admin.call("verify_domain", &[("domain", "northwind.example")]).await.problem(422, "invalid");
    assert!(problem["detail"].as_str().unwrap().contains("DNS record: nothing is there."), "{problem}");
    world.dns.publish(name, "v=spf1 -all");
    world.dns.publish(name, &value.replace('=', "=x"));
    let problem = admin.call("verify_domain", &[("domain", "northwind.example")]).await.problem(422, "invalid");
    assert!(problem["detail"].as_str().unwrap().contains("not what we look for"), "{problem}");
    world.dns.publish(name, value);
    for _ in 0..2 {
        admin.call("verify_domain", &[("domain", "northwind.example")]).await.good::<()>();
    }
    assert!(settings(&admin).await["domains"][0]["verified_at"].is_number());
    assert_eq!(app.recorded(NORTHWIND, "domain.verified").await, 1);
    admin.call("verify_domain", &[("domain", "other.example")]).await.problem(404, "not_found");
    admin.call("add_domain", &[("domain", "127.0.0.1")]).await.problem(422, "invalid");
}

async fn a_domain_belongs_to_one_organization(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let partner = world.node.sign_in("partner").await;
    // What is claimed by one is not to be changed by another.
    partner.call("remove_domain", &[("domain", "northwind.example")]).await.problem(404, "not_found");
    partner.call("add_domain", &[("domain", "northwind.example")]).await.good::<()>();
    let theirs = settings(&partner).await["domains"][0].clone();
    let ours = settings(&admin).await["domains"][0].clone();
    assert_ne!(theirs["record_value"], ours["record_value"]);
    partner.call("verify_domain", &[("domain", "northwind.example")]).await.problem(422, "invalid");
    world.dns.publish(theirs["record_name"].as_str().unwrap(), theirs["record_value"].as_str().unwrap());
    partner.call("verify_domain", &[("domain", "northwind.example")]).await.problem(409, "conflict");
    admin.call("remove_domain", &[("domain", "northwind.example")]).await.good::<()>();
    partner.call("verify_domain", &[("domain", "northwind.example")]).await.good::<()>();
    assert_eq!(settings(&partner).await["domains"][0]["verified_at"].as_i64().map(|at| at > 0), Some(true));
}

async fn changes_need_a_fresh_sign_in(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    app.clock.advance(16 * MINUTE_MS);
    save(&admin, world.issuer.url(), "").await.problem(403, "sign_in_again");
    for (function, arguments) in [
        ("save_group_roles", vec![("claim", "groups"), ("otherwise", "")]),
        ("remove_issuer", vec![]),
        ("require_issuer", vec![("required", "true")]),
        ("add_domain", vec![("domain", "a.example")]),
        ("verify_domain", vec![("domain", "northwind.example")]),
        ("remove_domain", vec![("domain", "northwind.example")]),
    ] {
        admin.call(function, &arguments).await.problem(403, "sign_in_again");
    }
}

async fn somebody_new_becomes_a_member(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let nina = comes_in(&world, "Nina", &["anything"]).await;
    let viewer = nina.viewer().await;
    assert_eq!(viewer["organization_id"], NORTHWIND);
    assert_eq!(viewer["role"], "member");
    assert_eq!(viewer["email"], "nina@northwind.example");
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 1);
    assert!(settings(&admin).await["issuer"]["proven_at"].is_number());
    // The second time it is the same person.
    let again = comes_in(&world, "Nina", &[]).await;
    assert_eq!(again.viewer().await["user_id"], viewer["user_id"]);
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 1);
    assert_eq!(
        app.scratch.number("SELECT COUNT(*) FROM membership WHERE organization_id = 'org_demo_northwind'").await,
        4
    );
}

async fn an_address_finds_its_organization(app: &App) {
    let world = world(app).await;
    let visitor = world.node.visitor();
    let ask = |email: &'static str| {
        let visitor = &visitor;
        async move { visitor.post("/auth/organization", &[("email", email), ("return_to", "/installed")]).await }
    };
    assert_eq!(refused(&ask("nina@northwind.example").await), "unknown");
    connected(&world).await;
    let there = ask(" Nina@NORTHWIND.example ").await.refreshes_to();
    assert!(there.as_str().starts_with(&format!("{}/authorize", world.issuer.url())), "{there}");
    assert!(there.query_pairs().any(|(key, value)| key == "login_hint" && value == "Nina@NORTHWIND.example"));
    for other in ["nina@other.example", "nina", "", "northwind.example", "a@northwind.example@evil.example"] {
        assert_eq!(refused(&ask(other).await), "unknown", "{other}");
    }
    let page = visitor.get("/sign-in").await;
    assert!(page.body.contains("/auth/organization"), "the page offers it");
}

async fn a_member_with_this_address_is_the_same_person(app: &App) {
    let world = world(app).await;
    connected(&world).await;
    let ada = comes_in(&world, "Ada", &[]).await;
    let viewer = ada.viewer().await;
    assert_eq!((&viewer["user_id"], &viewer["role"]), (&json!("usr_demo_admin"), &json!("admin")));
    assert_eq!(viewer["name"], "Ada Admin", "another issuer vouches for the name too");
    assert_eq!(app.recorded(NORTHWIND, "member.joined").await, 0);
    // Whoever is no member is somebody else, also with a known address.
    let eve = person("Eve", "eve@northwind.example", true);
    let outside = world.node.arrives(&eve).await.viewer().await["user_id"].clone();
    let inside = comes_in(&world, "Eve", &[]).await.viewer().await["user_id"].clone();
    assert_ne!(outside, inside);
}

async fn groups_decide_roles(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let roles = [
        ("claim", "groups"),
        ("otherwise", ""),
        ("roles[0][group]", "platform"),
        ("roles[0][role]", "admin"),
        ("roles[1][group]", "on-call"),
        ("roles[1][role]", "member"),
        ("roles[2][group]", ""),
        ("roles[2][role]", "member"),
    ];
    admin.call("save_group_roles", &roles).await.good::<()>();
    let role = |browser: Value| browser["role"].as_str().unwrap().to_owned();
    assert_eq!(role(comes_in(&world, "Nina", &["on-call", "platform"]).await.viewer().await), "admin");
    assert_eq!(role(comes_in(&world, "Nina", &["on-call"]).await.viewer().await), "member");
    assert_eq!(app.recorded(NORTHWIND, "member.role").await, 1);
    let answer = world.node.visitor().comes_in(NORTHWIND, &world.issuer, &claims("Nina", &["sales"])).await;
    assert_eq!(refused(&answer), "role");
    let problem = admin.call("save_group_roles", &[("claim", ""), ("otherwise", "")]).await.problem(422, "invalid");
    assert_eq!(problem["field"], "claim");
    world.node.sign_in("partner").await.call("save_group_roles", &roles).await.problem(404, "not_found");
}

async fn an_organization_keeps_its_last_admin(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let roles = [("claim", "groups"), ("otherwise", "member"), ("roles[0][group]", "x"), ("roles[0][role]", "member")];
    admin.call("save_group_roles", &roles).await.good::<()>();
    assert_eq!(comes_in(&world, "Ada", &["x"]).await.viewer().await["role"], "admin");
}

async fn strangers_do_not_come_in(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let mut wrong = claims("Nina", &[]);
    wrong["email_verified"] = json!(false);
    let mut foreign = claims("Nina", &[]);
    foreign["email"] = json!("nina@elsewhere.example");
    let mut below = claims("Nina", &[]);
    below["email"] = json!("nina@mail.northwind.example");
    for (claims, code) in [(&wrong, "email"), (&foreign, "domain"), (&below, "domain")] {
        let answer = world.node.visitor().comes_in(NORTHWIND, &world.issuer, claims).await;
        assert_eq!(refused(&answer), code);
    }
    admin.call("save_group_roles", &[("claim", "groups"), ("otherwise", "")]).await.good::<()>();
    let answer = world.node.visitor().comes_in(NORTHWIND, &world.issuer, &claims("Nina", &[])).await;
    assert_eq!(refused(&answer), "role");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM person WHERE name = 'Nina'").await, 0);
}

async fn issuers_can_not_be_mixed_up(app: &App) {
    let world = world(app).await;
    connected(&world).await;
    let evil = TestIssuer::start(2).await;
    let partner = world.node.sign_in("partner").await;
    save(&partner, evil.url(), "").await.good::<()>();
    verify(&world.dns, &partner, "prometheus.example").await;
    // The answer of one at the address of the other: the state belongs to one issuer, the code goes nowhere.
    let mut victim = world.node.visitor();
    let asked = victim.goes_to_issuer(NORTHWIND).await;
    assert_eq!(refused(&victim.comes_back(PROMETHEUS, &asked).await), "expired");
    // An answer that names the other.
    let asked = victim.goes_to_issuer(NORTHWIND).await;
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("iss", evil.url()).finish();
    let path = format!("/auth/{NORTHWIND}/callback?code=c&state={}&{query}", asked["state"]);
    assert_eq!(refused(&victim.get(&path).await), "failed");
    assert!(!evil.was_asked_for_tokens() && !world.issuer.was_asked_for_tokens());
    // A token of the other: by its own name, and by a false name.
    for name in [evil.url(), world.issuer.url()] {
        let asked = victim.goes_to_issuer(PROMETHEUS).await;
        let mut token = claims("Ada", &[]);
        token["iss"] = json!(name);
        evil.vouches(&asked, &token);
        let answer = victim.comes_back(PROMETHEUS, &asked).await;
        let code = if name == evil.url() { "domain" } else { "failed" };
        assert_eq!(refused(&answer), code, "it vouches for its own domains and by its own name only");
    }
    let asked = victim.goes_to_issuer(NORTHWIND).await;
    world.issuer.upstream.answer("POST /token", evil.signs(&asked, &claims("Ada", &[])));
    assert_eq!(refused(&victim.comes_back(NORTHWIND, &asked).await), "failed");
}

async fn a_bound_session_counts_for_one_organization(app: &App) {
    let world = world(app).await;
    let partner = world.node.sign_in("partner").await;
    save(&partner, world.issuer.url(), "").await.good::<()>();
    verify(&world.dns, &partner, "prometheus.example").await;
    partner.call("create_organization", &[("name", "Another")]).await.good::<()>();
    assert_eq!(partner.viewer().await["partner"], "prometheus");
    let paula = json!({ "sub": "p", "name": "P", "email": "paula@prometheus.example", "email_verified": true });
    let mut bound = world.node.visitor();
    assert_eq!(bound.comes_in(PROMETHEUS, &world.issuer, &paula).await.status, 303);
    let viewer = bound.viewer().await;
    assert_eq!(viewer["user_id"], partner.viewer().await["user_id"]);
    assert_eq!(viewer["organization_id"], PROMETHEUS);
    assert!(viewer["partner"].is_null() && viewer["partner_role"].is_null(), "{viewer}");
    bound.call("partner_dashboard", &[]).await.problem(403, "forbidden");
    let mine: Value = bound.call("my_organizations", &[]).await.good();
    assert_eq!(mine.as_array().unwrap().len(), 1, "{mine}");
    let all: Value = partner.call("my_organizations", &[]).await.good();
    let other = all.as_array().unwrap().iter().find(|it| it["id"] != PROMETHEUS).unwrap()["id"].as_str().unwrap();
    bound.call("switch_organization", &[("organization", other)]).await.problem(403, "forbidden");
    bound.call("leave_organization", &[("organization", other)]).await.problem(403, "forbidden");
    bound.call("create_organization", &[("name", "Third")]).await.problem(403, "forbidden");
    bound.call("delete_account", &[("confirm", "paula@prometheus.example")]).await.problem(403, "forbidden");
    bound.call("revoke_other_sessions", &[]).await.problem(403, "forbidden");
    assert_eq!(bound.get("/account/export").await.status, 403);
    let sessions: Value = bound.call("sessions", &[]).await.good();
    assert_eq!(sessions.as_array().unwrap().len(), 1, "{sessions}");
    let theirs = app.scratch.texts("SELECT id FROM session WHERE bound = FALSE ORDER BY created_at DESC").await;
    bound.call("revoke_session", &[("id", &theirs[0])]).await.problem(404, "not_found");
    let inbox: Value = bound.call("inbox", &[]).await.good();
    let full: Value = partner.call("inbox", &[]).await.good();
    let of = |inbox: &Value| inbox["notices"].as_array().unwrap().len();
    assert!(of(&inbox) <= of(&full));
    // Removed from the organization, the session ends instead of going over to another.
    app.scratch.change("DELETE FROM membership WHERE organization_id = 'org_demo_prometheus'").await;
    assert!(bound.viewer().await.is_null());
}

async fn it_is_required_by_whoever_came_in_with_it(app: &App) {
    let world = world(app).await;
    let admin = connected(&world).await;
    let member = world.node.sign_in("member").await;
    admin.call("require_issuer", &[("required", "true")]).await.problem(409, "conflict");
    let ada = comes_in(&world, "Ada", &[]).await;
    let nina = comes_in(&world, "Nina", &[]).await;
    nina.call("require_issuer", &[("required", "true")]).await.problem(403, "forbidden");
    ada.call("require_issuer", &[("required", "true")]).await.good::<()>();
    assert_eq!(app.recorded(NORTHWIND, "sign_in.required").await, 1);
    assert!(admin.viewer().await.is_null() && member.viewer().await.is_null(), "other sessions have ended");
    assert_eq!(nina.viewer().await["organization_id"], NORTHWIND);
    // Nobody comes in another way.
    world.node.visitor().post("/auth/demo", &[("key", "member")]).await.problem(403, "forbidden");
    let paula = world.node.sign_in("partner").await;
    ada.invite("paula@prometheus.example", "member").await.good::<()>();
    let invitation = app.invited("paula@prometheus.example").await;
    paula.join(&invitation).await.problem(403, "forbidden");
    paula.call("switch_organization", &[("organization", NORTHWIND)]).await.problem(403, "forbidden");
    // Who belongs to another organization too goes on there.
    app.scratch
        .change("INSERT INTO membership (person_id, organization_id, role, created_at) VALUES ('usr_demo_member', 'org_demo_prometheus', 'member', 1)")
        .await;
    let max = world.node.sign_in("member").await;
    assert_eq!(max.viewer().await["organization_id"], PROMETHEUS);
    max.call("switch_organization", &[("organization", NORTHWIND)]).await.problem(403, "forbidden");
    // Whoever runs the marketplace can open the door again.
    assert!(
        domain::single_sign_on::make_optional(&world.node.services, &OrganizationId::from(NORTHWIND)).await.unwrap()
    );
    assert!(
        !domain::single_sign_on::make_optional(&world.node.services, &OrganizationId::from(NORTHWIND)).await.unwrap()
    );
    max.call("switch_organization", &[("organization", NORTHWIND)]).await.good::<()>();
}

async fn another_issuer_begins_anew(app: &App) {
    let world = world(app).await;
    connected(&world).await;
    let ada = comes_in(&world, "Ada", &[]).await;
    let other = TestIssuer::start(2).await;
    save(&ada, other.url(), "").await.problem(403, "forbidden");
    ada.call("remove_issuer", &[]).await.problem(403, "forbidden");
    let admin = world.node.sign_in("admin").await;
    save(&admin, other.url(), "").await.good::<()>();
    assert!(ada.viewer().await.is_null(), "sessions of the issuer before have ended");
    let all = settings(&admin).await;
    assert_eq!((&all["issuer"]["has_secret"], &all["issuer"]["proven_at"]), (&json!(false), &Value::Null));
    let mut browser = world.node.visitor();
    assert_eq!(browser.comes_in(NORTHWIND, &other, &claims("Ada", &[])).await.status, 303);
    admin.call("remove_issuer", &[]).await.good::<()>();
    assert!(browser.viewer().await.is_null());
    assert!(settings(&admin).await["issuer"].is_null());
    browser.post(&format!("/auth/{NORTHWIND}/start"), &[]).await.problem(404, "not_found");
}

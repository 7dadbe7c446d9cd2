//! What everything that can be called must withstand, so that nothing new is forgotten: ids of other organizations,
//! requests from other sites, fields that nobody asked for, bodies that are too large.

use crate::harness::sold::{keep, subscription};
use crate::harness::{Answer, App, Browser, HOST, NORTHWIND, SITE, Upstream};
use axum::body::Body;
use axum::http::{Method, header};
use contract::billing::Interval;
use contract::money::{Currency, Money};
use contract::offer::OfferState;
use contract::token::NewTokenView;
use domain::billing::entitlement::Status;
use domain::ports::{Effects, Offer};
use serde_json::{Value, json};
use server::access::{Access, TABLE};
use std::collections::BTreeSet;

on_both!(
    no_guessed_id_opens_anything,
    nothing_is_changed_from_another_site,
    fields_that_nobody_asked_for_change_nothing,
    bodies_that_are_too_large_are_refused,
);

/// Server functions that take the id of something of an organization or person, with arguments. `<kind>` is the id.
const WITH_IDS: &[(&str, &[(&str, &str)])] = &[
    ("wizard", &[("listing", "monitor"), ("installation", "<installation>")]),
    (
        "save_connection",
        &[("listing", "monitor"), ("installation", "<installation>"), ("fields[auth.token]", "stolen")],
    ),
    ("test_connection", &[("listing", "monitor"), ("installation", "<installation>")]),
    ("prove_connection", &[("listing", "monitor"), ("installation", "<installation>"), ("capability", "alerts")]),
    ("installation", &[("id", "<installation>")]),
    ("uninstall", &[("id", "<installation>")]),
    ("mark_read", &[("id", "<notice>")]),
    ("revoke_token", &[("id", "<token>")]),
    ("revoke_session", &[("id", "<session>")]),
    ("resend_invitation", &[("id", "<invitation>")]),
    ("revoke_invitation", &[("id", "<invitation>")]),
    ("set_member_role", &[("person", "<person>"), ("role", "member")]),
    ("remove_member", &[("person", "<person>")]),
    ("transfer_organization", &[("person", "<person>")]),
    ("leave_organization", &[("organization", "<organization>")]),
    ("switch_organization", &[("organization", "<organization>")]),
    ("approval", &[("id", "<approval>")]),
    ("comment_approval", &[("id", "<approval>"), ("text", "Let me in.")]),
    ("answer_approval", &[("id", "<approval>"), ("answer", "approve"), ("text", "Yes.")]),
    (
        "answer_approval_by_link",
        &[("id", "<approval>"), ("answer", "approve"), ("recipient", "<person>"), ("sig", "0")],
    ),
    ("withdraw_approval", &[("id", "<approval>")]),
    ("subscription_change", &[("id", "<subscription>"), ("plan", "team")]),
    ("change_subscription", &[("id", "<subscription>"), ("plan", "team"), ("at", "0"), ("total", "0")]),
    ("decide_subscription", &[("id", "<subscription>"), ("deed", "cancel")]),
    ("decline_offer", &[("id", "<offer>")]),
    ("withdraw_offer", &[("id", "<offer>")]),
    ("set_cap", &[("subscription", "<subscription>"), ("cap", "1"), ("at", "stop")]),
];

/// Server functions that take no such id: they work with what the session says, with the catalogue, or with a secret.
const WITHOUT_IDS: &[&str] = &[
    "organization_sign_in",
    "save_issuer",
    "save_group_roles",
    "remove_issuer",
    "require_issuer",
    "add_domain",
    "verify_domain",
    "remove_domain",
    "viewer",
    "sign_in_options",
    "home",
    "happened",
    "insight",
    "search",
    "suggest",
    "categories",
    "compare",
    "collections",
    "collection",
    "partner_page",
    "coverage_map",
    "advice",
    "trending",
    "for_your_stack",
    "listing",
    "standing",
    "pricing",
    "request_integration",
    "begin_install",
    "installations",
    "audit_trail",
    "audit_stream",
    "set_audit_stream",
    "test_audit_stream",
    "resume_audit_stream",
    "turn_off_audit_stream",
    "inbox",
    "bill",
    "partner_offers",
    "make_offer",
    "set_budget",
    "set_preference",
    "api_tokens",
    "create_token",
    "organization",
    "rename_organization",
    "set_currency",
    "schedule_organization_deletion",
    "keep_organization",
    "members",
    "invitations",
    "invite_member",
    "invitation",
    "accept_invitation",
    "my_organizations",
    "create_organization",
    "sessions",
    "revoke_other_sessions",
    "delete_account",
    "policy",
    "policy_draft",
    "save_policy",
    "dry_run_policy",
    "approvals",
    "request_approval",
    "partner_dashboard",
    "revenue",
    "requested_listings",
    // Reviews are public, and so are their ids; one's own is found by the listing.
    "reviews",
    "review_form",
    "write_review",
    "delete_review",
    "vote_review",
    "report_review",
    "answer_review",
    "moderation",
    "decide_review",
];

/// Other routes with such an id in their address.
const PATHS: &[(&str, &str)] = &[
    ("GET", "/installed/:id <installation>"),
    ("GET", "/approvals/:id <approval>"),
    ("GET", "/billing/:id <subscription>"),
    ("GET", "/installed/{id}/events <installation>"),
    ("GET", "/api/v1/installations/{id} <installation>"),
    ("DELETE", "/api/v1/installations/{id} <installation>"),
    ("GET", "/api/v1/installations/{id}/events <installation>"),
    ("GET", "/api/v1/approvals/{id} <approval>"),
    ("POST", "/api/v1/approvals/{id}/answer <approval>"),
    // The id is a listing's, which is public; anything else is none.
    ("POST", "/api/v1/listings/{id}/reviews <installation>"),
];

#[test]
fn every_function_and_route_is_known_to_take_ids_or_not() {
    let known: BTreeSet<&str> = WITH_IDS.iter().map(|(name, _)| *name).chain(WITHOUT_IDS.iter().copied()).collect();
    let there = TABLE.iter().filter_map(|it| it.path.strip_prefix("/api/fn/")).filter(|name| !name.starts_with('{'));
    assert_eq!(known, there.collect(), "add what is new to WITH_IDS or WITHOUT_IDS");
    let paths: BTreeSet<(&str, &str)> =
        PATHS.iter().map(|(method, path)| (*method, path.split(' ').next().unwrap())).collect();
    let needs = |it: &&server::access::Entry| matches!(it.access, Access::Needs(_));
    let there = TABLE.iter().filter(needs).map(|it| (it.method, it.path));
    assert_eq!(paths, there.filter(|(_, path)| path.contains("/:") || path.contains("/{id}")).collect());
}

/// A token with every scope.
async fn bearer(browser: &Browser<'_>) -> String {
    let scopes = contract::token::Scope::ALL.map(contract::token::Scope::as_str);
    let keys: Vec<String> = (0..scopes.len()).map(|at| format!("scopes[{at}]")).collect();
    let mut form = vec![("name", "Everything"), ("days", "1")];
    form.extend(keys.iter().map(String::as_str).zip(scopes));
    format!("Bearer {}", browser.call("create_token", &form).await.good::<NewTokenView>().secret)
}

/// Something of each kind in Northwind: kind and id.
async fn things(app: &App, admin: &Browser<'_>, upstream: &Upstream) -> Vec<(&'static str, String)> {
    let installation = admin.install(upstream).await;
    let approval = app.sign_in("member").await.ask("monitor").await;
    admin.invite("ina@elsewhere.example", "member").await;
    bearer(admin).await;
    keep(app, &subscription(app, "sub_northwind_000001", "team", Status::Active)).await;
    let now = app.services.clock.now();
    let offer = Offer {
        id: "off_northwind_000001".to_owned(),
        partner: "example-labs".into(),
        organization: NORTHWIND.into(),
        listing: "monitor".into(),
        plan: "team".to_owned(),
        message: String::new(),
        price: Money::new(1_000, Currency::USD),
        interval: Interval::Monthly,
        months: 12,
        state: OfferState::Open,
        created_by: "usr_demo_partner".into(),
        created_at: now,
        expires_at: now.plus_ms(86_400_000),
    };
    app.services.offers.add_offer(&offer, &Effects::default()).await.unwrap();
    let one = async |sql: &str| app.scratch.texts(sql).await.pop().unwrap();
    vec![
        ("<installation>", installation),
        ("<approval>", approval),
        ("<notice>", one("SELECT id FROM notice WHERE person_id = 'usr_demo_admin' AND read_at IS NULL").await),
        ("<token>", one("SELECT id FROM api_token").await),
        ("<session>", one("SELECT id FROM session WHERE person_id = 'usr_demo_member'").await),
        ("<invitation>", one("SELECT id FROM invitation").await),
        ("<person>", "usr_demo_member".to_owned()),
        ("<organization>", NORTHWIND.to_owned()),
        ("<subscription>", "sub_northwind_000001".to_owned()),
        ("<offer>", "off_northwind_000001".to_owned()),
    ]
}

/// Everything that Northwind has, as text.
async fn picture(app: &App) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT id || state || config || CAST(revision AS TEXT) FROM installation ORDER BY id",
        "SELECT id || state || CAST(revision AS TEXT) FROM approval ORDER BY id",
        "SELECT text FROM approval_comment ORDER BY id",
        "SELECT id FROM notice WHERE read_at IS NULL AND person_id LIKE 'usr_demo_%' ORDER BY id",
        "SELECT id FROM api_token WHERE revoked_at IS NULL ORDER BY id",
        "SELECT id FROM session WHERE person_id = 'usr_demo_member' ORDER BY id",
        "SELECT id || email || CAST(expires_at AS TEXT) FROM invitation ORDER BY id",
        "SELECT person_id || organization_id || role FROM membership ORDER BY person_id, organization_id",
        "SELECT id || name FROM organization ORDER BY id",
        "SELECT id || kind FROM job ORDER BY id",
        "SELECT id || state FROM offer ORDER BY id",
        "SELECT id || plan || status FROM subscription ORDER BY id",
        "SELECT subscription || CAST(cap AS TEXT) FROM usage_cap ORDER BY subscription",
    ] {
        all.extend(app.scratch.texts(sql).await);
    }
    let trail = app.services.audit.audit_end(&NORTHWIND.into()).await.unwrap();
    all.push(trail.to_string());
    all
}

/// An id of the same kind that nobody has.
fn nobodys(id: &str) -> String {
    let (head, _) = id.split_at(id.len() - 6);
    format!("{head}zzzzzz")
}

/// What an answer tells: status and body, without what differs each time.
fn told(answer: &Answer, id: &str) -> (u16, String) {
    let body = match serde_json::from_str::<Value>(&answer.body) {
        Ok(Value::Object(mut object)) => {
            object.remove("trace_id");
            Value::Object(object).to_string().replace(id, "…")
        }
        Ok(other) => other.to_string(),
        // Pages carry nonces and their own address; that nothing foreign is in them is looked at apart.
        Err(_) => String::new(),
    };
    (answer.status, body)
}

async fn no_guessed_id_opens_anything(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let things = things(app, &admin, &upstream).await;
    let stranger = app.sign_in("partner").await;
    let bearer = bearer(&stranger).await;
    let before = (picture(app).await, upstream.seen().len());
    let of = |text: &str| things.iter().find(|(kind, _)| text.contains(kind));
    for (name, arguments) in WITH_IDS {
        let mut answers = Vec::new();
        for guess in [true, false] {
            app.clock.advance(1000);
            let (_, id) = arguments.iter().find_map(|(_, value)| of(value)).unwrap();
            let tried = if guess { id.clone() } else { nobodys(id) };
            let filled: Vec<(&str, String)> = arguments
                .iter()
                .map(|(key, value)| {
                    let other = of(value).map_or((*value).to_owned(), |(_, id)| id.clone());
                    (*key, if other == *id { tried.clone() } else { other })
                })
                .collect();
            let filled: Vec<(&str, &str)> = filled.iter().map(|(key, value)| (*key, value.as_str())).collect();
            let answer = stranger.call(name, &filled).await;
            assert!(!answer.body.contains(&upstream.url), "{name}: {answer:?}");
            answers.push(told(&answer, &tried));
        }
        assert_eq!(answers[0], answers[1], "{name}: what is foreign looks like what is not there");
        assert!(matches!(answers[0].0, 200 | 403 | 404), "{name}: {answers:?}");
    }
    for (method, path) in PATHS {
        let (path, kind) = path.split_once(' ').unwrap();
        let mut answers = Vec::new();
        for guess in [true, false] {
            app.clock.advance(1000);
            let (_, id) = of(kind).unwrap();
            let tried = if guess { id.clone() } else { nobodys(id) };
            let request = stranger
                .request(method.parse::<Method>().unwrap(), &path.replace(":id", &tried).replace("{id}", &tried))
                .header(header::ORIGIN, SITE)
                .header(header::AUTHORIZATION, &bearer)
                .header(header::CONTENT_TYPE, "application/json");
            let body = json!({ "answer": "approve", "text": "Yes." }).to_string();
            let answer = stranger.send(request.body(Body::from(body)).unwrap()).await;
            assert!(!answer.body.contains(&upstream.url), "{path}: {answer:?}");
            answers.push(told(&answer, &tried));
        }
        assert_eq!((&answers[0], answers[0].0), (&answers[1], 404), "{method} {path}");
    }
    assert_eq!((picture(app).await, upstream.seen().len()), before, "nothing was changed or called");
}

async fn nothing_is_changed_from_another_site(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let things = things(app, &admin, &upstream).await;
    let before = picture(app).await;
    let mut tried = 0;
    for entry in TABLE {
        // REST takes no cookies, and what is delivered brings a secret of its own: there is nothing to borrow.
        let changing = entry.method == "POST" || entry.method == "DELETE";
        // What proves itself otherwise: tokens, and signed or secret deliveries of other systems.
        if !changing || ["/api/v1/", "/in/", "/webhooks/"].iter().any(|it| entry.path.starts_with(it)) {
            continue;
        }
        let name = entry.path.trim_start_matches("/api/fn/");
        let arguments = WITH_IDS.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, arguments)| arguments);
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in arguments {
            let id = things.iter().find(|(kind, _)| kind == value).map_or(*value, |(_, id)| id);
            form.append_pair(key, id);
        }
        let body = form.finish();
        for (header_name, value) in
            [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
        {
            let path = entry.path.replace("{provider}", "corporate");
            let request = admin
                .request(Method::POST, &path)
                .header(header_name, value)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let answer = admin.send(request.body(Body::from(body.clone())).unwrap()).await;
            let problem = answer.problem(403, "forbidden");
            assert_eq!(problem["title"], "Request from another site", "{path} with {header_name} {value}");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
    assert_eq!(picture(app).await, before);
    assert_eq!(admin.viewer().await["name"], "Ada Admin", "still signed in");
}

async fn fields_that_nobody_asked_for_change_nothing(app: &App) {
    let upstream = Upstream::start().await;
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    // More than one is: neither a role nor another organization comes with the form.
    let form = [("key", "member"), ("role", "admin"), ("organization", "org_demo_staff"), ("staff", "operator")];
    let mut again = app.visitor();
    again.keep_cookies(&app.visitor().post("/auth/demo", &form).await);
    let viewer = again.viewer().await;
    assert_eq!(
        (&viewer["role"], &viewer["organization_id"], &viewer["staff"]),
        (&"member".into(), &NORTHWIND.into(), &Value::Null)
    );

    let created = member
        .call(
            "create_organization",
            &[("name", "Mine"), ("id", NORTHWIND), ("creator", "usr_demo_admin"), ("role", "admin")],
        )
        .await;
    assert_eq!(created.status, 200);
    let viewer = member.viewer().await;
    assert_ne!(viewer["organization_id"], NORTHWIND);
    assert_eq!(
        app.scratch.texts(&format!("SELECT name FROM organization WHERE id = '{NORTHWIND}'")).await,
        ["Northwind Operations"]
    );

    assert_eq!(member.switch(NORTHWIND).await.status, 200);
    let token: NewTokenView = member
        .call(
            "create_token",
            &[
                ("name", "T"),
                ("days", "1"),
                ("scopes[0]", "audit:read"),
                ("id", "tok_chosen"),
                ("person", "usr_demo_admin"),
                ("organization", "org_demo_staff"),
                ("hash", "0"),
                ("expires_at", "9999999999999"),
            ],
        )
        .await
        .good();
    assert_ne!(token.token.id.as_str(), "tok_chosen");
    let owner = app.scratch.texts("SELECT person_id || ' ' || organization_id FROM api_token").await;
    assert_eq!(owner, [format!("usr_demo_member {NORTHWIND}")]);
    let day = 86_400_000;
    assert!(token.token.expires_at.since(token.token.created_at) == day, "{token:?}");

    let asked = member
        .call(
            "request_approval",
            &[
                ("listing", "monitor"),
                ("reason", "R"),
                ("state", "approved"),
                ("answered_by", "usr_demo_admin"),
                ("requested_by", "usr_demo_admin"),
            ],
        )
        .await;
    assert_eq!(asked.status, 200, "{asked:?}");
    let stored = app
        .scratch
        .texts("SELECT state || ' ' || requested_by || ' ' || COALESCE(answered_by, '-') FROM approval")
        .await;
    assert_eq!(stored, ["open usr_demo_member -"]);

    let id = admin.begin("monitor").await;
    let saved = admin
        .call(
            "save_connection",
            &[
                ("listing", "monitor"),
                ("installation", &id),
                ("fields[config.base_url]", &upstream.url),
                ("fields[config.limit]", "10"),
                ("fields[auth.token]", "t"),
                ("fields[config.not_declared]", "x"),
                ("fields[state]", "receiving"),
                ("state", "receiving"),
                ("organization", "org_demo_staff"),
                ("first_proof_at", "1"),
            ],
        )
        .await;
    assert!(matches!(saved.status, 200 | 422), "{saved:?}");
    let stored = app.scratch.texts("SELECT state || ' ' || organization_id || ' ' || config FROM installation").await;
    assert!(stored[0].starts_with(&format!("setup {NORTHWIND} ")) && !stored[0].contains("not_declared"), "{stored:?}");

    let chosen = [("kind", "security"), ("choice", "off"), ("person", "usr_demo_admin")];
    assert_eq!(member.call("set_preference", &chosen).await.status, 200);
    assert_eq!(app.scratch.texts("SELECT person_id FROM notice_preference").await, ["usr_demo_member"]);
}

/// The limit of forms, server functions and REST.
const LIMIT: usize = 256 * 1024;

async fn bodies_that_are_too_large_are_refused(app: &App) {
    let admin = app.sign_in("admin").await;
    let bearer = bearer(&admin).await;
    for (path, kind) in [
        ("/api/fn/rename_organization", "application/x-www-form-urlencoded"),
        ("/api/fn/search", "application/json"),
        ("/auth/demo", "application/x-www-form-urlencoded"),
        ("/theme", "application/x-www-form-urlencoded"),
        ("/api/v1/installations", "application/json"),
    ] {
        let padding = "x".repeat(LIMIT);
        let body = if kind.ends_with("json") {
            format!(r#"{{"listing":"monitor","query":{{"q":"{padding}"}}}}"#)
        } else {
            format!("name={padding}&key=admin&theme=dark")
        };
        for length in [true, false] {
            let mut request = admin
                .request(Method::POST, path)
                .header(header::ORIGIN, SITE)
                .header(header::CONTENT_TYPE, kind)
                .header(header::ACCEPT, "application/json")
                .header(header::AUTHORIZATION, &bearer);
            if length {
                request = request.header(header::CONTENT_LENGTH, body.len());
            }
            // In pieces, as somebody sends it who does not tell how much will come.
            let pieces: Vec<Result<String, std::io::Error>> =
                body.as_bytes().chunks(8000).map(|piece| Ok(String::from_utf8_lossy(piece).into_owned())).collect();
            let body = Body::from_stream(futures::stream::iter(pieces));
            let answer = admin.send(request.body(body).unwrap()).await;
            assert_eq!(answer.status, 413, "{path} ({HOST}): {answer:?}");
        }
    }
    assert_eq!(admin.viewer().await["organization_name"], "Northwind Operations");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 0);
}

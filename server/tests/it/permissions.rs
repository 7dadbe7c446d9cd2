//! Every route and server function as every role, compared with the table; and the table with what there is.

use crate::harness::{App, Browser, SITE, Upstream};
use axum::body::Body;
use axum::http::{Method, header};
use contract::account::{OrganizationRole, PartnerRole, StaffRole, Viewer};
use domain::permission::Role;
use server::access::{Access, Entry, TABLE};
use std::collections::BTreeSet;

on_both!(every_role_may_what_the_table_says);

/// Paths of pages in the router's spelling.
fn page_paths() -> Vec<String> {
    leptos_axum::generate_route_list(app::App)
        .iter()
        .map(|route| route.path().replace('{', ":").replace('}', ""))
        .collect()
}

// The list of pages is made by rendering them, which needs a runtime.
#[tokio::test]
async fn the_table_lists_every_route_and_nothing_else() {
    let mut there: BTreeSet<(String, String)> = BTreeSet::new();
    there.extend(server::router::routes().into_iter().map(|(method, path)| (method.to_owned(), path.to_owned())));
    there
        .extend(leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned())));
    there.extend(page_paths().into_iter().map(|path| ("GET".to_owned(), path)));
    let listed: BTreeSet<_> = TABLE.iter().map(|it| (it.method.to_owned(), it.path.to_owned())).collect();
    assert_eq!(listed.len(), TABLE.len(), "no line stands twice");
    let missing: Vec<_> = there.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not in server/src/access.rs: {missing:#?}\nno such route: {gone:#?}"
    );
}

#[test]
fn the_document_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/permissions.md");
    let document = server::command::permissions::document();
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        document,
        "write it anew: marketplace permissions > docs/permissions.md"
    );
}

/// The demo account that stands for a role.
const fn account(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::BillingAdmin => "billing",
        Role::Admin => "admin",
        Role::PartnerMember => "partner-member",
        Role::PartnerAdmin => "partner",
        Role::Reviewer => "reviewer",
        Role::Operator => "operator",
    }
}

/// Arguments that make sense, so that a call is refused for who asks and not for what.
fn arguments(path: &str, installation: &str) -> Vec<(&'static str, String)> {
    let fixed: &[(&str, &str)] = match path.trim_start_matches("/api/fn/") {
        "suggest" => &[("q", "mon")],
        "partner_page" => &[("id", "prometheus")],
        "listing" | "standing" | "pricing" | "advice" | "reviews" | "review_form" => &[("id", "monitor")],
        "request_integration" => &[("id", "lumen")],
        "begin_install" | "wizard" => &[("listing", "monitor")],
        "save_connection" | "test_connection" => &[("listing", "monitor"), ("installation", "")],
        "prove_connection" => &[("listing", "monitor"), ("installation", ""), ("capability", "alerts")],
        "installation" | "uninstall" => &[("id", "")],
        "policy_draft" => &[("query", "do=add&outcome=allow")],
        "set_audit_stream" => &[("url", "nothing")],
        "set_cap" => &[("subscription", "sub_none"), ("cap", "10"), ("at", "stop")],
        "subscription_change" => &[("id", "sub_none"), ("plan", "team")],
        "change_subscription" => &[("id", "sub_none"), ("plan", "team"), ("at", "0"), ("total", "0")],
        "decide_subscription" => &[("id", "sub_none"), ("deed", "cancel")],
        "decline_offer" | "withdraw_offer" => &[("id", "off_none")],
        "make_offer" => &[("choice", "monitor.team"), ("organization", "org_none"), ("price", "10")],
        "set_budget" => &[("amount", "100")],
        "set_preference" => &[("kind", "security"), ("choice", "off")],
        "create_token" => &[("name", "Test"), ("scopes[0]", "audit:read"), ("days", "1")],
        "revoke_token" => &[("id", "tok_none")],
        // What is allowed then fails for what it is about, so that nobody loses the role that is being tested.
        "set_member_role" => &[("person", "usr_nobody"), ("role", "member")],
        "remove_member" | "transfer_organization" => &[("person", "usr_nobody")],
        "leave_organization" | "switch_organization" => &[("organization", "org_nothing")],
        "trending" => &[("path", "monitoring/metrics")],
        "compare" => &[("ids", "monitor,lumen")],
        "collection" => &[("slug", "kubernetes-on-call")],
        "save_issuer" => &[("issuer", ""), ("client_id", ""), ("client_secret", "")],
        "save_group_roles" => &[("claim", ""), ("otherwise", "")],
        "require_issuer" => &[("required", "true")],
        "add_domain" | "verify_domain" | "remove_domain" => &[("domain", "")],
        "rename_organization" | "create_organization" => &[("name", " ")],
        "set_currency" => &[("currency", "none")],
        "schedule_organization_deletion" | "delete_account" => &[("confirm", "no")],
        "invite_member" => &[("email", "nobody"), ("role", "member")],
        "resend_invitation" | "revoke_invitation" | "revoke_session" => &[("id", "nothing")],
        "invitation" | "accept_invitation" => &[("token", "nothing")],
        "save_policy" | "dry_run_policy" => &[("policy", r#"{"rules":[],"otherwise":"ask","revision":0}"#)],
        "approval" | "withdraw_approval" => &[("id", "apr_none")],
        "request_approval" => &[("listing", "monitor"), ("reason", "On call.")],
        "comment_approval" => &[("id", "apr_none"), ("text", "A word.")],
        // Nothing is chosen, so what is allowed changes nothing.
        "write_review" | "delete_review" => &[("listing", "nothing")],
        "vote_review" | "report_review" | "answer_review" | "decide_review" => &[("id", "rev_none")],
        "answer_approval" => &[("id", "apr_none"), ("answer", "deny"), ("text", "No.")],
        // Links to others are forbidden; which answer it is is looked at before.
        "answer_approval_by_link" => &[("id", "apr_none"), ("answer", "maybe"), ("recipient", "usr"), ("sig", "0")],
        _ => &[],
    };
    let value = |text: &str| if text.is_empty() { installation.to_owned() } else { text.to_owned() };
    fixed.iter().map(|(key, text)| (*key, value(text))).collect()
}

/// The path with something in the place of each parameter.
fn filled(path: &str, installation: &str) -> String {
    let fill = |part: &str| match part {
        ":id" if path.starts_with("/installed/") => installation.to_owned(),
        "{id}" => installation.to_owned(),
        ":id" if path.starts_with("/partners/") => "prometheus".to_owned(),
        ":id" => "monitor".to_owned(),
        ":group" => "monitoring".to_owned(),
        ":leaf" => "metrics".to_owned(),
        ":slug" => "kubernetes-on-call".to_owned(),
        part if part.starts_with([':', '{']) => "nothing".to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

/// Status of a call.
async fn call(browser: &Browser<'_>, bearer: &str, entry: &Entry, installation: &str) -> u16 {
    if let Some(name) = entry.path.strip_prefix("/api/fn/").filter(|name| !name.starts_with('{')) {
        if name == "search" {
            return browser.post_json(entry.path, &serde_json::json!({ "query": {} })).await.status;
        }
        if name == "happened" {
            let it = serde_json::json!({ "deed": "view", "text": "monitor", "position": 0 });
            return browser.post_json(entry.path, &serde_json::json!({ "it": it })).await.status;
        }
        let arguments = arguments(entry.path, installation);
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(key, value)| (*key, value.as_str())).collect();
        return browser.call(name, &arguments).await.status;
    }
    let method = entry.method.parse().unwrap_or(Method::GET);
    let request = browser
        .request(method, &filled(entry.path, installation))
        .header(header::ORIGIN, SITE)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    // REST knows no cookies: a token with every scope stands for its owner.
    let rest = entry.path.starts_with("/api/v1/") && !bearer.is_empty();
    let request = if rest { request.header(header::AUTHORIZATION, bearer) } else { request };
    browser.open(request.body(Body::from("key=nobody")).unwrap()).await.status().as_u16()
}

/// `Bearer …` of somebody who is signed in; empty for visitors.
async fn token(browser: &Browser<'_>) -> String {
    let scopes = contract::token::Scope::ALL.map(contract::token::Scope::as_str);
    let keys: Vec<String> = (0..scopes.len()).map(|at| format!("scopes[{at}]")).collect();
    let mut form = vec![("name", "Test"), ("days", "1")];
    form.extend(keys.iter().map(String::as_str).zip(scopes));
    let answer = browser.call("create_token", &form).await;
    if answer.status != 200 {
        return String::new();
    }
    let made: contract::token::NewTokenView = answer.good();
    format!("Bearer {}", made.secret)
}

/// What the table says of somebody: `None` is a visitor.
fn allowed(access: Access, viewer: Option<&Viewer>) -> bool {
    match (access, viewer) {
        (Access::Public | Access::Secret, _) => true,
        (Access::Needs(_), None) => false,
        (Access::Needs(permission), Some(viewer)) => Role::of(viewer).any(|role| permission.roles().contains(&role)),
    }
}

async fn every_role_may_what_the_table_says(app: &App) {
    let upstream = Upstream::start().await;
    let mut wrong = Vec::new();
    let mut calls = 0;
    for role in std::iter::once(None).chain(Role::ALL.map(Some)) {
        let mut browser = app.visitor();
        let viewer: Option<Viewer> = match role {
            None => None,
            Some(role) => {
                browser = app.sign_in(account(role)).await;
                browser.call("viewer", &[]).await.good()
            }
        };
        if let Some(role) = role {
            assert!(Role::of(viewer.as_ref().unwrap()).any(|it| it == role), "{} holds {role:?}", account(role));
        }
        let bearer = token(&browser).await;
        let mut installation = app.sign_in("admin").await.install(&upstream).await;
        for entry in TABLE {
            // Signing out would end the test; that everybody may is in `sessions`.
            if entry.path == "/auth/sign-out" {
                continue;
            }
            // Nobody asks faster than the limits allow.
            app.clock.advance(1000);
            let status = call(&browser, &bearer, entry, &installation).await;
            calls += 1;
            // Northwind's installation, which an allowed call may have removed.
            if status < 400 && ["/api/fn/uninstall", "/api/v1/installations/{id}"].contains(&entry.path) {
                installation = app.sign_in("admin").await.install(&upstream).await;
            }
            let refused = status == 401 || status == 403;
            let same_tenant = viewer.as_ref().is_none_or(|it| it.organization_id.as_str() == "org_demo_northwind");
            // People of another organization get what they would get if there were no such installation.
            let hidden = !same_tenant && matches!(status, 404 | 200);
            if allowed(entry.access, viewer.as_ref()) == refused && !(refused && hidden) {
                // Looking after what others installed needs more than the permission to install.
                let member = viewer.as_ref().is_some_and(|it| it.role != OrganizationRole::Admin);
                let others = member && status == 403;
                if !(others && OTHERS.contains(&entry.path)) {
                    wrong.push(format!("{} {} as {role:?}: {status}", entry.method, entry.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "of {calls} calls, not as the table says:\n{}", wrong.join("\n"));
}

/// What a member may do with their own installations only.
const OTHERS: [&str; 5] = [
    "/api/v1/installations/{id}",
    "/api/fn/save_connection",
    "/api/fn/test_connection",
    "/api/fn/prove_connection",
    "/api/fn/uninstall",
];

#[test]
fn a_role_follows_from_each_part_of_a_viewer() {
    let viewer = Viewer {
        user_id: "u".into(),
        name: String::new(),
        email: String::new(),
        organization_id: "o".into(),
        organization_name: String::new(),
        role: OrganizationRole::BillingAdmin,
        partner: Some("p".into()),
        partner_role: Some(PartnerRole::Member),
        staff: Some(StaffRole::Operator),
    };
    let roles: Vec<Role> = Role::of(&viewer).collect();
    assert_eq!(roles, [Role::BillingAdmin, Role::PartnerMember, Role::Operator]);
}

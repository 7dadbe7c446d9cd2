//! Every server function as every kind of person.

use crate::harness::{Answer, App, Browser, GOOD_TOKEN, Upstream};
use serde_json::json;
use std::collections::BTreeSet;

on_both!(everybody_may_do_what_the_table_says, the_table_is_complete, arguments_that_make_no_sense_are_refused);

/// Whose call it is, in the order of the columns below. `partner` and `reviewer` belong to other organizations.
const PEOPLE: [&str; 5] = ["", "member", "admin", "partner", "reviewer"];

/// Name, arguments (`$` stands for an installation of the organization of member and admin), and the statuses for
/// visitor, member, admin, an admin of another organization, a reviewer.
type Row = (&'static str, &'static [(&'static str, &'static str)], [u16; 5]);

/// Those that end the installation come last; each column has an installation of its own.
const TABLE: &[Row] = &[
    ("viewer", &[], [200; 5]),
    ("sign_in_options", &[], [200; 5]),
    ("home", &[], [200; 5]),
    ("search", &[], [200; 5]),
    ("suggest", &[("q", "mon")], [200; 5]),
    ("categories", &[], [200; 5]),
    ("partner_page", &[("id", "prometheus")], [200; 5]),
    ("listing", &[("id", "monitor")], [200; 5]),
    ("standing", &[("id", "monitor")], [200; 5]),
    ("request_integration", &[("id", "lumen")], [401, 200, 200, 200, 200]),
    ("wizard", &[("listing", "monitor")], [200; 5]),
    ("wizard", &[("listing", "monitor"), ("installation", "$")], [401, 200, 200, 404, 404]),
    ("installations", &[], [401, 200, 200, 200, 200]),
    ("installation", &[("id", "$")], [401, 200, 200, 200, 200]),
    ("begin_install", &[("listing", "monitor")], [401, 403, 200, 200, 403]),
    (
        "save_connection",
        &[
            ("listing", "monitor"),
            ("installation", "$"),
            ("fields[config.base_url]", "https://mon.example.com"),
            ("fields[auth.token]", GOOD_TOKEN),
        ],
        [401, 403, 200, 404, 403],
    ),
    ("test_connection", &[("listing", "monitor"), ("installation", "$")], [401, 403, 200, 404, 403]),
    (
        "prove_connection",
        &[("listing", "monitor"), ("installation", "$"), ("capability", "alerts")],
        [401, 403, 200, 404, 403],
    ),
    ("uninstall", &[("id", "$")], [401, 403, 200, 404, 403]),
    ("partner_dashboard", &[], [401, 403, 403, 200, 403]),
    ("requested_listings", &[], [401, 403, 403, 403, 200]),
];

async fn call(browser: &Browser<'_>, name: &str, arguments: &[(&str, &str)]) -> Answer {
    if name == "search" {
        return browser.post_json("/api/fn/search", &json!({ "query": { "q": "monitor", "limit": 5 } })).await;
    }
    browser.call(name, arguments).await
}

async fn everybody_may_do_what_the_table_says(app: &App) {
    let upstream = Upstream::start().await;
    let owner = app.sign_in("admin").await;
    for (column, person) in PEOPLE.into_iter().enumerate() {
        let id = owner.install(&upstream).await;
        let browser = if person.is_empty() { app.visitor() } else { app.sign_in(person).await };
        for (name, arguments, statuses) in TABLE {
            let arguments: Vec<(&str, &str)> =
                arguments.iter().map(|(key, value)| (*key, if *value == "$" { id.as_str() } else { *value })).collect();
            let answer = call(&browser, name, &arguments).await;
            assert_eq!(answer.status, statuses[column], "{name} as {person:?}: {answer:?}");
            let code = match statuses[column] {
                401 => "sign_in_required",
                403 => "forbidden",
                404 => "not_found",
                _ => continue,
            };
            answer.problem(statuses[column], code);
        }
    }
}

async fn the_table_is_complete(_: &App) {
    let registered: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    let listed: BTreeSet<String> = TABLE.iter().map(|(name, ..)| format!("/api/fn/{name}")).collect();
    assert_eq!(registered, listed.iter().map(String::as_str).collect::<BTreeSet<_>>());
}

async fn arguments_that_make_no_sense_are_refused(app: &App) {
    let admin = app.sign_in("admin").await;
    for (name, arguments) in [
        ("listing", &[][..]),
        ("suggest", &[("x", "y")]),
        ("begin_install", &[]),
        ("test_connection", &[("listing", "monitor")]),
    ] {
        let answer = admin.call(name, arguments).await;
        assert!((400..500).contains(&answer.status), "{name}: {answer:?}");
        assert_eq!(answer.json::<serde_json::Value>()["code"], "invalid", "{name}: {answer:?}");
    }
    let answer = admin.post("/api/fn/nothing", &[]).await;
    assert!((400..500).contains(&answer.status), "{answer:?}");
}

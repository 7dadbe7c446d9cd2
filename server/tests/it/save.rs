//! The Connect step.

use crate::harness::{App, Browser, GOOD_TOKEN, Reply, Upstream};
use contract::install::{CallReport, ConnectionState, FormField};
use serde_json::Value;

on_both!(
    what_was_entered_is_kept_when_something_is_missing,
    values_are_checked_one_by_one,
    unknown_fields_are_refused,
    secrets_never_come_back,
    a_secret_stays_when_left_empty,
    saving_again_needs_a_new_test,
    there_is_nothing_to_test_before_connect_is_complete,
);

async fn field(browser: &Browser<'_>, id: &str, key: &str) -> FormField {
    browser.wizard(id).await.fields.into_iter().find(|field| field.spec.key == key).unwrap()
}

async fn what_was_entered_is_kept_when_something_is_missing(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    let answer = admin
        .save(&id, &[("config.base_url", ""), ("config.team", "core"), ("config.limit", "7"), ("auth.token", "sesame")])
        .await;
    assert_eq!(answer.problem(422, "invalid")["field"], "config.base_url");
    assert_eq!(field(&admin, &id, "config.team").await.value, "core");
    assert_eq!(field(&admin, &id, "config.limit").await.value, "7");
    let token = field(&admin, &id, "auth.token").await;
    assert!(token.stored && token.value.is_empty() && token.error.is_none(), "{token:?}");
    assert!(field(&admin, &id, "config.base_url").await.error.is_some());
    let page = admin.get(&format!("/integrations/monitor/install?installation={id}&step=connect")).await;
    assert!(page.body.contains(r#"value="core""#), "{}", page.body);
    assert!(page.body.contains("aria-invalid"), "the field at fault is marked");
}

async fn values_are_checked_one_by_one(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    let good = [
        ("config.base_url", "https://mon.example.com/"),
        ("config.team", "core"),
        ("config.limit", "10"),
        ("auth.token", "sesame"),
    ];
    for (key, wrong) in [
        ("config.base_url", "mon.example.com"),
        ("config.base_url", "javascript:alert(1)"),
        ("config.base_url", "https://user:pass@mon.example.com"),
        ("config.team", "Core Team"),
        ("config.limit", "101"),
        ("config.limit", "many"),
        ("auth.token", "two\nlines"),
    ] {
        let fields = good.map(|(name, value)| (name, if name == key { wrong } else { value }));
        let problem = admin.save(&id, &fields).await.problem(422, "invalid");
        assert_eq!(problem["field"], key, "{wrong}: {problem}");
        if !key.starts_with("auth.") {
            assert_eq!(field(&admin, &id, key).await.value, wrong, "what was typed is there to be corrected");
        }
    }
    let answer = admin.save(&id, &good).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let next = format!("/integrations/monitor/install?installation={id}&step=test");
    assert_eq!(answer.goes_on_to(), next);
    assert_eq!(field(&admin, &id, "config.base_url").await.value, "https://mon.example.com", "without the slash");
}

async fn unknown_fields_are_refused(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    for unknown in ["config.none", "auth.password", "token", "$attempted"] {
        let fields = [("config.base_url", "https://mon.example.com"), ("auth.token", "x"), (unknown, "x")];
        let problem = admin.save(&id, &fields).await.problem(422, "invalid");
        assert!(problem["detail"].as_str().unwrap().contains(unknown), "{problem}");
    }
    assert_eq!(app.scratch.texts("SELECT config FROM installation").await, ["{}"], "nothing was stored");
}

async fn secrets_never_come_back(app: &App) {
    const SECRETS: [&str; 2] = ["s3cr3t-credential-8812", "s3cr3t-hook-key-4471"];
    let upstream = Upstream::start().await;
    // A hostile system sends back what it was given.
    let echo = format!(r#"{{"ok":false,"you_sent":"Bearer {}"}}"#, SECRETS[0]);
    upstream.answer("GET /api/status", Reply::with(401, &echo));
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    let fields =
        [("config.base_url", upstream.url.as_str()), ("auth.token", SECRETS[0]), ("config.hook_key", SECRETS[1])];
    let mut answers = vec![admin.save(&id, &fields).await, admin.test(&id).await];
    assert_eq!(upstream.last().authorization(), format!("Bearer {}", SECRETS[0]));
    let report: CallReport = answers[1].good();
    assert!(!report.ok && report.answer.contains("you_sent"), "{report:?}");
    answers.push(admin.save(&id, &[("config.base_url", "no address")]).await);
    answers.push(admin.call("wizard", &[("listing", "monitor"), ("installation", &id)]).await);
    answers.push(admin.call("installation", &[("id", &id)]).await);
    answers.push(admin.call("installations", &[]).await);
    answers.push(admin.get("/installed").await);
    answers.push(admin.get(&format!("/installed/{id}")).await);
    for step in ["review", "connect", "test", "prove"] {
        let page = admin.get(&format!("/integrations/monitor/install?installation={id}&step={step}")).await;
        assert_eq!(page.status, 200, "{step}");
        answers.push(page);
    }
    for answer in &answers {
        for secret in SECRETS {
            assert!(!answer.body.contains(secret), "{answer:?}");
        }
    }
    // Nor do they lie about in the database.
    let tables = [("installation", "config"), ("connection_check", "report"), ("job", "payload")];
    for (table, column) in tables {
        for text in app.scratch.texts(&format!("SELECT {column} FROM {table}")).await {
            assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{table}.{column}: {text}");
        }
    }
}

async fn a_secret_stays_when_left_empty(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    admin.connect(&id, &upstream.url, GOOD_TOKEN).await;
    admin.connect(&id, &upstream.url, "").await;
    admin.connect(&id, &upstream.url, "  ").await;
    assert!(field(&admin, &id, "auth.token").await.stored);
    let report: CallReport = admin.test(&id).await.good();
    assert!(report.ok, "{report:?}");
    admin.connect(&id, &upstream.url, "another-token").await;
    let report: CallReport = admin.test(&id).await.good();
    assert!(!report.ok, "a new one replaces it: {report:?}");
}

async fn saving_again_needs_a_new_test(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    assert_eq!(admin.wizard(&id).await.state, ConnectionState::Authorised);
    admin.connect(&id, &upstream.url, GOOD_TOKEN).await;
    assert_eq!(admin.wizard(&id).await.state, ConnectionState::Setup);
}

async fn there_is_nothing_to_test_before_connect_is_complete(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    admin.test(&id).await.problem(409, "conflict");
    admin.prove(&id, "alerts").await.problem(409, "conflict");
    admin.save(&id, &[("config.base_url", "https://mon.example.com")]).await.problem(422, "invalid");
    let problem: Value = admin.test(&id).await.problem(409, "conflict");
    assert!(problem["next_step"].as_str().unwrap().contains("Connect"), "{problem}");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM connection_check").await, 0);
}

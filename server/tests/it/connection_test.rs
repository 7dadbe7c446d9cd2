//! The Test step against a real HTTP server.

use crate::harness::{App, Browser, GOOD_TOKEN, Options, Reply, Upstream};
use contract::install::{CallReport, ConnectionState};
use std::time::Duration;

on_both!(
    a_good_answer_says_who_answered,
    a_wrong_credential_is_explained_by_the_manifest,
    a_test_that_passes_schedules_the_next,
    nobody_listening,
    an_unexpected_answer,
    a_malformed_answer,
    a_huge_answer,
    a_slow_answer,
    private_addresses_are_not_called,
    plain_http_is_not_spoken,
    only_this_organizations_system_is_called,
);

/// Connects to this address and tests.
async fn tested(admin: &Browser<'_>, url: &str, token: &str) -> (String, CallReport) {
    let id = admin.begin("monitor").await;
    admin.connect(&id, url, token).await;
    let report = admin.test(&id).await.good();
    (id, report)
}

/// A failed report: what was tried, what went wrong, what to do. The state stays, the check is recorded.
async fn failed(admin: &Browser<'_>, url: &str, message: &str) -> CallReport {
    let (id, report) = tested(admin, url, GOOD_TOKEN).await;
    assert!(!report.ok && report.message.contains(message) && !report.fix.is_empty(), "{report:?}");
    assert_eq!(report.tried, format!("GET {url}/api/status"));
    let wizard = admin.wizard(&id).await;
    assert_eq!(wizard.state, ConnectionState::Setup);
    assert_eq!(wizard.last_test.unwrap().report, report);
    report
}

async fn a_good_answer_says_who_answered(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let (id, report) = tested(&admin, &upstream.url, GOOD_TOKEN).await;
    assert!(report.ok, "{report:?}");
    assert_eq!((report.message.as_str(), report.status, report.fix.as_str()), ("Test Monitor 9.1", Some(200), ""));
    assert_eq!(upstream.last().what, "GET /api/status");
    let wizard = admin.wizard(&id).await;
    assert_eq!(wizard.state, ConnectionState::Authorised, "nothing arrived yet");
    assert_eq!(wizard.last_test.unwrap().report, report);
    assert_eq!(admin.detail(&id).await.checks.len(), 1);
}

async fn a_wrong_credential_is_explained_by_the_manifest(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let (id, report) = tested(&admin, &upstream.url, "wrong").await;
    assert!(!report.ok);
    assert_eq!(report.message, "The token was refused.");
    assert_eq!(report.fix, "Create a new token under Settings.");
    assert_eq!(report.status, Some(401));
    assert!(report.answer.contains("unauthorized"), "{report:?}");
    assert_eq!(admin.wizard(&id).await.state, ConnectionState::Setup);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job").await, 0);
    let page = admin.get(&format!("/integrations/monitor/install?installation={id}&step=test")).await;
    assert!(page.body.contains("The token was refused.") && page.body.contains("Create a new token"));
}

async fn a_test_that_passes_schedules_the_next(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    admin.test(&id).await;
    let jobs = app.scratch.texts("SELECT kind || ' ' || \"key\" FROM job ORDER BY kind").await;
    assert_eq!(jobs, [format!("check_connection {id}"), format!("poll_source {id}/open-alerts")], "once each");
}

async fn nobody_listening(app: &App) {
    let report = failed(&app.sign_in("admin").await, "http://127.0.0.1:9", "refused the connection").await;
    assert_eq!(report.status, None);
}

async fn an_unexpected_answer(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    for (status, body) in [(500, "{}"), (302, "{}"), (200, r#"{"ok":false}"#)] {
        upstream.answer("GET /api/status", Reply::with(status, body));
        let (id, report) = tested(&admin, &upstream.url, GOOD_TOKEN).await;
        assert!(!report.ok && !report.message.is_empty() && !report.fix.is_empty(), "{status} {body}: {report:?}");
        assert_eq!(admin.wizard(&id).await.state, ConnectionState::Setup);
    }
}

async fn a_malformed_answer(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    for body in [r#"{"ok":tru"#, "<html>Welcome</html>", "\u{0}\u{1}"] {
        upstream.answer("GET /api/status", Reply::with(200, body));
        let report = failed(&admin, &upstream.url, "").await;
        assert_eq!(report.status, Some(200), "{report:?}");
    }
}

async fn a_huge_answer(app: &App) {
    let upstream = Upstream::start().await;
    let body = format!(r#"{{"ok":true,"padding":"{}"}}"#, "x".repeat(1024 * 1024));
    upstream.answer("GET /api/status", Reply::with(200, &body));
    failed(&app.sign_in("admin").await, &upstream.url, "larger than 1 MiB").await;
}

async fn a_slow_answer(app: &App) {
    let upstream = Upstream::start().await;
    upstream.answer("GET /api/status", Reply::Silence);
    let node = app.node(Options { patience: Some(Duration::from_millis(200)), ..Options::default() }).await;
    failed(&node.sign_in("admin").await, &upstream.url, "did not answer in time").await;
}

async fn private_addresses_are_not_called(app: &App) {
    let upstream = Upstream::start().await;
    let strict = app.node(Options { allow_private: "", ..Options::default() }).await;
    let admin = strict.sign_in("admin").await;
    failed(&admin, &upstream.url, "a loopback address, which is not called from here").await;
    let port = upstream.url.rsplit(':').next().unwrap();
    for host in ["localhost", "2130706433", "[::ffff:7f00:1]", "[::1]"] {
        let (_, report) = tested(&admin, &format!("http://{host}:{port}"), GOOD_TOKEN).await;
        assert!(!report.ok && report.message.contains("which is not called from here"), "{host}: {report:?}");
    }
    for url in ["http://169.254.169.254", "http://10.0.0.1", "https://192.168.0.1:9093"] {
        failed(&admin, url, "which is not called from here").await;
    }
    assert!(upstream.seen().is_empty());
}

async fn plain_http_is_not_spoken(app: &App) {
    failed(&app.sign_in("admin").await, "http://93.184.216.34", "without encryption").await;
}

async fn only_this_organizations_system_is_called(app: &App) {
    let (ours, theirs) = (Upstream::start().await, Upstream::start().await);
    let (admin, partner) = (app.sign_in("admin").await, app.sign_in("partner").await);
    admin.install(&ours).await;
    let before = ours.seen().len();
    let id = partner.begin("monitor").await;
    partner.connect(&id, &theirs.url, "their-token").await;
    partner.test(&id).await;
    assert_eq!(ours.seen().len(), before);
    assert_eq!(theirs.last().authorization(), "Bearer their-token");
}

//! Telling people: inbox, mail, preferences, digest, and links that end mail.

use crate::harness::{App, Browser, HOUR_MS, MINUTE_MS, Reply, Upstream};
use contract::notice::Inbox;
use url::Url;

on_both!(
    trouble_and_recovery_are_told,
    people_choose_what_they_get_mail_for,
    a_digest_comes_once_a_day,
    a_link_ends_mail_without_signing_in,
    a_forged_link_ends_nothing,
    one_reads_only_ones_own_notices,
    mail_that_is_not_taken_is_tried_again,
);

async fn inbox(browser: &Browser<'_>) -> Inbox {
    browser.call("inbox", &[]).await.good()
}

/// Ada's installation fails its test.
async fn fail(app: &App) -> (Upstream, String) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    assert_eq!(admin.test(&id).await.status, 200);
    upstream.answer("GET /api/status", Reply::with(401, "{}"));
    assert_eq!(admin.test(&id).await.status, 200);
    (upstream, id)
}

async fn mails(app: &App) -> Vec<String> {
    app.scratch.texts("SELECT recipient || ': ' || subject FROM mail ORDER BY id").await
}

async fn body(app: &App) -> String {
    app.scratch.texts("SELECT body FROM mail ORDER BY id").await.remove(0)
}

async fn trouble_and_recovery_are_told(app: &App) {
    let (upstream, id) = fail(app).await;
    let admin = app.sign_in("admin").await;
    let before = inbox(&admin).await;
    assert_eq!((before.unread, before.notices[0].title.as_str()), (1, "Test Monitor fails"));
    assert_eq!(before.notices[0].link, format!("/installed/{id}"));
    upstream.recover();
    admin.test(&id).await;
    let titles: Vec<String> = inbox(&admin).await.notices.into_iter().map(|notice| notice.title).collect();
    assert_eq!(titles, ["Test Monitor works again", "Test Monitor fails"]);
    assert_eq!(
        mails(app).await,
        ["ada@northwind.example: Test Monitor fails", "ada@northwind.example: Test Monitor works again"]
    );
    assert_eq!(
        inbox(&app.sign_in("member").await).await.notices,
        [],
        "those who can do nothing about it are left alone"
    );
    assert_eq!(admin.call("mark_read", &[]).await.status, 200);
    assert_eq!(inbox(&admin).await.unread, 0);
}

async fn people_choose_what_they_get_mail_for(app: &App) {
    let admin = app.sign_in("admin").await;
    let choice = [("kind", "connection_trouble"), ("choice", "off")];
    assert_eq!(admin.call("set_preference", &choice).await.status, 200);
    fail(app).await;
    assert_eq!(inbox(&admin).await.unread, 1, "it is still in the inbox");
    assert_eq!(mails(app).await, Vec::<String>::new());
    for (kind, choice) in [("nothing", "off"), ("security", "sometimes")] {
        admin.call("set_preference", &[("kind", kind), ("choice", choice)]).await.problem(422, "invalid");
    }
}

async fn a_digest_comes_once_a_day(app: &App) {
    let admin = app.sign_in("admin").await;
    admin.call("set_preference", &[("kind", "connection_trouble"), ("choice", "digest")]).await;
    fail(app).await;
    assert_eq!(mails(app).await, Vec::<String>::new());
    jobs::schedule_periodic(&app.services).await.unwrap();
    app.clock.advance(25 * HOUR_MS);
    app.work_off().await;
    assert_eq!(mails(app).await.len(), 1, "{:?}", mails(app).await);
    let text = body(app).await;
    assert!(text.contains("Test Monitor fails (Northwind Operations)"), "{text}");
    domain::notice::send_digests(&app.services).await.unwrap();
    assert_eq!(mails(app).await.len(), 1, "nothing is told twice");
}

/// The link at the end of a mail, as path and query.
fn link(text: &str) -> String {
    let at = text.find("http://market.test/unsubscribe").unwrap();
    let url = Url::parse(text[at..].split_whitespace().next().unwrap()).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

async fn a_link_ends_mail_without_signing_in(app: &App) {
    fail(app).await;
    let link = link(&body(app).await);
    let answer = app.visitor().post(&link, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/unsubscribe?done=connection_trouble"));
    let admin = app.sign_in("admin").await;
    let chosen = inbox(&admin).await.preferences;
    assert!(chosen.contains(&("connection_trouble".to_owned(), "off".to_owned())), "{chosen:?}");
}

async fn a_forged_link_ends_nothing(app: &App) {
    fail(app).await;
    let good = link(&body(app).await);
    let other_person = good.replace("usr_demo_admin", "usr_demo_member");
    let other_kind = good.replace("connection_trouble", "security");
    let cut = &good[..good.len() - 1];
    for bad in [other_person.as_str(), &other_kind, cut, "/unsubscribe", "/unsubscribe?p=usr_demo_admin&k=security&s="]
    {
        assert_ne!(bad, good);
        app.visitor().post(bad, &[]).await.problem(422, "invalid");
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM notice_preference").await, 0);
}

async fn one_reads_only_ones_own_notices(app: &App) {
    fail(app).await;
    let admin = app.sign_in("admin").await;
    let id = inbox(&admin).await.notices[0].id.0.clone();
    app.sign_in("member").await.call("mark_read", &[("id", &id)]).await;
    app.sign_in("partner").await.call("mark_read", &[]).await;
    assert_eq!(inbox(&admin).await.unread, 1);
    app.visitor().call("inbox", &[]).await.problem(401, "sign_in_required");
}

async fn mail_that_is_not_taken_is_tried_again(app: &App) {
    fail(app).await;
    app.mailbox.refuse(true);
    app.work_off().await;
    assert_eq!(app.scratch.texts("SELECT last_error FROM mail").await, ["the server is busy"]);
    app.mailbox.refuse(false);
    // As time passes there is more to tell; what matters is how often this one is told.
    let told = || app.mailbox.sent().iter().filter(|mail| mail.subject == "Test Monitor fails").count();
    app.clock.advance(MINUTE_MS);
    app.work_off().await;
    assert_eq!(told(), 1);
    app.clock.advance(HOUR_MS);
    app.work_off().await;
    assert_eq!(told(), 1, "once is enough");
}

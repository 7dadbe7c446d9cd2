//! Review confirmed: a draft of an installation.

use crate::harness::{App, MONITOR, Upstream, publish};
use contract::install::ConnectionState;
use contract::listing::ListingStanding;

on_both!(
    an_admin_begins,
    who_may_not_install_is_told_why,
    what_cannot_be_installed_is_refused,
    pressing_install_twice_makes_one_installation,
    a_finished_installation_is_not_a_draft,
    a_new_release_makes_a_new_draft,
    what_is_sealed_cannot_be_read,
);

async fn an_admin_begins(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    assert!(id.starts_with("ins_"), "{id}");
    let wizard = admin.wizard(&id).await;
    assert_eq!(wizard.state, ConnectionState::Setup);
    assert_eq!(wizard.version, "1.0.0");
    assert_eq!(wizard.blocked, None);
    let keys: Vec<&str> = wizard.fields.iter().map(|field| field.spec.key.as_str()).collect();
    assert_eq!(keys, ["config.base_url", "config.team", "config.limit", "config.hook_key", "auth.token"]);
    assert!(wizard.fields.iter().all(|field| field.error.is_none()), "nothing was tried yet");
    assert_eq!(wizard.fields[1].value, "ops", "defaults are filled in");
    let standing: ListingStanding = admin.call("standing", &[("id", "monitor")]).await.good();
    assert_eq!(standing.installations, [id.as_str().into()]);
    let detail = admin.detail(&id).await;
    assert_eq!(detail.card.installed_by, "Ada Admin");
    assert!(detail.can_manage);
}

async fn who_may_not_install_is_told_why(app: &App) {
    for (browser, status, code) in [
        (app.visitor(), 401, "sign_in_required"),
        (app.sign_in("member").await, 409, "conflict"),
        (app.sign_in("reviewer").await, 409, "conflict"),
    ] {
        browser.call("begin_install", &[("listing", "monitor")]).await.problem(status, code);
        let review = browser.call("wizard", &[("listing", "monitor")]).await;
        let review = review.good::<Option<contract::install::WizardView>>().unwrap();
        assert_eq!(review.blocked.unwrap().code.name(), code, "Review says it beforehand");
        assert_eq!(browser.get("/integrations/monitor/install").await.status, 200, "Review can be read");
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 0);
}

async fn what_cannot_be_installed_is_refused(app: &App) {
    let admin = app.sign_in("admin").await;
    let problem = admin.call("begin_install", &[("listing", "lumen")]).await.problem(409, "conflict");
    assert!(problem["next_step"].as_str().unwrap().contains("Request this integration"), "{problem}");
    admin.call("begin_install", &[("listing", "none")]).await.problem(404, "not_found");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 0);
}

async fn pressing_install_twice_makes_one_installation(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    assert_eq!(admin.begin("monitor").await, id);
    admin.save(&id, &[("config.team", "core")]).await.problem(422, "invalid");
    assert_eq!(admin.begin("monitor").await, id, "a draft with something in it is a draft");
    let partner = app.sign_in("partner").await;
    assert_ne!(partner.begin("monitor").await, id, "each organization has its own");
}

async fn a_finished_installation_is_not_a_draft(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let second = admin.begin("monitor").await;
    assert_ne!(second, id);
    assert_ne!(admin.address(&id).await, admin.address(&second).await);
}

async fn a_new_release_makes_a_new_draft(app: &App) {
    let admin = app.sign_in("admin").await;
    let old = admin.begin("monitor").await;
    publish(&app.services, &MONITOR.replace("version = \"1.0.0\"", "version = \"2.0.0\"")).await;
    let new = admin.begin("monitor").await;
    assert_ne!(old, new);
    assert_eq!(admin.wizard(&old).await.version, "1.0.0", "an installation keeps its release");
    assert_eq!(admin.wizard(&new).await.version, "2.0.0");
}

async fn what_is_sealed_cannot_be_read(app: &App) {
    let admin = app.sign_in("admin").await;
    let id = admin.begin("monitor").await;
    let address = admin.address(&id).await;
    let token = address.path.strip_prefix("/in/").unwrap();
    assert!(token.len() >= 43 && address.secret.len() >= 43, "256 bits each: {address:?}");
    let sealed = app.scratch.bytes("SELECT sealed FROM installation").await.pop().unwrap();
    let text = String::from_utf8_lossy(&sealed);
    assert!(!text.contains(token) && !text.contains(&address.secret));
    let hashes = app.scratch.texts("SELECT token_hash FROM installation").await;
    assert_eq!(hashes, [domain::identity::sha256_hex(token)]);
    let keys = app.scratch.bytes("SELECT wrapped_key FROM organization WHERE id = 'org_demo_northwind'").await;
    assert_eq!(keys[0].len(), 1 + 8 + 24 + 48, "the organization has a key, wrapped");
}

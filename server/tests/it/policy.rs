//! The install policy: reading, changing, trying out, and what it means at an install and for new releases.

use crate::harness::{App, Browser, MINUTE_MS, MONITOR, Upstream, publish};
use contract::install::{ConnectionState, WizardView};
use contract::policy::{DryRun, Outcome, Verdict};
use serde_json::{Value, json};

on_both!(
    without_a_policy_everything_needs_approval,
    a_policy_is_saved_and_read_by_members,
    only_administrators_change_it,
    changing_it_needs_a_fresh_sign_in,
    two_changes_at_once_are_a_conflict,
    what_is_wrong_is_named,
    what_is_allowed_members_install,
    what_is_blocked_nobody_installs,
    a_draft_is_finished_unless_it_is_blocked,
    a_dry_run_counts,
    a_dry_run_finds_what_is_installed,
    policies_of_organizations_are_apart,
    a_new_release_is_judged,
    a_new_listing_is_not_judged,
    an_allowed_release_is_no_news,
);

/// "Block what takes action", which `monitor` does.
fn block_writes() -> Value {
    json!([{ "outcome": "block", "when": [{ "access": "writes" }], "note": "Read-only until the audit." }])
}

async fn review(browser: &Browser<'_>) -> WizardView {
    browser.call("wizard", &[("listing", "monitor")]).await.good::<Option<WizardView>>().unwrap()
}

async fn dry_run(browser: &Browser<'_>, rules: Value, otherwise: &str) -> DryRun {
    let draft = json!({ "rules": rules, "otherwise": otherwise }).to_string();
    browser.call("dry_run_policy", &[("policy", &draft)]).await.good()
}

fn counts(run: &DryRun) -> Vec<(Outcome, u32)> {
    run.groups.iter().map(|group| (group.outcome, group.count)).collect()
}

async fn without_a_policy_everything_needs_approval(app: &App) {
    let view = app.sign_in("member").await.policy().await;
    assert_eq!((view.policy.rules.len(), view.policy.otherwise, view.policy.revision), (0, Outcome::Ask, 0));
    assert_eq!(view.otherwise, "Everything else needs approval");
    assert_eq!((view.can_change, view.changed_by, view.choices.listings.len()), (false, None, 0));
    let standing = app.sign_in("member").await.standing("monitor").await;
    assert_eq!((standing.verdict.outcome, standing.can_ask, standing.request), (Outcome::Ask, true, None));
    let standing = app.sign_in("admin").await.standing("monitor").await;
    assert!(!standing.can_ask, "administrators install directly");
}

async fn a_policy_is_saved_and_read_by_members(app: &App) {
    let admin = app.sign_in("admin").await;
    let rules = json!([
        { "outcome": "allow", "when": [{ "certification_at_least": "silver" }, { "access": "read_only" }] },
        { "outcome": "block", "when": [{ "partner_one_of": ["example-labs"] }, { "category_one_of": ["monitoring"] }] },
    ]);
    let answer = admin.save_policy(rules, "block").await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/settings/policy"));
    let view = app.sign_in("member").await.policy().await;
    assert_eq!(view.policy.revision, 1);
    assert_eq!(
        view.sentences,
        [
            "Allow when certification is at least Silver and it only reads",
            "Block when the partner is Example Labs and the category is Monitoring & observability",
        ]
    );
    assert_eq!(view.otherwise, "Everything else is blocked");
    assert_eq!(view.changed_by.as_deref(), Some("Ada Admin"));
    let choices = admin.policy().await.choices;
    assert!(choices.regions.len() > 5 && choices.categories.len() > 10);
    assert_eq!(choices.partners.len(), 2);
    assert_eq!(choices.listings.iter().map(|it| it.value.as_str()).collect::<Vec<_>>(), ["monitor"]);
    let events = app.services.audit.audit_after("org_demo_northwind", 0, 100).await.unwrap();
    let changed: Vec<_> = events.iter().filter(|event| event.action == "policy.changed").collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].before.contains(r#""rules":[]"#), "{}", changed[0].before);
    assert!(changed[0].after.contains("certification_at_least"), "{}", changed[0].after);
    let same = serde_json::to_value(&view.policy.rules).unwrap();
    assert_eq!(admin.save_policy(same, "block").await.status, 200);
    assert_eq!(admin.policy().await.policy.revision, 1, "nothing changed, so there is no new revision");
}

async fn only_administrators_change_it(app: &App) {
    for account in ["member", "billing"] {
        let browser = app.sign_in(account).await;
        browser.save_policy(json!([]), "allow").await.problem(403, "forbidden");
        let draft = r#"{"rules":[],"otherwise":"allow"}"#;
        browser.call("dry_run_policy", &[("policy", draft)]).await.problem(403, "forbidden");
    }
    app.visitor().call("policy", &[]).await.problem(401, "sign_in_required");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM install_policy").await, 0);
}

async fn changing_it_needs_a_fresh_sign_in(app: &App) {
    let admin = app.sign_in("admin").await;
    app.clock.advance(14 * MINUTE_MS);
    assert_eq!(admin.save_policy(json!([]), "allow").await.status, 200);
    app.clock.advance(2 * MINUTE_MS);
    admin.save_policy(json!([]), "block").await.problem(403, "sign_in_again");
    assert_eq!(admin.policy().await.policy.otherwise, Outcome::Allow);
    dry_run(&admin, json!([]), "block").await;
    assert_eq!(app.sign_in("admin").await.save_policy(json!([]), "block").await.status, 200);
}

async fn two_changes_at_once_are_a_conflict(app: &App) {
    app.promote("billing").await;
    let (one, other) = (app.sign_in("admin").await, app.sign_in("billing").await);
    for revision in [0, 1] {
        let draft = |outcome: &str| json!({ "rules": [], "otherwise": outcome, "revision": revision }).to_string();
        let (first, second) = (draft("allow"), draft("block"));
        let (first, second) = futures::future::join(
            one.call("save_policy", &[("policy", &first)]),
            other.call("save_policy", &[("policy", &second)]),
        )
        .await;
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        // The second round may find what it wants to store already there.
        assert!(statuses == [200, 409] || (revision == 1 && statuses[0] == 200), "{statuses:?}");
        assert_eq!(one.policy().await.policy.revision, revision + 1);
    }
    let stale = r#"{"rules":[],"otherwise":"ask","revision":0}"#;
    let problem = one.call("save_policy", &[("policy", stale)]).await.problem(409, "conflict");
    assert_eq!(problem["field"], "revision");
}

async fn what_is_wrong_is_named(app: &App) {
    let admin = app.sign_in("admin").await;
    for (condition, field) in [
        (json!({ "region_one_of": ["eu", "atlantis"] }), "rules.0.when.0.1"),
        (json!({ "category_one_of": ["monitoring/nothing"] }), "rules.0.when.0.0"),
        (json!({ "partner_one_of": ["nobody"] }), "rules.0.when.0.0"),
        (json!({ "listing_one_of": ["monitor", "nothing"] }), "rules.0.when.0.1"),
        (json!({ "cost_below": 200 }), "rules.0.when.0"),
        (json!({ "listing_one_of": [] }), "rules.0.when.0"),
    ] {
        let rules = json!([{ "outcome": "block", "when": [condition] }]);
        let problem = admin.save_policy(rules, "ask").await.problem(422, "invalid");
        assert_eq!(problem["field"], field, "{problem}");
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM install_policy").await, 0);
}

async fn what_is_allowed_members_install(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let rules = json!([{ "outcome": "allow", "when": [{ "listing_one_of": ["monitor"] }] }]);
    assert_eq!(admin.save_policy(rules, "block").await.status, 200);
    let member = app.sign_in("member").await;
    let standing = member.standing("monitor").await;
    assert_eq!((standing.verdict.outcome, standing.verdict.rule, standing.can_ask), (Outcome::Allow, Some(0), false));
    assert_eq!(review(&member).await.blocked, None);
    let id = member.install(&upstream).await;
    assert!(member.detail(&id).await.can_manage, "whoever installed it looks after it");
    assert!(admin.detail(&id).await.can_manage);
    let colleague = app.sign_in("billing").await;
    assert!(!colleague.detail(&id).await.can_manage);
    colleague.uninstall(&id).await.problem(403, "forbidden");
    assert_eq!(colleague.wizard(&id).await.blocked.unwrap().code.name(), "forbidden");
    assert_eq!(member.wizard(&id).await.blocked, None);
    assert_ne!(colleague.begin("monitor").await, id);
    let problem = member.call("request_approval", &[("listing", "monitor"), ("reason", "x")]).await;
    assert_eq!(problem.problem(409, "conflict")["title"], "No approval needed");
}

async fn what_is_blocked_nobody_installs(app: &App) {
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.save_policy(block_writes(), "allow").await.status, 200);
    for browser in [&admin, &app.sign_in("member").await] {
        let problem = browser.call("begin_install", &[("listing", "monitor")]).await.problem(409, "conflict");
        assert_eq!(problem["title"], "Blocked by the policy");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("Rule 1") && detail.contains("Read-only until the audit."), "{detail}");
        assert!(problem["next_step"].as_str().unwrap().contains("administrator"), "{problem}");
        let review = review(browser).await;
        assert_eq!(review.blocked.unwrap().title, "Blocked by the policy");
        let standing = review.policy.unwrap();
        assert_eq!((standing.verdict.outcome, standing.can_ask), (Outcome::Block, false));
        let asked = browser.call("request_approval", &[("listing", "monitor"), ("reason", "x")]).await;
        assert_eq!(asked.problem(409, "conflict")["title"], "Blocked by the policy");
        assert_eq!(browser.get("/integrations/monitor/install").await.status, 200);
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM installation").await, 0);
}

async fn a_draft_is_finished_unless_it_is_blocked(app: &App) {
    let admin = app.sign_in("admin").await;
    admin.save_policy(json!([]), "allow").await;
    let member = app.sign_in("member").await;
    let draft = member.begin("monitor").await;
    admin.save_policy(json!([]), "ask").await;
    assert_eq!(member.begin("monitor").await, draft, "what was begun may be finished");
    assert_eq!(review(&member).await.blocked, None);
    assert_eq!(admin.begin("monitor").await, draft, "administrators go on with anybody's draft");
    let colleague = app.sign_in("billing").await;
    colleague.call("begin_install", &[("listing", "monitor")]).await.problem(409, "conflict");
    admin.save_policy(json!([]), "block").await;
    member.call("begin_install", &[("listing", "monitor")]).await.problem(409, "conflict");
    assert!(review(&member).await.blocked.is_some());
}

async fn a_dry_run_counts(app: &App) {
    publish(&app.services, &MONITOR.replace("\"monitor\"", "\"watcher\"").replace("Test Monitor", "Watcher")).await;
    let admin = app.sign_in("admin").await;
    let only_monitor = json!([{ "outcome": "allow", "when": [{ "listing_one_of": ["monitor"] }] }]);
    let run = dry_run(&admin, only_monitor, "block").await;
    assert_eq!(counts(&run), [(Outcome::Allow, 1), (Outcome::Ask, 0), (Outcome::Block, 1)], "lumen can't be installed");
    assert_eq!(run.groups[0].listings[0].listing.id.as_str(), "monitor");
    assert!(run.groups[0].listings[0].why.starts_with("Rule 1"), "{:?}", run.groups[0]);
    assert_eq!(run.groups[2].listings[0].listing.name, "Watcher");
    assert_eq!(run.sentences, ["Allow when it is Test Monitor"]);
    assert_eq!(run.otherwise, "Everything else is blocked");
    let changes: Vec<(&str, Outcome, Outcome)> =
        run.changes.iter().map(|it| (it.listing.id.as_str(), it.before, it.after.outcome)).collect();
    assert_eq!(changes, [("monitor", Outcome::Ask, Outcome::Allow), ("watcher", Outcome::Ask, Outcome::Block)]);
    let run = dry_run(&admin, json!([]), "ask").await;
    assert_eq!((counts(&run)[1], run.changes.len()), ((Outcome::Ask, 2), 0), "the same as without a policy");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM install_policy").await, 0, "nothing is stored");
}

async fn a_dry_run_finds_what_is_installed(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    app.sign_in("partner").await.install(&upstream).await;
    let run = dry_run(&admin, block_writes(), "allow").await;
    assert_eq!(run.installed.len(), 1, "those of other organizations are not in it");
    let it = &run.installed[0];
    assert_eq!((it.id.as_str(), it.installed_by.as_str(), it.version.as_str()), (id.as_str(), "Ada Admin", "1.0.0"));
    assert_eq!((it.state, it.verdict.outcome), (ConnectionState::Authorised, Outcome::Block));
    assert!(dry_run(&admin, json!([]), "ask").await.installed.is_empty(), "not stricter than now");
    assert!(dry_run(&admin, json!([]), "allow").await.installed.is_empty());
    // What runs is judged, not what is current.
    publish(&app.services, &MONITOR.replace("version = \"1.0.0\"", "version = \"2.0.0\"").replace("self-hosted", "us"))
        .await;
    let rules = json!([{ "outcome": "block", "when": [{ "region_one_of": ["us"] }] }]);
    let run = dry_run(&admin, rules, "ask").await;
    assert_eq!((run.installed.len(), counts(&run)[2]), (0, (Outcome::Block, 1)));
    admin.save_policy(block_writes(), "allow").await;
    assert!(dry_run(&admin, block_writes(), "allow").await.installed.is_empty(), "it is no news");
    assert_eq!(admin.detail(&id).await.card.version, "1.0.0", "what is installed keeps running");
}

async fn policies_of_organizations_are_apart(app: &App) {
    let (ours, theirs) = (app.sign_in("admin").await, app.sign_in("partner").await);
    ours.save_policy(block_writes(), "block").await;
    assert_eq!(theirs.policy().await.policy.revision, 0);
    theirs.save_policy(json!([]), "allow").await;
    let policy = ours.policy().await.policy;
    assert_eq!((policy.rules.len(), policy.otherwise, policy.revision), (1, Outcome::Block, 1));
    theirs.begin("monitor").await;
    ours.call("begin_install", &[("listing", "monitor")]).await.problem(409, "conflict");
    let colleague: Verdict = app.sign_in("partner-member").await.standing("monitor").await.verdict;
    assert_eq!(colleague.outcome, Outcome::Allow);
}

/// A new release of `monitor` that also writes elsewhere.
fn next(version: &str) -> String {
    MONITOR.replace("version = \"1.0.0\"", &format!("version = \"{version}\""))
}

async fn a_new_release_is_judged(app: &App) {
    let upstream = Upstream::start().await;
    let (admin, partner) = (app.sign_in("admin").await, app.sign_in("partner").await);
    admin.install(&upstream).await;
    partner.install(&upstream).await;
    app.scratch.change("DELETE FROM job").await;
    admin.save_policy(block_writes(), "allow").await;
    partner.save_policy(json!([]), "allow").await;
    publish(&app.services, &next("1.1.0")).await;
    let key = app.scratch.texts("SELECT \"key\" FROM job WHERE kind = 'judge_release'").await;
    assert_eq!(key, ["monitor@1.1.0"]);
    app.work_off().await;
    assert_eq!(app.notices("admin").await, ["Test Monitor 1.1.0 is blocked by your policy"]);
    assert!(app.notices("member").await.is_empty(), "administrators are told");
    assert!(app.notices("partner").await.is_empty(), "their policy allows it");
    let body = app.scratch.texts("SELECT body FROM notice").await.pop().unwrap();
    assert!(body.contains("Rule 1") && body.contains("keeps running"), "{body}");
    // The same release, published again with other words, or judged again, is no news.
    publish(&app.services, &next("1.1.0").replace("Alerts become events.", "Alerts become events here.")).await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE kind = 'judge_release'").await, 1);
    app.work_off().await;
    assert_eq!(app.notices("admin").await.len(), 1);
    admin.save_policy(json!([]), "ask").await;
    publish(&app.services, &next("1.2.0")).await;
    app.work_off().await;
    assert_eq!(app.notices("admin").await[1..], ["Test Monitor 1.2.0 needs approval under your policy"]);
}

async fn a_new_listing_is_not_judged(app: &App) {
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE kind = 'judge_release'").await, 0);
    publish(&app.services, MONITOR).await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE kind = 'judge_release'").await, 0, "nothing changed");
    publish(&app.services, &next("1.1.0")).await;
    app.work_off().await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM notice").await, 0, "nobody has it installed");
}

async fn an_allowed_release_is_no_news(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    admin.save_policy(json!([]), "allow").await;
    app.scratch.change("DELETE FROM job").await;
    publish(&app.services, &next("1.1.0")).await;
    app.work_off().await;
    assert!(app.notices("admin").await.is_empty());
    admin.save_policy(json!([]), "ask").await;
    admin.uninstall(&id).await;
    publish(&app.services, &next("1.2.0")).await;
    app.work_off().await;
    assert!(app.notices("admin").await.is_empty(), "what is uninstalled is nobody's concern");
}

//! Requests for approval: asking, answering in the app and from mail, discussing, withdrawing, and ending by themselves.

use crate::harness::{Answer, App, Browser, HOUR_MS, MONITOR, SITE, publish};
use contract::approval::{ApprovalList, ApprovalState};
use contract::install::WizardView;
use contract::policy::RequestStanding;
use serde_json::{Value, json};

on_both!(
    a_member_asks_an_admin_approves_the_member_installs,
    an_approval_is_for_one_person_and_one_release,
    a_denied_request_allows_nothing,
    asking_twice_is_asking_once,
    asking_at_once_is_asking_once,
    a_request_needs_a_reason,
    two_admins_answer_at_once,
    only_admins_answer,
    a_request_is_withdrawn_by_who_made_it,
    a_request_ends_by_itself,
    an_approval_lapses,
    what_lapsed_is_asked_for_again,
    a_request_is_discussed,
    who_sees_what,
    foreign_requests_are_not_found,
    a_link_from_mail_answers,
    a_link_works_for_its_reader_alone,
    a_link_ends_with_the_request,
    an_approval_of_no_use_is_not_given,
);

const DAY_MS: i64 = 24 * HOUR_MS;

async fn begins(browser: &Browser<'_>) -> Answer {
    browser.call("begin_install", &[("listing", "monitor")]).await
}

async fn request(browser: &Browser<'_>) -> Option<RequestStanding> {
    browser.standing("monitor").await.request
}

async fn list(browser: &Browser<'_>) -> ApprovalList {
    browser.call("approvals", &[]).await.good()
}

async fn state(browser: &Browser<'_>, id: &str) -> ApprovalState {
    browser.approval(id).await.card.state
}

async fn a_member_asks_an_admin_approves_the_member_installs(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let problem = begins(&member).await.problem(409, "conflict");
    assert_eq!(problem["title"], "Needs approval");
    let id = member.ask("monitor").await;
    assert!(id.starts_with("apr_"), "{id}");
    let asked = request(&member).await.unwrap();
    assert_eq!((asked.id.as_str(), asked.state, asked.good), (id.as_str(), ApprovalState::Open, false));
    assert!(!member.standing("monitor").await.can_ask);
    let problem = begins(&member).await.problem(409, "conflict");
    assert!(problem["next_step"].as_str().unwrap().contains("waits for an answer"), "{problem}");

    let detail = admin.approval(&id).await;
    assert_eq!((detail.card.requester.as_str(), detail.card.mine), ("Max Member", false));
    assert_eq!((detail.reason.as_str(), detail.card.version.as_str()), ("For the on-call team.", "1.0.0"));
    assert_eq!(detail.card.listing.name, "Test Monitor");
    assert_eq!(detail.asked_because, "The policy has no rules, so everything needs approval.");
    assert!(detail.can_answer && !detail.can_withdraw && !detail.can_install);
    assert_eq!((detail.hosts.len(), detail.scopes.len(), detail.capabilities.len()), (1, 1, 3));
    assert_eq!(detail.data_regions, ["Your own systems"]);
    assert_eq!(app.notices("admin").await, ["Max Member asks to install Test Monitor 1.0.0"]);
    let mail = app.mail("ada@northwind.example").await;
    assert!(mail[0].contains("For the on-call team.") && mail[0].contains(&format!("{SITE}/approvals/{id}")));

    let answer = admin.answer(&id, "approve").await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, format!("/approvals/{id}").as_str()));
    let detail = member.approval(&id).await;
    assert_eq!((detail.card.state, detail.answered_by.as_deref()), (ApprovalState::Approved, Some("Ada Admin")));
    assert_eq!(detail.answer.as_deref(), Some("As discussed."));
    assert!(detail.can_install && !detail.can_answer && !detail.can_withdraw);
    assert_eq!(app.notices("member").await, ["You may install Test Monitor 1.0.0"]);
    assert_eq!(app.mail("max@northwind.example").await.len(), 1);
    assert!(request(&member).await.unwrap().good);
    let review = member.call("wizard", &[("listing", "monitor")]).await.good::<Option<WizardView>>().unwrap();
    assert_eq!(review.blocked, None);
    let installation = member.begin("monitor").await;
    assert!(member.detail(&installation).await.can_manage);
    let audited = app.audited().await;
    let at = |action: &str| audited.iter().position(|it| it == action).unwrap();
    assert!(at("approval.requested") < at("approval.approved"));
    assert!(at("approval.approved") < at("installation.begun"));
    assert_eq!(domain::audit::verify(&app.services).await.unwrap().1, []);
}

async fn an_approval_is_for_one_person_and_one_release(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let id = member.ask("monitor").await;
    admin.answer(&id, "approve").await;
    begins(&app.sign_in("billing").await).await.problem(409, "conflict");
    publish(&app.services, &MONITOR.replace("version = \"1.0.0\"", "version = \"2.0.0\"")).await;
    begins(&member).await.problem(409, "conflict");
    let last = request(&member).await.unwrap();
    assert_eq!((last.state, last.good, last.version.as_str()), (ApprovalState::Approved, false, "1.0.0"));
    assert!(member.standing("monitor").await.can_ask);
    let detail = member.approval(&id).await;
    assert_eq!((detail.newer.as_deref(), detail.can_install), (Some("2.0.0"), false));
    let second = member.ask("monitor").await;
    assert_ne!(second, id);
    assert_eq!(admin.answer(&second, "approve").await.status, 200);
    assert_eq!(begins(&member).await.status, 200);
}

async fn a_denied_request_allows_nothing(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let id = member.ask("monitor").await;
    assert_eq!(admin.answer(&id, "deny").await.status, 200);
    let problem = begins(&member).await.problem(409, "conflict");
    assert!(problem["next_step"].as_str().unwrap().contains("denied"), "{problem}");
    assert_eq!(app.notices("member").await, ["Your request for Test Monitor 1.0.0 was denied"]);
    assert!(app.audited().await.contains(&"approval.denied".to_owned()));
    for answer in ["approve", "deny"] {
        let problem = admin.answer(&id, answer).await.problem(409, "conflict");
        assert!(problem["detail"].as_str().unwrap().contains("denied already"), "{problem}");
    }
    assert!(member.standing("monitor").await.can_ask, "one may ask again");
    assert_ne!(member.ask("monitor").await, id);
}

async fn asking_twice_is_asking_once(app: &App) {
    let member = app.sign_in("member").await;
    let id = member.ask("monitor").await;
    assert_eq!(member.ask("monitor").await, id);
    assert_ne!(app.sign_in("billing").await.ask("monitor").await, id, "each person has their own");
    assert_eq!(app.notices("admin").await.len(), 2);
    assert_eq!(app.audited().await.iter().filter(|it| *it == "approval.requested").count(), 2);
    app.sign_in("admin").await.answer(&id, "approve").await;
    assert_eq!(member.ask("monitor").await, id, "what is approved needs no other request");
}

async fn asking_at_once_is_asking_once(app: &App) {
    let member = app.sign_in("member").await;
    let asked = futures::future::join_all((0..4).map(|_| member.ask("monitor"))).await;
    assert!(asked.iter().all(|id| *id == asked[0]), "{asked:?}");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM approval").await, 1);
    assert_eq!(app.notices("admin").await.len(), 1);
}

async fn a_request_needs_a_reason(app: &App) {
    let member = app.sign_in("member").await;
    for reason in ["", "  \n ", &"x".repeat(2001)] {
        let answer = member.call("request_approval", &[("listing", "monitor"), ("reason", reason)]).await;
        assert_eq!(answer.problem(422, "invalid")["field"], "reason");
    }
    member.call("request_approval", &[("listing", "none"), ("reason", "x")]).await.problem(404, "not_found");
    member.call("request_approval", &[("listing", "lumen"), ("reason", "x")]).await.problem(409, "conflict");
    let admin = app.sign_in("admin").await;
    let needless = admin.call("request_approval", &[("listing", "monitor"), ("reason", "x")]).await;
    assert_eq!(needless.problem(409, "conflict")["title"], "No approval needed");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM approval").await, 0);
}

async fn two_admins_answer_at_once(app: &App) {
    app.promote("billing").await;
    let (one, other) = (app.sign_in("admin").await, app.sign_in("billing").await);
    let member = app.sign_in("member").await;
    let id = member.ask("monitor").await;
    let (first, second) = futures::future::join(one.answer(&id, "approve"), other.answer(&id, "deny")).await;
    let won = if first.status == 200 { (&second, ApprovalState::Approved) } else { (&first, ApprovalState::Denied) };
    won.0.problem(409, "conflict");
    assert!(first.status == 200 || second.status == 200);
    assert_eq!(state(&member, &id).await, won.1);
    assert_eq!(app.notices("member").await.len(), 1, "only the answer that counts is told");
    let answers = app.audited().await.into_iter().filter(|it| it == "approval.approved" || it == "approval.denied");
    assert_eq!(answers.count(), 1);
}

async fn only_admins_answer(app: &App) {
    let (member, colleague) = (app.sign_in("member").await, app.sign_in("billing").await);
    let id = member.ask("monitor").await;
    for browser in [&member, &colleague] {
        browser.answer(&id, "approve").await.problem(403, "forbidden");
    }
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.answer(&id, "perhaps").await.problem(422, "invalid")["field"], "answer");
    assert_eq!(state(&admin, &id).await, ApprovalState::Open);
    // Who became an administrator could install directly, so they may answer their own request too.
    app.promote("member").await;
    assert_eq!(member.answer(&id, "approve").await.status, 200);
}

async fn a_request_is_withdrawn_by_who_made_it(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let id = member.ask("monitor").await;
    assert!(member.approval(&id).await.can_withdraw);
    admin.call("withdraw_approval", &[("id", &id)]).await.problem(403, "forbidden");
    app.sign_in("billing").await.call("withdraw_approval", &[("id", &id)]).await.problem(404, "not_found");
    let answer = member.call("withdraw_approval", &[("id", &id)]).await;
    assert_eq!(answer.goes_on_to(), format!("/approvals/{id}"));
    assert_eq!(state(&member, &id).await, ApprovalState::Withdrawn);
    assert!(app.audited().await.contains(&"approval.withdrawn".to_owned()));
    admin.answer(&id, "approve").await.problem(409, "conflict");
    member.call("withdraw_approval", &[("id", &id)]).await.problem(409, "conflict");
    begins(&member).await.problem(409, "conflict");
}

async fn a_request_ends_by_itself(app: &App) {
    let id = app.sign_in("member").await.ask("monitor").await;
    jobs::schedule_periodic(&app.services).await.unwrap();
    app.clock.advance(29 * DAY_MS);
    app.work_off().await;
    assert_eq!(state(&app.sign_in("member").await, &id).await, ApprovalState::Open);
    app.clock.advance(DAY_MS + HOUR_MS);
    let admin = app.sign_in("admin").await;
    assert_eq!(state(&admin, &id).await, ApprovalState::Expired, "also before the queue comes to it");
    let problem = admin.answer(&id, "approve").await.problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains("30 days"), "{problem}");
    assert_eq!(app.scratch.texts("SELECT state FROM approval").await, ["open"]);
    app.work_off().await;
    assert_eq!(app.scratch.texts("SELECT state FROM approval").await, ["expired"]);
    assert_eq!(app.notices("member").await, ["Your request for Test Monitor 1.0.0 ended without an answer"]);
    app.clock.advance(2 * HOUR_MS);
    app.work_off().await;
    assert_eq!(app.audited().await.iter().filter(|it| *it == "approval.expired").count(), 1, "once");
    assert_eq!(app.notices("member").await.len(), 1);
}

async fn an_approval_lapses(app: &App) {
    let id = app.sign_in("member").await.ask("monitor").await;
    app.clock.advance(20 * DAY_MS);
    app.sign_in("admin").await.answer(&id, "approve").await;
    app.clock.advance(29 * DAY_MS);
    let member = app.sign_in("member").await;
    assert!(request(&member).await.unwrap().good, "thirty days after the answer");
    app.clock.advance(DAY_MS);
    begins(&member).await.problem(409, "conflict");
    let standing = member.standing("monitor").await;
    assert!(standing.can_ask && !standing.request.unwrap().good);
    let detail = member.approval(&id).await;
    assert_eq!((detail.card.state, detail.can_install), (ApprovalState::Approved, false));
}

async fn what_lapsed_is_asked_for_again(app: &App) {
    let id = app.sign_in("member").await.ask("monitor").await;
    app.clock.advance(31 * DAY_MS);
    // The queue did not come to the first one yet.
    let member = app.sign_in("member").await;
    assert!(member.standing("monitor").await.can_ask);
    let second = member.ask("monitor").await;
    assert_ne!(second, id);
    assert_eq!(state(&member, &id).await, ApprovalState::Expired);
    assert_eq!(state(&member, &second).await, ApprovalState::Open);
}

async fn a_request_is_discussed(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let id = member.ask("monitor").await;
    let say = async |browser: &Browser<'_>, text: &str| {
        browser.call("comment_approval", &[("id", &id), ("text", text)]).await
    };
    assert_eq!(say(&admin, "  Which hosts?\r\nAnd who?  ").await.goes_on_to(), format!("/approvals/{id}"));
    assert_eq!(say(&member, "Only <b>ours</b>.").await.status, 200);
    assert_eq!(say(&member, " ").await.problem(422, "invalid")["field"], "text");
    say(&app.sign_in("billing").await, "Me too").await.problem(404, "not_found");
    let comments = member.approval(&id).await.comments;
    let said: Vec<(&str, &str, bool)> =
        comments.iter().map(|it| (it.author.as_str(), it.text.as_str(), it.mine)).collect();
    assert_eq!(said, [("Ada Admin", "Which hosts?\nAnd who?", false), ("Max Member", "Only <b>ours</b>.", true)]);
    assert_eq!(app.notices("member").await, ["Ada Admin comments on the request for Test Monitor 1.0.0"]);
    assert_eq!(app.notices("admin").await[1..], ["Max Member comments on the request for Test Monitor 1.0.0"]);
    assert_eq!(app.audited().await.iter().filter(|it| *it == "approval.commented").count(), 2);
    admin.answer(&id, "deny").await;
    assert_eq!(say(&member, "What a pity.").await.status, 200, "also afterwards");
}

async fn who_sees_what(app: &App) {
    let (admin, member, billing) =
        (app.sign_in("admin").await, app.sign_in("member").await, app.sign_in("billing").await);
    let first = member.ask("monitor").await;
    let second = billing.ask("monitor").await;
    let all = list(&admin).await;
    assert!(all.everybody);
    assert_eq!(all.open, 2);
    let ids = |list: &ApprovalList| list.approvals.iter().map(|it| it.id.0.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&all), [second.clone(), first.clone()], "the newest first");
    let own = list(&member).await;
    assert_eq!((ids(&own), own.everybody, own.approvals[0].mine), (vec![first.clone()], false, true));
    billing.call("approval", &[("id", &first)]).await.problem(404, "not_found");
    admin.answer(&second, "deny").await;
    let all = list(&admin).await;
    assert_eq!((ids(&all), all.open), (vec![first, second], 1), "open ones first");
    app.visitor().call("approvals", &[]).await.problem(401, "sign_in_required");
}

async fn foreign_requests_are_not_found(app: &App) {
    let id = app.sign_in("member").await.ask("monitor").await;
    for account in ["partner", "partner-member", "reviewer"] {
        let stranger = app.sign_in(account).await;
        for (name, arguments) in [
            ("approval", vec![("id", id.as_str())]),
            ("comment_approval", vec![("id", id.as_str()), ("text", "Hello")]),
            ("withdraw_approval", vec![("id", id.as_str())]),
        ] {
            stranger.call(name, &arguments).await.problem(404, "not_found");
        }
        assert!(list(&stranger).await.approvals.is_empty());
        let status = stranger.answer(&id, "approve").await.status;
        assert_eq!(status, if account == "partner" { 404 } else { 403 });
        assert_eq!(request(&stranger).await, None);
    }
    let them = "usr_demo_partner";
    let arguments = [("id", id.as_str()), ("answer", "approve"), ("recipient", them), ("sig", "00")];
    app.sign_in("partner").await.call("answer_approval_by_link", &arguments).await.problem(404, "not_found");
    assert_eq!(app.scratch.texts("SELECT state FROM approval").await, ["open"]);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM approval_comment").await, 0);
}

/// A link in a mail: where it leads, and its parameters.
fn link(mail: &str, answer: &str) -> (String, Vec<(String, String)>) {
    let line = mail.lines().find(|line| line.contains(&format!("answer={answer}&"))).unwrap();
    let url = url::Url::parse(line.split_whitespace().last().unwrap()).unwrap();
    (url.path().to_owned(), url.query_pairs().into_owned().collect())
}

/// Presses the button of the page that a link leads to.
async fn follow(browser: &Browser<'_>, id: &str, parameters: &[(String, String)]) -> Answer {
    let of = |name: &str| parameters.iter().find(|(key, _)| key == name).unwrap().1.as_str();
    let arguments = [("id", id), ("answer", of("answer")), ("recipient", of("for")), ("sig", of("sig"))];
    browser.call("answer_approval_by_link", &arguments).await
}

async fn a_link_from_mail_answers(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    for (answer, expected) in [("deny", ApprovalState::Denied), ("approve", ApprovalState::Approved)] {
        let id = member.ask("monitor").await;
        let mail = app.mail("ada@northwind.example").await.pop().unwrap();
        let (path, parameters) = link(&mail, answer);
        assert_eq!(path, format!("/approvals/{id}"));
        assert_eq!(state(&admin, &id).await, ApprovalState::Open, "a link alone does nothing");
        assert_eq!(follow(&admin, &id, &parameters).await.goes_on_to(), path);
        assert_eq!(state(&admin, &id).await, expected);
        let problem = follow(&admin, &id, &parameters).await.problem(409, "conflict");
        assert_eq!(problem["title"], "This request is over");
    }
}

async fn a_link_works_for_its_reader_alone(app: &App) {
    app.promote("billing").await;
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let id = member.ask("monitor").await;
    let mine = link(&app.mail("ada@northwind.example").await[0], "approve").1;
    let theirs = link(&app.mail("bo@northwind.example").await[0], "approve").1;
    assert_ne!(mine, theirs, "each administrator has their own");
    let problem = follow(&admin, &id, &theirs).await.problem(403, "forbidden");
    assert_eq!(problem["title"], "This link is for somebody else");
    follow(&app.visitor(), &id, &mine).await.problem(401, "sign_in_required");
    follow(&member, &id, &mine).await.problem(403, "forbidden");
    let changed = |name: &str, value: &str| {
        let change =
            |(key, old): &(String, String)| (key.clone(), if key == name { value.to_owned() } else { old.clone() });
        mine.iter().map(change).collect::<Vec<_>>()
    };
    let foreign = theirs.iter().find(|(key, _)| key == "sig").unwrap().1.as_str();
    for bad in [changed("sig", "00ff"), changed("sig", ""), changed("sig", foreign), changed("answer", "deny")] {
        let problem = follow(&admin, &id, &bad).await.problem(422, "invalid");
        assert_eq!(problem["title"], "This link does not work");
    }
    let other = app.sign_in("billing").await;
    assert_eq!(state(&other, &id).await, ApprovalState::Open);
    // Somebody who is an administrator no more can't answer with the link they still have.
    app.scratch.change("UPDATE membership SET role = 'member' WHERE person_id = 'usr_demo_billing'").await;
    follow(&other, &id, &theirs).await.problem(403, "forbidden");
    assert_eq!(follow(&admin, &id, &mine).await.status, 200);
}

async fn a_link_ends_with_the_request(app: &App) {
    let id = app.sign_in("member").await.ask("monitor").await;
    let parameters = link(&app.mail("ada@northwind.example").await[0], "approve").1;
    app.clock.advance(31 * DAY_MS);
    let admin = app.sign_in("admin").await;
    let problem = follow(&admin, &id, &parameters).await.problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains("30 days"), "{problem}");
    // The same signature is of no use for another request.
    let second = app.sign_in("member").await.ask("monitor").await;
    follow(&admin, &second, &parameters).await.problem(422, "invalid");
}

async fn an_approval_of_no_use_is_not_given(app: &App) {
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let id = member.ask("monitor").await;
    let rules = json!([{ "outcome": "block", "when": [{ "listing_one_of": ["monitor"] }] }]);
    assert_eq!(admin.save_policy(rules, "ask").await.status, 200);
    let problem: Value = admin.answer(&id, "approve").await.problem(409, "conflict");
    assert_eq!(problem["title"], "Blocked by the policy");
    admin.save_policy(json!([]), "ask").await;
    publish(&app.services, &MONITOR.replace("version = \"1.0.0\"", "version = \"2.0.0\"")).await;
    assert_eq!(admin.answer(&id, "approve").await.problem(409, "conflict")["title"], "There is a newer release");
    assert_eq!(admin.answer(&id, "deny").await.status, 200, "but it can be denied");
}

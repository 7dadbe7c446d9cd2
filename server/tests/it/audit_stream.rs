//! The audit trail is streamed to an address of the organization's own: in order, at least once, signed; failures lose
//! nothing, and inner systems are out of reach.

use crate::harness::{Answer, App, Browser, HOUR_MS, MINUTE_MS, NORTHWIND, Options, Reply, Seen, Upstream};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::audit::AuditEvent;
use contract::audit_stream::{NewStreamSecret, StreamPage, StreamState, StreamView};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

on_both!(
    events_arrive_in_order_and_signed,
    what_fails_is_sent_again_and_nothing_is_lost,
    a_stream_that_fails_for_long_is_paused_and_resumed,
    whoever_wants_nothing_any_more_is_left_alone,
    inner_addresses_are_refused,
    a_name_that_turns_inwards_is_refused_when_it_is_called,
    a_redirect_is_not_followed,
    a_test_event_is_sent,
    another_address_goes_on_where_the_first_one_stood,
    turning_it_off_forgets_everything,
    streams_are_apart,
    changing_it_needs_an_admin_and_a_fresh_sign_in,
    the_secret_is_shown_once_and_sealed,
    a_lost_job_is_found_again,
);

/// Where the receiver takes events; the last part is what receivers put a token into.
const PATH: &str = "/audit/t0ken-in-the-path";

async fn set(browser: &Browser<'_>, url: &str) -> Answer {
    browser.call("set_audit_stream", &[("url", url)]).await
}

/// A receiver that takes everything, and the secret of Northwind's stream to it.
async fn streaming(app: &App) -> (Upstream, String) {
    let receiver = Upstream::start().await;
    receiver.answer(&format!("POST {PATH}"), Reply::with(204, ""));
    let made: NewStreamSecret = set(&app.sign_in("admin").await, &format!("{}{PATH}", receiver.url)).await.good();
    (receiver, made.secret)
}

async fn page(browser: &Browser<'_>) -> StreamPage {
    browser.call("audit_stream", &[]).await.good()
}

async fn view(app: &App) -> StreamView {
    page(&app.sign_in("admin").await).await.stream.unwrap()
}

/// Lets the next try come, and works off what is due.
async fn later(app: &App, ms: i64) {
    app.clock.advance(ms);
    app.work_off().await;
}

/// Something happens in Northwind that stands in its trail.
async fn rename(app: &App, name: &str) {
    let answer = app.sign_in("admin").await.call("rename_organization", &[("name", name)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn text(seen: &Seen, header: &str) -> String {
    seen.headers.get(header).map_or(String::new(), |value| value.to_str().unwrap().to_owned())
}

/// The events of these messages.
fn events(seen: &[Seen]) -> Vec<AuditEvent> {
    let data = |seen: &Seen| serde_json::from_str::<Value>(&seen.body).unwrap()["data"].clone();
    seen.iter().map(|seen| serde_json::from_value(data(seen)).unwrap()).collect()
}

fn sequences(seen: &[Seen]) -> Vec<i64> {
    events(seen).iter().map(|event| event.sequence).collect()
}

/// HMAC-SHA256 as RFC 2104 writes it down, so that nothing of what signs is used to check.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let pad = |with: u8| -> Vec<u8> {
        let mut block = [0_u8; 64];
        block[..key.len()].copy_from_slice(key);
        block.iter().map(|byte| byte ^ with).collect()
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

#[track_caller]
fn assert_signed(seen: &Seen, secret: &str) {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    assert!((24..=64).contains(&key.len()), "{} bytes", key.len());
    let signed = format!("{}.{}.{}", text(seen, "webhook-id"), text(seen, "webhook-timestamp"), seen.body);
    let expected = format!("v1,{}", STANDARD.encode(hmac(&key, signed.as_bytes())));
    assert_eq!(text(seen, "webhook-signature"), expected, "{seen:?}");
}

#[track_caller]
fn assert_all_signed(seen: &[Seen], secret: &str) {
    for one in seen {
        assert_signed(one, secret);
    }
}

async fn events_arrive_in_order_and_signed(app: &App) {
    let (receiver, secret) = streaming(app).await;
    for name in ["One", "Two", "Three"] {
        rename(app, name).await;
    }
    later(app, 0).await;
    let seen = receiver.seen();
    let trail = app.services.audit.audit_after(NORTHWIND, 0, 1000).await.unwrap();
    let begun = trail.iter().position(|event| event.action == "audit_stream.set").unwrap();
    assert!(begun > 0, "what was before is not sent");
    assert_eq!(events(&seen), trail[begun..], "the same events as in the trail, in its order, hashes included");
    for (message, event) in seen.iter().zip(&trail[begun..]) {
        assert_eq!(message.what, format!("POST {PATH}"));
        assert_eq!(text(message, "content-type"), "application/json");
        assert_eq!(text(message, "webhook-id"), event.id.as_str());
        let seconds: i64 = text(message, "webhook-timestamp").parse().unwrap();
        assert!((app.services.clock.now().0 / 1000 - seconds).abs() < 60, "{seconds}");
        let body: Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!((&body["type"], &body["timestamp"]), (&json!(event.action), &json!(event.at.rfc3339())));
        assert_signed(message, &secret);
    }
    let it = view(app).await;
    assert_eq!((it.state, it.delivered), (StreamState::On, trail.last().unwrap().sequence));
    assert!(it.delivered_at.is_some() && it.failing_since.is_none());
    let (number, last) = (seen.len(), trail.last().unwrap().sequence);
    rename(app, "Four").await;
    later(app, 6000).await;
    assert!(sequences(&receiver.seen()[number..]).iter().copied().eq(last + 1..=last + 3), "signed in twice, renamed");
}

async fn what_fails_is_sent_again_and_nothing_is_lost(app: &App) {
    let (receiver, secret) = streaming(app).await;
    later(app, 0).await;
    let begun = receiver.seen().len();
    receiver.answer(&format!("POST {PATH}"), Reply::with(503, ""));
    rename(app, "One").await;
    rename(app, "Two").await;
    later(app, 6000).await;
    let first = receiver.seen()[begun..].to_vec();
    assert_eq!(first.len(), 1, "nothing behind it is tried before it has arrived");
    let it = view(app).await;
    assert_eq!((it.state, it.failures, it.waiting > 3), (StreamState::Failing, 1, true), "{it:?}");
    assert!(it.last_error.as_deref().unwrap().contains("status 503"), "{it:?}");
    let since = it.failing_since.unwrap();
    for n in 2..=4 {
        app.work_off().await;
        assert_eq!(receiver.seen().len(), begun + n - 1, "not before the pause is over");
        let pause = view(app).await.next_try_at.unwrap().since(app.services.clock.now());
        assert!(pause > 5_000 << (n - 2), "{pause} ms after failure {}", n - 1);
        later(app, pause).await;
        assert_eq!(receiver.seen().len(), begun + n, "one try");
    }
    assert_eq!(view(app).await.failing_since, Some(since));
    receiver.answer(&format!("POST {PATH}"), Reply::with(200, "thank you"));
    later(app, HOUR_MS).await;
    let seen = receiver.seen();
    let repeated = &seen[begun..begun + 4];
    assert!(repeated.iter().all(|it| text(it, "webhook-id") == text(&first[0], "webhook-id")), "the same message");
    assert_all_signed(&seen, &secret);
    let arrived: Vec<i64> = [sequences(&seen[..begun]), sequences(&seen[begun + 4..])].concat();
    let end = app.services.audit.audit_end(&NORTHWIND.into()).await.unwrap();
    assert!(arrived.iter().copied().eq(arrived[0]..=end), "each event, in order: {arrived:?} to {end}");
    let it = view(app).await;
    assert_eq!((it.state, it.failures, it.failing_since, it.last_error), (StreamState::On, 0, None, None));
}

/// Tries until the stream is paused; gives how often.
async fn until_paused(app: &App) -> usize {
    for tries in 1..100 {
        later(app, HOUR_MS).await;
        if app.recorded(NORTHWIND, "audit_stream.paused").await > 0 {
            return tries;
        }
    }
    panic!("it is never paused");
}

async fn a_stream_that_fails_for_long_is_paused_and_resumed(app: &App) {
    let (receiver, _) = streaming(app).await;
    receiver.answer(&format!("POST {PATH}"), Reply::with(500, ""));
    assert_eq!(until_paused(app).await, 30);
    let tried = receiver.seen().len();
    later(app, 48 * HOUR_MS).await;
    assert_eq!(receiver.seen().len(), tried, "it is left alone");
    let admin = app.sign_in("admin").await;
    let it = page(&admin).await.stream.unwrap();
    assert_eq!((it.state, it.failures, it.next_try_at), (StreamState::Paused, 30, None));
    let shown = admin.get("/audit").await.body;
    for words in ["Paused", "status 500", "Try again now"] {
        assert!(shown.contains(words), "{words}");
    }
    let told = app.notices("admin").await;
    assert!(told.contains(&"The stream of the audit trail is paused".to_owned()), "{told:?}");
    assert_eq!(app.notices("member").await, Vec::<String>::new(), "only admins hear of it");
    assert!(app.mail("ada@northwind.example").await.iter().any(|mail| mail.contains("Nothing is lost")));

    receiver.answer(&format!("POST {PATH}"), Reply::with(200, ""));
    assert_eq!(admin.call("resume_audit_stream", &[]).await.goes_on_to(), "/audit");
    later(app, 0).await;
    let arrived = sequences(&receiver.seen()[tried..]);
    let end = app.services.audit.audit_end(&NORTHWIND.into()).await.unwrap();
    assert!(arrived.iter().copied().eq(arrived[0]..=end), "{arrived:?} to {end}");
    let actions: Vec<String> = events(&receiver.seen()[tried..]).into_iter().map(|event| event.action).collect();
    for action in ["audit_stream.set", "audit_stream.paused", "audit_stream.resumed"] {
        assert!(actions.iter().any(|it| it == action), "{action} in {actions:?}");
    }
}

async fn whoever_wants_nothing_any_more_is_left_alone(app: &App) {
    let (receiver, _) = streaming(app).await;
    receiver.answer(&format!("POST {PATH}"), Reply::with(410, ""));
    later(app, 0).await;
    assert_eq!((receiver.seen().len(), view(app).await.state), (1, StreamState::Paused));
}

async fn inner_addresses_are_refused(app: &App) {
    let node = app.node(Options { allow_private: "", ..Options::default() }).await;
    let admin = node.sign_in("admin").await;
    for (url, why) in [
        ("https://127.0.0.1/x", "a loopback address"),
        ("https://localhost/x", "a loopback address"),
        ("https://169.254.169.254/latest/meta-data/", "a cloud metadata address"),
        ("https://2130706433/x", "a loopback address"),
        ("https://[::ffff:10.0.0.1]/x", "an IPv4 address written as IPv6"),
        ("https://10.0.0.1:8443/x", "a private address"),
        ("http://93.184.216.34/x", "without encryption"),
        ("ftp://93.184.216.34/x", "starts with ftp:"),
        ("https://user:pass@93.184.216.34/x", "user name or password"),
        ("https://no-such-name.invalid/x", "does not resolve"),
        ("siem.example", "no complete address"),
        ("https://93.184.216.34/a\r\nb", "no complete address"),
        ("", "no complete address"),
    ] {
        let problem = set(&admin, url).await.problem(422, "invalid");
        assert_eq!(problem["field"], "url", "{url}");
        assert!(problem["detail"].as_str().unwrap().contains(why), "{url}: {problem}");
    }
    let long = format!("https://93.184.216.34/{}", "x".repeat(2000));
    set(&admin, &long).await.problem(422, "invalid");
    assert_eq!(page(&admin).await.stream, None);
    assert_eq!(app.recorded(NORTHWIND, "audit_stream.set").await, 0);
}

/// What was allowed when it was entered is looked at again with each call.
async fn a_name_that_turns_inwards_is_refused_when_it_is_called(app: &App) {
    let (receiver, _) = streaming(app).await;
    let strict = app.node(Options { allow_private: "", ..Options::default() }).await;
    strict.work_off().await;
    let it = view(app).await;
    assert_eq!((receiver.seen().len(), it.failures), (0, 1));
    assert!(it.last_error.as_deref().unwrap().contains("a loopback address"), "{it:?}");
}

async fn a_redirect_is_not_followed(app: &App) {
    let other = Upstream::start().await;
    let receiver = Upstream::start().await;
    for (status, to) in
        [(302, format!("{}/x", other.url)), (307, format!("{}/x", other.url)), (302, "/elsewhere".to_owned())]
    {
        receiver.answer(&format!("POST {PATH}"), Reply::Redirect(status, to.clone()));
        receiver.answer("GET /elsewhere", Reply::with(200, ""));
        let admin = app.sign_in("admin").await;
        assert_eq!(set(&admin, &format!("{}{PATH}", receiver.url)).await.status, 200);
        later(app, 0).await;
        let error = view(app).await.last_error.unwrap();
        assert!(error.contains("answered with a redirect, which is not followed"), "{status} to {to}: {error}");
    }
    assert!(other.seen().is_empty());
    assert!(receiver.seen().iter().all(|seen| seen.what == format!("POST {PATH}")), "{:?}", receiver.seen());
}

async fn a_test_event_is_sent(app: &App) {
    let (receiver, secret) = streaming(app).await;
    let admin = app.sign_in("admin").await;
    let (before, end) = (receiver.seen().len(), app.services.audit.audit_end(&NORTHWIND.into()).await.unwrap());
    let answer = admin.call("test_audit_stream", &[]).await;
    assert_eq!(answer.goes_on_to(), "/audit?stream=tested");
    assert!(admin.get(answer.location()).await.body.contains("The test event arrived."));
    let seen = receiver.seen();
    assert_eq!(seen.len(), before + 1, "at once, without the queue");
    let body: Value = serde_json::from_str(&seen[before].body).unwrap();
    assert_eq!((&body["type"], &body["data"]["organization"]), (&json!("audit_stream.test"), &json!(NORTHWIND)));
    assert_signed(&seen[before], &secret);
    assert_eq!(app.services.audit.audit_end(&NORTHWIND.into()).await.unwrap(), end, "it is no event of the trail");
    receiver.answer(&format!("POST {PATH}"), Reply::with(401, ""));
    let problem = admin.call("test_audit_stream", &[]).await.problem(502, "upstream");
    assert!(problem["detail"].as_str().unwrap().contains("Check that it knows the secret"), "{problem}");
    assert_eq!(page(&admin).await.stream.unwrap().failures, 0, "a test changes nothing");
}

async fn another_address_goes_on_where_the_first_one_stood(app: &App) {
    let (first, old) = streaming(app).await;
    later(app, 0).await;
    let last = *sequences(&first.seen()).last().unwrap();
    first.answer(&format!("POST {PATH}"), Reply::with(500, ""));
    rename(app, "One").await;
    later(app, 6000).await;
    let tried = first.seen().len();
    let (second, new) = streaming(app).await;
    assert_ne!(old, new);
    later(app, 0).await;
    let arrived = sequences(&second.seen());
    assert_eq!((arrived[0], first.seen().len()), (last + 1, tried), "without a gap, at once, and not to both");
    assert_all_signed(&second.seen(), &new);
    let changed = events(&second.seen()).into_iter().rfind(|it| it.action == "audit_stream.set").unwrap();
    assert!(changed.before.contains(&first.url) && changed.after.contains(&second.url), "{changed:?}");
    assert!(!format!("{changed:?}").contains("t0ken"), "the path is nobody's business: {changed:?}");
}

async fn turning_it_off_forgets_everything(app: &App) {
    let (receiver, _) = streaming(app).await;
    later(app, 0).await;
    let (admin, number) = (app.sign_in("admin").await, receiver.seen().len());
    assert_eq!(admin.call("turn_off_audit_stream", &[]).await.goes_on_to(), "/audit");
    assert_eq!(page(&admin).await.stream, None);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM audit_stream").await, 0);
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE kind = 'stream_audit'").await, 0);
    later(app, HOUR_MS).await;
    assert_eq!(receiver.seen().len(), number);
    for name in ["turn_off_audit_stream", "resume_audit_stream", "test_audit_stream"] {
        let answer = app.sign_in("admin").await.call(name, &[]).await;
        answer.problem(404, "not_found");
    }
    assert_eq!(app.recorded(NORTHWIND, "audit_stream.off").await, 1);
    let (again, _) = streaming(app).await;
    later(app, 0).await;
    assert_eq!(events(&again.seen())[0].action, "audit_stream.set", "a new stream begins with what happens then");
}

async fn streams_are_apart(app: &App) {
    let (receiver, secret) = streaming(app).await;
    let partner = app.sign_in("partner").await;
    assert_eq!(page(&partner).await.stream, None, "theirs is not there, and ours is not seen");
    for name in ["turn_off_audit_stream", "resume_audit_stream", "test_audit_stream"] {
        partner.call(name, &[]).await.problem(404, "not_found");
    }
    assert!(!partner.get("/audit").await.body.contains(&receiver.url));
    let theirs = Upstream::start().await;
    theirs.answer(&format!("POST {PATH}"), Reply::with(200, ""));
    let made: NewStreamSecret = set(&partner, &format!("{}{PATH}", theirs.url)).await.good();
    later(app, 0).await;
    rename(app, "Ours").await;
    later(app, 6000).await;
    let actors =
        |seen: &[Seen]| events(seen).into_iter().map(|it| it.actor_name).collect::<std::collections::BTreeSet<_>>();
    assert!(actors(&receiver.seen()).iter().eq(["Ada Admin"]), "{:?}", actors(&receiver.seen()));
    assert!(!actors(&theirs.seen()).contains("Ada Admin") && !theirs.seen().is_empty());
    assert_all_signed(&receiver.seen(), &secret);
    assert_all_signed(&theirs.seen(), &made.secret);
    // What is sealed for one organization opens for no other, also where somebody moves it in the database.
    app.scratch
        .change(&format!(
            "UPDATE audit_stream SET sealed = (SELECT sealed FROM audit_stream WHERE organization_id = '{NORTHWIND}') \
             WHERE organization_id <> '{NORTHWIND}'"
        ))
        .await;
    let number = receiver.seen().len();
    assert_eq!(partner.call("test_audit_stream", &[]).await.status, 500);
    let partner = app.sign_in("partner").await;
    later(app, 6000).await;
    let error = page(&partner).await.stream.unwrap().last_error.unwrap();
    assert!(error.contains("can't be opened any more"), "{error}");
    assert_eq!(receiver.seen().len(), number);
}

async fn changing_it_needs_an_admin_and_a_fresh_sign_in(app: &App) {
    let (receiver, _) = streaming(app).await;
    let url = format!("{}/other", receiver.url);
    let (admin, member) = (app.sign_in("admin").await, app.sign_in("member").await);
    let all = [
        ("set_audit_stream", &[("url", url.as_str())][..]),
        ("resume_audit_stream", &[]),
        ("turn_off_audit_stream", &[]),
    ];
    app.clock.advance(16 * MINUTE_MS);
    for (name, arguments) in all {
        admin.call(name, arguments).await.problem(403, "sign_in_again");
        member.call(name, arguments).await.problem(403, "forbidden");
        app.visitor().call(name, arguments).await.problem(401, "sign_in_required");
    }
    member.call("audit_stream", &[]).await.problem(403, "forbidden");
    member.call("test_audit_stream", &[]).await.problem(403, "forbidden");
    assert_eq!(app.recorded(NORTHWIND, "audit_stream.set").await, 1);
    assert_eq!(view(app).await.address, receiver.url);
}

async fn the_secret_is_shown_once_and_sealed(app: &App) {
    let receiver = Upstream::start().await;
    let mut admin = app.sign_in("admin").await;
    let url = format!("{}{PATH}", receiver.url);
    // Without a script the secret comes with the page that follows, and with no page after that.
    let answer = admin.post("/api/fn/set_audit_stream", &[("url", &url)]).await;
    assert_eq!((answer.status, answer.location()), (302, "/audit"), "{answer:?}");
    let cookie = answer.cookie("stream-flash").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    admin.keep_cookies(&answer);
    let secret = admin.cookies["stream-flash"].clone();
    let shown = admin.get("/audit").await;
    assert!(secret.starts_with("whsec_") && shown.body.contains(&secret.replace('=', "")[..40]), "{}", shown.body);
    admin.keep_cookies(&shown);
    assert!(!admin.cookies.contains_key("stream-flash"));
    assert!(!admin.get("/audit").await.body.contains(&secret[..20]));
    admin.cookies.insert("stream-flash".to_owned(), "whsec_planted-by-somebody-else".to_owned());
    assert!(!admin.get("/audit").await.body.contains("planted"));
    // Neither the secret nor the path is stored as it is, or recorded.
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    for sealed in app.scratch.bytes("SELECT sealed FROM audit_stream").await {
        for part in [secret.as_bytes(), key.as_slice(), b"t0ken-in-the-path"] {
            assert!(!sealed.windows(part.len()).any(|window| window == part));
        }
    }
    let mut texts = app.scratch.texts("SELECT address || hint || COALESCE(last_error, '') FROM audit_stream").await;
    texts.extend(app.scratch.texts("SELECT \"before\" || \"after\" || subject_name FROM audit_event").await);
    texts.extend(app.scratch.texts("SELECT payload FROM job").await);
    for text in texts {
        assert!(!text.contains(&secret[..20]) && !text.contains("t0ken"), "{text}");
    }
}

async fn a_lost_job_is_found_again(app: &App) {
    let (receiver, _) = streaming(app).await;
    app.scratch.change("DELETE FROM job WHERE kind = 'stream_audit'").await;
    later(app, HOUR_MS).await;
    assert!(receiver.seen().is_empty());
    jobs::schedule_periodic(&app.services).await.unwrap();
    later(app, 0).await;
    assert!(!receiver.seen().is_empty(), "a worker that starts looks after every stream");
}

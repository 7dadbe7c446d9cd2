//! What metered plans charge for: counted with what arrives, reported once whatever breaks in between, and limited by caps.

use crate::harness::running_double::{Double, KEY};
use crate::harness::sold::{TEAM, USAGE, keep, sell, subscription};
use crate::harness::{
    Address, App, Browser, Fails, HOUR_MS, MINUTE_MS, NORTHWIND, Options, Processor, Upstream, alert, alerts, deliver,
};
use contract::Timestamp;
use contract::install::CallReport;
use contract::pricing::MeterUnit;
use contract::usage::{AtCap, UsageView};
use domain::billing::entitlement::Status;
use domain::billing::{Reported, report_usage};
use serde_json::{Value, json};

on_both!(
    events_are_counted_once,
    what_is_not_metered_is_not_counted,
    gigabytes_are_the_bytes_of_what_is_taken,
    an_old_probe_makes_no_event_free,
    an_hour_in_which_a_period_begins_is_counted_in_two_parts,
    differences_are_reported_with_their_own_time,
    two_workers_report_once,
    after_more_than_a_day_the_meter_is_asked,
    whatever_breaks_the_processor_has_what_was_counted,
    usage_is_shown_with_its_cost_and_forecast,
    a_cap_stops_what_arrives_until_the_next_period,
    a_cap_that_only_warns_stops_nothing,
    people_are_told_of_a_cap_once,
    caps_are_for_whoever_looks_after_money,
);

const DAY_MS: i64 = 24 * HOUR_MS;

/// An installation of `monitor`, which is sold with a metered plan from now on, and Northwind's subscription to it.
async fn metered(app: &App, plan: &str) -> (String, Address) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    sell(app, "paid", &[plan, TEAM]).await;
    keep(app, &subscription(app, "sub_1", "usage", Status::Active)).await;
    (id, address)
}

async fn counted(app: &App) -> i64 {
    app.scratch.number("SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM metered_usage").await
}

/// A payload with so many new alerts.
fn many(prefix: &str, number: usize) -> String {
    let all: Vec<Value> = (0..number).map(|index| alert(&format!("{prefix}{index}"), "x")).collect();
    json!({ "alerts": all }).to_string()
}

async fn use_up(app: &App, address: &Address, prefix: &str, number: usize) {
    assert_eq!(deliver(app, address, many(prefix, number)).await.status, 202);
}

async fn shown(app: &App) -> UsageView {
    let kept = app.services.billing.kept_subscription("sub_1").await.unwrap().unwrap();
    domain::billing::usage(&app.services, &kept).await.unwrap().unwrap()
}

async fn events_are_counted_once(app: &App) {
    let (_, address) = metered(app, USAGE).await;
    use_up(app, &address, "a", 3).await;
    use_up(app, &address, "a", 4).await;
    assert_eq!(counted(app).await, 4, "three of the second four were there");
    assert_eq!(deliver(app, &address, r#"{"alerts":[{"name":"no id"}]}"#).await.status, 422);
    assert_eq!(counted(app).await, 4);
    // What a poll brings are events too.
    app.clock.advance(2 * MINUTE_MS);
    app.work_off().await;
    assert_eq!(counted(app).await, 6);
    let units = app.scratch.texts("SELECT DISTINCT unit FROM metered_usage").await;
    assert_eq!(units, ["event"]);
}

async fn what_is_not_metered_is_not_counted(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    use_up(app, &address, "free", 2).await;
    sell(app, "paid", &[USAGE, TEAM]).await;
    keep(app, &subscription(app, "sub_1", "team", Status::Active)).await;
    use_up(app, &address, "flat", 2).await;
    assert_eq!(counted(app).await, 0);
}

async fn gigabytes_are_the_bytes_of_what_is_taken(app: &App) {
    let plan = USAGE.replace("\"event\", included = 1000, per = 1000", "\"gb\", per = 1");
    let (_, address) = metered(app, &plan).await;
    let body = many("a", 3);
    let length = i64::try_from(body.len()).unwrap();
    assert_eq!(deliver(app, &address, body.clone()).await.status, 202);
    assert_eq!(counted(app).await, length);
    assert_eq!(deliver(app, &address, body).await.status, 202);
    assert_eq!(deliver(app, &address, "not json").await.status, 422);
    assert_eq!(counted(app).await, length, "what adds nothing costs nothing");
    assert_eq!(shown(app).await.used, length);
}

/// Sends a probe; gives its name as the monitor got it.
async fn probe(admin: &Browser<'_>, upstream: &Upstream, id: &str) -> String {
    let report: CallReport = admin.prove(id, "alerts").await.good();
    assert!(report.ok, "{report:?}");
    serde_json::from_str::<Value>(&upstream.last().body).unwrap()["name"].as_str().unwrap().to_owned()
}

async fn an_old_probe_makes_no_event_free(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    sell(app, "paid", &[USAGE]).await;
    keep(app, &subscription(app, "sub_1", "usage", Status::Active)).await;
    let name = probe(&admin, &upstream, &id).await;
    assert_eq!(deliver(app, &address, alerts("p1", &name)).await.status, 202);
    let mut over = alert("p1", &name);
    over["status"] = "resolved".into();
    assert_eq!(deliver(app, &address, json!({ "alerts": [over] }).to_string()).await.status, 202);
    assert_eq!(counted(app).await, 0, "a probe costs nothing, and neither does its end");
    let invented = "probe prb_01JD0000000000000000000000";
    assert_eq!(deliver(app, &address, alerts("p2", invented)).await.status, 202);
    assert_eq!(counted(app).await, 1);
    app.clock.advance(HOUR_MS);
    assert_eq!(deliver(app, &address, alerts("p3", &name)).await.status, 202);
    assert_eq!(counted(app).await, 2);
}

async fn an_hour_in_which_a_period_begins_is_counted_in_two_parts(app: &App) {
    let (_, address) = metered(app, USAGE).await;
    let mut it = subscription(app, "sub_1", "usage", Status::Active);
    // It ends in the middle of the next hour.
    let hour = it.period_start.0 - it.period_start.0.rem_euclid(HOUR_MS);
    it.period_end = Timestamp(hour + HOUR_MS + HOUR_MS / 2);
    keep(app, &it).await;
    app.clock.advance(hour + HOUR_MS + 5 * MINUTE_MS - app.services.clock.now().0);
    use_up(app, &address, "a", 2).await;
    app.clock.advance(30 * MINUTE_MS);
    // The processor has not told of the new period yet.
    use_up(app, &address, "b", 3).await;
    let rows = app.scratch.rows("SELECT hour, quantity FROM metered_usage ORDER BY hour").await;
    let rows: Vec<(i64, i64)> =
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect();
    assert_eq!(rows, [(hour + HOUR_MS, 2), (it.period_end.0, 3)]);
    assert_eq!(shown(app).await.used, 3, "of the new period");
}

async fn differences_are_reported_with_their_own_time(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    let meters = &processor.meters;
    let (_, address) = metered(app, USAGE).await;
    let report = async || report_usage(&node.services).await.unwrap();
    assert_eq!(report().await, Reported::default());
    use_up(app, &address, "a", 3).await;
    let waiting = node.services.metering.unreported(0, 10).await.unwrap();
    let [first] = waiting.as_slice() else { panic!("{waiting:?}") };
    let (at, hour) = (first.at.clone(), first.at.hour);
    assert_eq!(report().await.sent, 1);
    assert_eq!(report().await, Reported::default(), "nothing is left");
    use_up(app, &address, "b", 2).await;
    app.clock.advance(5 * HOUR_MS);
    use_up(app, &address, "c", 1).await;
    assert_eq!(report().await.sent, 2);
    let taken = meters.taken();
    let told: Vec<(i64, i64)> = taken.iter().map(|it| (it.value, it.at.since(hour) / HOUR_MS)).collect();
    assert_eq!(told, [(3, 0), (2, 0), (1, 4)], "late use has the time it was used at");
    assert!(taken.iter().all(|it| it.customer == "cus_northwind" && it.listing.as_str() == "monitor"));
    // What was counted in error is taken back, and what follows is not taken for it.
    for by in [-4, 4, -4] {
        node.services.metering.count(&at, by).await.unwrap();
        report().await;
        assert_eq!(meters.sum(), counted(app).await);
    }
    node.services.metering.count(&at, -100).await.unwrap();
    report().await;
    assert_eq!(meters.sum(), 1, "never below nothing");
    // For longer than the processor takes usage, nobody could report it.
    node.services.metering.count(&at, 7).await.unwrap();
    app.clock.advance(36 * DAY_MS);
    assert_eq!(report().await.sent, 1);
    assert!(app.services.clock.now().since(meters.taken().last().unwrap().at) < MINUTE_MS);
    assert_eq!(meters.sum(), 8);
}

async fn two_workers_report_once(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    let (_, address) = metered(app, USAGE).await;
    use_up(app, &address, "a", 3).await;
    let waiting = node.services.metering.unreported(0, 10).await.unwrap();
    let now = app.services.clock.now();
    let first = node.services.metering.begin_report(&waiting[0].at, now).await.unwrap().unwrap();
    // More arrives, and another worker comes, before the first has reported.
    use_up(app, &address, "b", 2).await;
    for _ in 0..2 {
        assert_eq!(report_usage(&node.services).await.unwrap().sent, 1);
    }
    // The first comes late with what the second has crossed out.
    node.services.metering.reported(&first).await.unwrap();
    report_usage(&node.services).await.unwrap();
    assert_eq!((processor.meters.sum(), counted(app).await), (5, 5));
    assert_eq!(node.services.metering.unreported(0, 10).await.unwrap(), []);
}

async fn after_more_than_a_day_the_meter_is_asked(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    let meters = &processor.meters;
    let (_, address) = metered(app, USAGE).await;
    for (prefix, how) in [("a", Fails::After), ("b", Fails::Before)] {
        use_up(app, &address, prefix, 3).await;
        meters.fail(how);
        assert_eq!(report_usage(&node.services).await.unwrap(), Reported { sent: 0, failed: 1, more: false });
        use_up(app, &address, &format!("{prefix}more"), 1).await;
        app.clock.advance(25 * HOUR_MS);
        for _ in 0..2 {
            assert_eq!(report_usage(&node.services).await.unwrap().failed, 0);
        }
        assert_eq!(meters.sum(), counted(app).await, "{how:?}");
    }
}

/// Everything in the order it happens, with a break before and after each call, and more arriving meanwhile.
async fn whatever_breaks_the_processor_has_what_was_counted(app: &App) {
    let double = Double::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../e2e/doubles/stripe/main.mjs"));
    let node = app.node(Options { stripe: Some((KEY, double.url.clone())), ..Options::default() }).await;
    let time = double.advance(0).await * 1000;
    app.clock.advance(time - app.services.clock.now().0);
    let (_, address) = metered(app, USAGE).await;
    let customer = double.id("v1/customers", "name=Northwind").await;
    let mut it = subscription(app, "sub_1", "usage", Status::Active);
    it.customer.clone_from(&customer);
    it.period_start = Timestamp(time - 10 * DAY_MS);
    keep(app, &it).await;
    node.services.meters.ensure(&"monitor".into(), MeterUnit::Event).await.unwrap();
    let mut broken = 0;
    for (round, (status, after)) in [(500, false), (500, true), (0, false), (0, true)].into_iter().enumerate() {
        use_up(app, &address, &format!("a{round}-"), 3).await;
        double.fail_next_report(status, after).await;
        broken += report_usage(&node.services).await.unwrap().failed;
        use_up(app, &address, &format!("b{round}-"), 2).await;
        // It breaks again while it is made good.
        double.fail_next_report(status, after).await;
        broken += report_usage(&node.services).await.unwrap().failed;
        for _ in 0..3 {
            assert_eq!(report_usage(&node.services).await.unwrap().failed, 0);
        }
        let minute = time - time.rem_euclid(MINUTE_MS);
        let (from, until) = (Timestamp(minute - 2 * HOUR_MS), Timestamp(minute + 2 * HOUR_MS));
        let there = node.services.meters.added_up(&"monitor".into(), MeterUnit::Event, &customer, from, until).await;
        assert_eq!(there.unwrap(), counted(app).await, "{status} {after}");
    }
    assert_eq!((broken, counted(app).await), (8, 20), "it did break each time");
    let meters = double.get("v1/billing/meters").await;
    assert_eq!(meters["data"].as_array().unwrap().len(), 1, "{meters}");
}

async fn usage_is_shown_with_its_cost_and_forecast(app: &App) {
    let plan = USAGE.replace("included = 1000, per = 1000", "included = 2, per = 2");
    let (_, address) = metered(app, &plan).await;
    use_up(app, &address, "a", 5).await;
    app.clock.advance(HOUR_MS);
    let it = shown(app).await;
    assert_eq!((it.used, it.included, it.per, it.cap, it.at_cap), (5, 2, 2, None, false));
    assert_eq!((it.name.as_str(), it.plan.as_str()), ("Test Monitor", "Usage"));
    assert_eq!(it.cost_so_far.to_string(), "USD 1.50", "three more than what is included, at a dollar for two");
    assert_eq!(it.days.iter().map(|(_, quantity)| quantity).sum::<i64>(), 5);
    // Five in an hour, and 719 hours to go.
    assert!((3_500..=3_600).contains(&it.forecast), "{it:?}");
    assert!(it.forecast_cost.minor > it.cost_so_far.minor);
    keep(app, &subscription(app, "sub_1", "usage", Status::Trialing)).await;
    assert_eq!(shown(app).await.cost_so_far.minor, 0, "while it is tried it is free");
    let flat = subscription(app, "sub_2", "team", Status::Active);
    keep(app, &flat).await;
    let kept = app.services.billing.kept_subscription("sub_2").await.unwrap().unwrap();
    assert_eq!(domain::billing::usage(&app.services, &kept).await.unwrap(), None);
}

async fn cap(browser: &Browser<'_>, cap: &str, at: &str) {
    let answer = browser.call("set_cap", &[("subscription", "sub_1"), ("cap", cap), ("at", at)]).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/billing"), "{answer:?}");
}

async fn a_cap_stops_what_arrives_until_the_next_period(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    sell(app, "paid", &[USAGE]).await;
    keep(app, &subscription(app, "sub_1", "usage", Status::Active)).await;
    cap(&admin, "10", "stop").await;
    use_up(app, &address, "a", 9).await;
    use_up(app, &address, "b", 2).await;
    let problem = deliver(app, &address, many("c", 1)).await.problem(429, "rate_limited");
    assert_eq!(problem["title"], "The cap is reached");
    assert!(problem["detail"].as_str().unwrap().contains("10 events"), "{problem}");
    let detail = admin.detail(&id).await;
    assert_eq!((detail.rejected, detail.card.events), (1, 11), "what is refused is counted and not stored");
    assert!(shown(app).await.at_cap);
    // The path can still be proven, and nothing is asked for that would be counted.
    let name = probe(&admin, &upstream, &id).await;
    assert_eq!(deliver(app, &address, alerts("probe", &name)).await.status, 202);
    let invented = alerts("probe2", "probe prb_01JD0000000000000000000000");
    deliver(app, &address, invented).await.problem(429, "rate_limited");
    admin.prove(&id, "open-alerts").await.problem(429, "rate_limited");
    let calls = upstream.seen().len();
    app.clock.advance(2 * MINUTE_MS);
    app.work_off().await;
    assert_eq!(upstream.seen().len(), calls, "polls wait");
    cap(&admin, "20", "stop").await;
    use_up(app, &address, "c", 9).await;
    deliver(app, &address, many("d", 1)).await.problem(429, "rate_limited");
    app.clock.advance(30 * DAY_MS);
    keep(app, &subscription(app, "sub_1", "usage", Status::Active)).await;
    use_up(app, &address, "d", 1).await;
    assert_eq!(shown(app).await.used, 1);
    let admin = app.sign_in("admin").await;
    cap(&admin, "1", "stop").await;
    deliver(app, &address, many("e", 1)).await.problem(429, "rate_limited");
    cap(&admin, "", "stop").await;
    use_up(app, &address, "e", 1).await;
    assert_eq!(app.audited().await.into_iter().filter(|it| it == "cap.set").count(), 4);
}

async fn a_cap_that_only_warns_stops_nothing(app: &App) {
    let (_, address) = metered(app, USAGE).await;
    let admin = app.sign_in("admin").await;
    cap(&admin, "2", "warn").await;
    use_up(app, &address, "a", 3).await;
    use_up(app, &address, "b", 3).await;
    let it = shown(app).await;
    assert_eq!((it.used, it.at_cap, it.cap.unwrap().at), (6, true, AtCap::Warn));
}

async fn people_are_told_of_a_cap_once(app: &App) {
    let (_, address) = metered(app, USAGE).await;
    let admin = app.sign_in("admin").await;
    cap(&admin, "10", "stop").await;
    use_up(app, &address, "a", 7).await;
    assert_eq!(app.notices("admin").await, Vec::<String>::new());
    use_up(app, &address, "b", 1).await;
    use_up(app, &address, "c", 1).await;
    assert_eq!(app.notices("admin").await, ["Test Monitor: 80 % of the cap is used"]);
    use_up(app, &address, "d", 1).await;
    domain::billing::watch_spending(&app.services).await.unwrap();
    let both = ["Test Monitor: 80 % of the cap is used", "Test Monitor: the cap is reached"];
    assert_eq!(app.notices("admin").await, both);
    assert_eq!(app.notices("billing").await, both);
    assert_eq!(app.notices("member").await, Vec::<String>::new());
    let mail = app.mail("ada@northwind.example").await;
    assert!(mail.len() == 2 && mail[1].contains("10 of 10 events are used"), "{mail:?}");
    // Another cap is another matter: whoever is over it at once hears of that alone.
    cap(&admin, "5", "stop").await;
    assert_eq!(app.notices("admin").await.len(), 3);
    domain::billing::watch_spending(&app.services).await.unwrap();
    assert_eq!(app.notices("admin").await.len(), 3);
}

async fn caps_are_for_whoever_looks_after_money(app: &App) {
    metered(app, USAGE).await;
    let set = async |who: &str, subscription: &str, cap: &str, at: &str| {
        let browser = app.sign_in(who).await;
        browser.call("set_cap", &[("subscription", subscription), ("cap", cap), ("at", at)]).await
    };
    set("member", "sub_1", "10", "stop").await.problem(403, "forbidden");
    // An admin of another organization.
    set("partner", "sub_1", "10", "stop").await.problem(404, "not_found");
    set("admin", "sub_none", "10", "stop").await.problem(404, "not_found");
    for wrong in ["0", "-3", "many", "1.5"] {
        assert_eq!(set("admin", "sub_1", wrong, "stop").await.problem(422, "invalid")["field"], "cap");
    }
    assert_eq!(set("admin", "sub_1", "10", "explode").await.problem(422, "invalid")["field"], "at");
    keep(app, &subscription(app, "sub_2", "team", Status::Active)).await;
    set("admin", "sub_2", "10", "stop").await.problem(409, "conflict");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM usage_cap").await, 0);
    assert_eq!(set("billing", "sub_1", "10,000", "stop").await.status, 200);
    let kept = app.services.spending.cap("sub_1").await.unwrap().unwrap();
    assert_eq!((kept.cap, kept.organization.as_str()), (10_000, NORTHWIND));
}

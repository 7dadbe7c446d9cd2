//! What a partner sees of their money, how they set payouts up, and shares that are agreed.

use crate::harness::{App, HOUR_MS, Processor, person, usd};
use contract::account::PartnerRole;
use contract::money::{Currency, Money};
use contract::revenue::{PayoutSetup, RevenueView, RunState};
use contract::{Month, Timestamp};
use domain::Actor;
use domain::billing::payout::{plan_month, send_open};
use domain::billing::share::{Kind, Scope};
use domain::billing::split::BasisPoints;
use domain::billing::{agree, end, prove, shares};
use domain::identity::{Roles, assign};
use domain::ports::RefundStatus;

on_both!(
    an_empty_page_says_what_will_be_here,
    figures_lines_and_statements_say_the_same,
    a_statement_adds_up_to_what_was_sent,
    partners_see_their_own_only,
    payouts_are_set_up_at_the_processor,
    an_agreed_share_counts_from_its_day_on,
    who_may_not_agrees_on_nothing,
);

const DAY: i64 = 24 * HOUR_MS;
const ACCOUNT: &str = "acct_prometheus";

fn november(day: i64) -> Timestamp {
    Month::parse("2026-11").unwrap().start().plus_ms((day - 1) * DAY)
}

async fn seen(node: &App, month: &str) -> RevenueView {
    node.sign_in("partner").await.call("revenue", &[("month", month)]).await.good()
}

async fn pay_out(node: &App) {
    let now = node.services.clock.now();
    node.clock.advance(Month::of(now).next().start().plus_ms(DAY).since(now));
    plan_month(&node.services).await.unwrap();
    send_open(&node.services).await.unwrap();
}

async fn set_up(processor: &Processor, node: &App) {
    assert_eq!(node.sign_in("partner").await.post("/partner/payouts", &[]).await.status, 200);
    processor.account_is(ACCOUNT, true);
    processor.tell_of(node, "evt_ready", "account.updated", ACCOUNT, ACCOUNT).await;
    node.work_off().await;
}

async fn an_empty_page_says_what_will_be_here(app: &App) {
    let partner = app.sign_in("partner").await;
    let page = partner.get("/partner/revenue").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Nothing was sold yet") && !page.body.contains("Set up payouts"), "{}", page.body);
    assert!(partner.get("/partner").await.body.contains("/partner/revenue"));
    partner.get("/partner/statements/2026-11.csv").await.problem(404, "not_found");
    for wrong in ["2026-11", "2026-13.csv", "..csv", "x.csv"] {
        partner.get(&format!("/partner/statements/{wrong}")).await.problem(404, "not_found");
    }
}

async fn figures_lines_and_statements_say_the_same(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    set_up(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 1_900), (usd(3_333), 0)], november(1)).await;
    processor.sells(&node, "2", &[(usd(20_000), 0)], november(19)).await;
    processor.sells(&node, "3", &[(Money::new(900, Currency::JPY), 0)], november(19)).await;
    processor.has_refund("re_2", "2", 5_000, RefundStatus::Succeeded, november(20));
    processor.tell(&node, "evt_re", "refund.created", "re_2").await;
    node.work_off().await;

    let view = seen(&node, "").await;
    let [dollars, yen] = &view.currencies[..] else { panic!("two currencies: {view:?}") };
    assert_eq!((dollars.currency, yen.currency), (Currency::USD, Currency::JPY));
    assert_eq!((dollars.earned, dollars.pending, dollars.owed), (usd(7_000 + 2_333 + 10_500), usd(10_500), usd(9_333)));
    assert_eq!((dollars.paid, dollars.on_its_way), (usd(0), usd(0)));
    let next = dollars.next.as_ref().unwrap();
    assert_eq!((next.amount, next.at.date(), next.note.as_str()), (usd(9_333), "1 Dec 2026".to_owned(), ""));
    let month = dollars.months.last().unwrap();
    assert_eq!((dollars.months.len(), month.month.to_string()), (12, "2026-11".to_owned()));
    assert_eq!((month.sales, month.refunds, month.earned), (usd(23_333), usd(-3_500), usd(19_833)));
    assert_eq!((dollars.listings[0].earned, dollars.listings[0].sales), (usd(19_833), 3));
    assert_eq!(dollars.plans[0].earned, usd(19_833));
    let why: Vec<(&str, &str, i64)> =
        view.lines.iter().map(|it| (it.what.as_str(), it.why.as_str(), it.amount.minor)).collect();
    assert_eq!(why[0], ("Refund", "70 % of USD -50.00 without tax: the usual share for a paid listing", -3_500));
    assert_eq!(why[1], ("Sale", "70 % of JPY 900 without tax: the usual share for a paid listing", 630));
    assert_eq!(why[2], ("Sale", "70 % of USD 200.00 without tax: the usual share for a paid listing", 14_000));
    assert_eq!(why.len(), 5);
    let sum: i64 = view.lines.iter().filter(|it| it.amount.currency == Currency::USD).map(|it| it.amount.minor).sum();
    assert_eq!(sum, dollars.earned.minor);

    pay_out(&node).await;
    let view = seen(&node, "2026-11").await;
    let dollars = &view.currencies[0];
    assert_eq!((dollars.pending, dollars.owed, dollars.on_its_way), (usd(10_500), usd(0), usd(9_333)));
    let statement = &dollars.statements[0];
    assert_eq!((statement.total, statement.carried, statement.state), (usd(9_333), usd(0), RunState::Posted));
    assert_eq!(view.lines.iter().map(|it| it.amount.minor).sum::<i64>(), 9_333);
    let page = node.sign_in("partner").await.get("/partner/revenue?month=2026-11").await;
    for text in ["USD 93.33", "JPY 630", "In USD", "In JPY", "in_1", "the usual share for a paid listing", "<svg"] {
        assert!(page.body.contains(text), "{text} in {}", page.body);
    }
}

async fn a_statement_adds_up_to_what_was_sent(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    set_up(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(5_000), 0)], november(1)).await;
    pay_out(&node).await;
    processor.sells(&node, "2", &[(usd(7_777), 0)], node.services.clock.now()).await;
    pay_out(&node).await;
    let partner = node.sign_in("partner").await;
    for (month, rows, total) in [("2026-11", 1, 3_500), ("2026-12", 2, 3_500 + 5_444)] {
        let file = partner.get(&format!("/partner/statements/{month}.csv")).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let amounts: Vec<i64> =
            file.body.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse().unwrap()).collect();
        assert_eq!((amounts.len(), amounts.iter().sum::<i64>()), (rows, total), "{}", file.body);
    }
    assert_eq!(processor.cash(|cash| cash.transfers[0].amount), usd(8_944), "what was carried over and the new line");
    assert_eq!(prove(&node.services).await.unwrap().faults, []);
}

async fn partners_see_their_own_only(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    let member = node.sign_in("partner-member").await;
    let view: RevenueView = member.call("revenue", &[]).await.good();
    assert!(!view.manages && view.currencies.len() == 1);
    assert!(
        !member
            .get("/partner/revenue")
            .await
            .body
            .contains("<form class=\"actions\" method=\"post\" action=\"/partner/payouts\"")
    );
    member.post("/partner/payouts", &[]).await.problem(403, "forbidden");
    let admin = node.sign_in("admin").await;
    admin.call("revenue", &[]).await.problem(403, "forbidden");
    admin.get("/partner/statements/2026-11.csv").await.problem(403, "forbidden");
    node.visitor().get("/partner/statements/2026-11.csv").await.problem(401, "sign_in_required");
    // Another partner's team sees nothing of it.
    let browser = node.arrives(&person("Pia", "pia@example.com", true)).await;
    let team = |roles| Roles { partner: Some(("example-labs".into(), PartnerRole::Admin)), ..roles };
    assign(&node.services, &Actor::System, "pia@example.com", team).await.unwrap();
    let view: RevenueView = browser.call("revenue", &[("month", "2026-11")]).await.good();
    assert_eq!((view.currencies, view.lines), (vec![], vec![]));
}

async fn payouts_are_set_up_at_the_processor(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    assert_eq!(seen(&node, "").await.setup, PayoutSetup::NotSetUp);
    let partner = node.sign_in("partner").await;
    assert!(partner.get("/partner/revenue").await.body.contains("Set up payouts"));
    processor.is_away(true);
    let answer = partner.post("/partner/payouts", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/partner/revenue?payouts=failed"));
    assert!(partner.get("/partner/revenue?payouts=failed").await.body.contains("did not answer"));
    processor.is_away(false);
    for _ in 0..2 {
        let answer = partner.post("/partner/payouts", &[]).await;
        let link = "0; url=https://pay.example/setup/acct_prometheus?back=http://market.test/partner/revenue?payouts=back\
                    &again=http://market.test/partner/revenue?payouts=again";
        assert_eq!((answer.status, answer.header("refresh")), (200, link));
    }
    assert_eq!(app.scratch.texts("SELECT account FROM partner_account").await, [ACCOUNT], "one account");
    assert_eq!(node.recorded("marketplace", "payouts.set_up").await, 1);
    assert_eq!(seen(&node, "").await.setup, PayoutSetup::Incomplete);
    let body = partner.get("/partner/revenue?payouts=back").await.body;
    assert!(body.contains("More information is needed") && body.contains("You are back from the form"), "{body}");
    processor.account_is(ACCOUNT, true);
    processor.tell_of(&node, "evt_1", "account.updated", ACCOUNT, ACCOUNT).await;
    processor.tell_of(&node, "evt_2", "account.updated", "acct_other", "acct_other").await;
    node.work_off().await;
    assert_eq!(seen(&node, "").await.setup, PayoutSetup::Ready);
    // What was asked for earlier and comes later is not believed.
    processor.account_is(ACCOUNT, false);
    let old = processor.cash(|cash| cash.accounts[ACCOUNT].clone());
    node.services.partner_accounts.keep_account(&old, Timestamp(0)).await.unwrap();
    assert_eq!(seen(&node, "").await.setup, PayoutSetup::Ready);
}

async fn an_agreed_share_counts_from_its_day_on(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    let listing = || Scope::Listing("monitor".into(), Kind::PaidListing);
    let now = node.services.clock.now();
    processor.sells(&node, "1", &[(usd(10_000), 0)], now).await;
    let tomorrow = now.plus_ms(DAY);
    let agreed = async |scope, percent, from| {
        agree(&node.services, &Actor::System, scope, BasisPoints::percent(percent), from).await
    };
    let rule = agreed(listing(), 80, Some(tomorrow)).await.unwrap();
    agreed(Scope::Partner("prometheus".into(), Kind::PaidListing), 75, None).await.unwrap();
    processor.sells(&node, "2", &[(usd(10_000), 0)], node.services.clock.now()).await;
    node.clock.advance(2 * DAY);
    processor.sells(&node, "3", &[(usd(10_000), 0)], node.services.clock.now()).await;
    // A sale of the first day that is told now has the share of the first day.
    processor.sells(&node, "4", &[(usd(10_000), 0)], now).await;
    end(&node.services, &Actor::System, &rule.id, None).await.unwrap();
    processor.sells(&node, "5", &[(usd(10_000), 0)], node.services.clock.now()).await;
    let earned = app
        .scratch
        .texts("SELECT line || ' ' || CAST(share AS TEXT) FROM ledger_posting WHERE key LIKE 'sale:%' ORDER BY line")
        .await;
    assert_eq!(earned, ["il_1_0 7000", "il_2_0 7500", "il_3_0 8000", "il_4_0 7000", "il_5_0 7500"]);
    let view = seen(&node, "").await;
    let told = format!("80 % of USD 100.00 without tax: as agreed in {}", rule.id);
    assert!(view.lines.iter().any(|it| it.why == told), "{view:?}");
    assert_eq!(node.recorded("marketplace", "share.agreed").await, 2);
    assert_eq!(node.recorded("marketplace", "share.ended").await, 1);
    let all = shares(&node.services, &Actor::System).await.unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.iter().find(|it| it.id == rule.id).unwrap().until.is_some());
}

async fn who_may_not_agrees_on_nothing(app: &App) {
    let scope = || Scope::Contract("c-1".to_owned());
    let half = BasisPoints::percent(50);
    let agreed = async |actor: &Actor, scope, from| agree(&app.services, actor, scope, half, from).await;
    assert!(agreed(&Actor::Visitor, scope(), None).await.is_err());
    assert!(agreed(&Actor::System, Scope::Partner("nobody".into(), Kind::PaidListing), None).await.is_err());
    assert!(agreed(&Actor::System, Scope::Feature("nothing".into(), "f".to_owned()), None).await.is_err());
    assert!(agreed(&Actor::System, scope(), Some(Timestamp(1))).await.is_err(), "not for what was sold already");
    let rule = agreed(&Actor::System, scope(), None).await.unwrap();
    let ended = async |actor: &Actor, id: &str, at| end(&app.services, actor, id, at).await;
    assert!(ended(&Actor::Visitor, &rule.id, None).await.is_err());
    assert!(ended(&Actor::System, "shr_none", None).await.is_err());
    let later = app.services.clock.now().plus_ms(DAY);
    assert_eq!(ended(&Actor::System, &rule.id, Some(later)).await.unwrap().until, Some(later));
    assert!(ended(&Actor::System, &rule.id, None).await.is_err(), "an end is not changed");
}

//! Paying partners: which sales are in which month, what waits and why, and that nothing is lost or doubled, wherever it is
//! interrupted.

use crate::harness::{App, HOUR_MS, Processor, usd};
use contract::money::Currency;
use contract::revenue::RunState;
use contract::{Month, PartnerId, Timestamp};
use domain::Actor;
use domain::billing::ledger::{Account, Fault};
use domain::billing::payout::{PAYOUTS_JOB, Worked, plan_month, reverse, send_open, take_arrived};
use domain::billing::prove;
use domain::ports::{Effects, PartnerAccount, PayoutRun, PayoutStatus, ProcessorAccount, RefundStatus};
use serde_json::Value;

on_both!(
    a_month_is_closed_once_and_recent_sales_wait,
    little_is_carried_over_and_so_is_what_is_owed_back,
    a_refund_of_a_sale_that_is_held_back_waits_with_it,
    what_comes_late_is_in_the_next_statement,
    a_run_waits_until_payouts_are_set_up_and_money_is_there,
    wherever_it_is_interrupted_nothing_is_lost_or_doubled,
    a_payout_is_taken_back_by_posting,
    what_arrives_at_the_bank_is_posted_and_what_comes_back_too,
    the_queue_does_it_every_day,
    transfers_that_nobody_ordered_are_found,
);

const DAY: i64 = 24 * HOUR_MS;
const PARTNER: &str = "prometheus";
const ACCOUNT: &str = "acct_prometheus";

/// A day of November 2026; tests begin on the 20th.
fn november(day: i64) -> Timestamp {
    Month::parse("2026-11").unwrap().start().plus_ms((day - 1) * DAY)
}

/// The partner's account is there and ready.
async fn ready(processor: &Processor, node: &App) {
    processor.account_is(ACCOUNT, true);
    let state = processor.cash(|cash| cash.accounts[ACCOUNT].clone());
    let account = PartnerAccount { partner: PARTNER.into(), state };
    let now = node.services.clock.now();
    node.services.partner_accounts.add_account(&account, now, &Effects::default()).await.unwrap();
}

/// Lets time pass until the second day of the next month.
fn next_month(node: &App) {
    let now = node.services.clock.now();
    node.clock.advance(Month::of(now).next().start().plus_ms(DAY).since(now));
}

async fn run(node: &App) -> Worked {
    plan_month(&node.services).await.unwrap();
    send_open(&node.services).await.unwrap()
}

async fn runs(node: &App) -> Vec<PayoutRun> {
    node.services.payout_runs.runs_of(&PARTNER.into()).await.unwrap()
}

/// Month, amount and state of each run.
async fn told(node: &App) -> Vec<(String, i64, RunState)> {
    runs(node).await.into_iter().map(|it| (it.month.to_string(), it.amount.minor, it.state)).collect()
}

fn told_of(month: &str, minor: i64, state: RunState) -> (String, i64, RunState) {
    (month.to_owned(), minor, state)
}

fn sent(processor: &Processor) -> Vec<i64> {
    processor.cash(|cash| cash.transfers.iter().map(|it| it.amount.minor).collect())
}

async fn faults(node: &App) -> Vec<Fault> {
    prove(&node.services).await.unwrap().faults
}

async fn refunds(processor: &Processor, node: &App, id: &str, of: &str, minor: i64) {
    processor.has_refund(id, of, minor, RefundStatus::Succeeded, node.services.clock.now());
    processor.tell(node, &format!("evt_{id}"), "refund.created", id).await;
    node.work_off().await;
}

async fn a_month_is_closed_once_and_recent_sales_wait(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 1_900)], november(1)).await;
    processor.sells(&node, "2", &[(usd(20_000), 0)], november(19)).await;
    assert_eq!(run(&node).await, Worked::default(), "October had nothing, and November is not over");
    next_month(&node);
    assert_eq!(run(&node).await, Worked { sent: 1, waiting: 0 });
    for _ in 0..3 {
        node.clock.advance(DAY);
        assert_eq!(run(&node).await, Worked::default());
    }
    assert_eq!(told(&node).await, [told_of("2026-11", 7_000, RunState::Posted)]);
    refunds(&processor, &node, "re_1", "1", 11_900).await;
    next_month(&node);
    run(&node).await;
    let expected = [told_of("2026-11", 7_000, RunState::Posted), told_of("2026-12", 7_000, RunState::Posted)];
    assert_eq!(told(&node).await, expected, "the second sale less the refund of the first");
    assert_eq!(sent(&processor), [7_000, 7_000]);
    let balances = node.services.ledger.balances().await.unwrap();
    assert_eq!(balances.transferable_to(&PARTNER.into(), Currency::USD), Some(usd(0)));
    assert_eq!(faults(&node).await, []);
}

async fn little_is_carried_over_and_so_is_what_is_owed_back(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(5_000), 0)], november(1)).await;
    next_month(&node);
    run(&node).await;
    processor.sells(&node, "2", &[(usd(5_000), 0)], node.services.clock.now()).await;
    next_month(&node);
    run(&node).await;
    // Everything that was paid goes back, and the next sale does not make up for it.
    refunds(&processor, &node, "re_1", "1", 5_000).await;
    refunds(&processor, &node, "re_2", "2", 5_000).await;
    next_month(&node);
    run(&node).await;
    processor.sells(&node, "3", &[(usd(15_000), 0)], node.services.clock.now()).await;
    next_month(&node);
    run(&node).await;
    let expected = [
        told_of("2026-11", 3_500, RunState::Carried),
        told_of("2026-12", 7_000, RunState::Posted),
        told_of("2027-01", -7_000, RunState::Carried),
        told_of("2027-02", 3_500, RunState::Carried),
    ];
    assert_eq!(told(&node).await, expected);
    assert_eq!(sent(&processor), [7_000]);
    assert_eq!(faults(&node).await, []);
    // A month in which nothing happens has no statement.
    next_month(&node);
    run(&node).await;
    assert_eq!(runs(&node).await.len(), 4);
}

async fn a_refund_of_a_sale_that_is_held_back_waits_with_it(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    processor.sells(&node, "2", &[(usd(20_000), 0)], november(19)).await;
    refunds(&processor, &node, "re_2", "2", 5_000).await;
    next_month(&node);
    run(&node).await;
    assert_eq!(sent(&processor), [7_000], "neither the sale nor what went back of it");
    next_month(&node);
    run(&node).await;
    assert_eq!(sent(&processor), [7_000, 10_500]);
    assert_eq!(faults(&node).await, []);
}

async fn what_comes_late_is_in_the_next_statement(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    next_month(&node);
    run(&node).await;
    // It was paid in November, and nobody said so until now.
    processor.sells(&node, "2", &[(usd(10_000), 0)], november(2)).await;
    run(&node).await;
    assert_eq!(told(&node).await, [told_of("2026-11", 7_000, RunState::Posted)], "what is closed stays");
    assert_eq!(faults(&node).await, []);
    next_month(&node);
    run(&node).await;
    assert_eq!(sent(&processor), [7_000, 7_000]);
    assert_eq!(faults(&node).await, []);
}

async fn a_run_waits_until_payouts_are_set_up_and_money_is_there(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    next_month(&node);
    node.sign_in("partner").await;
    let waits = async || runs(&node).await[0].waits.clone();
    for _ in 0..2 {
        assert_eq!(run(&node).await, Worked { sent: 0, waiting: 1 });
    }
    assert_eq!(waits().await, "Payouts are not set up yet.");
    ready(&processor, &node).await;
    processor.cash(|cash| cash.short = true);
    for attempt in 1..=2 {
        assert_eq!(run(&node).await, Worked { sent: 0, waiting: 1 });
        assert_eq!((runs(&node).await[0].attempt, runs(&node).await[0].state), (attempt, RunState::Planned));
    }
    assert_eq!(waits().await, "The money of recent payments is not available yet.");
    processor.cash(|cash| cash.short = false);
    assert_eq!(run(&node).await, Worked { sent: 1, waiting: 0 }, "another order, not the refused one again");
    assert_eq!((sent(&processor), waits().await), (vec![7_000], String::new()));
    let told = ["$70 for Nov 2026 wait for you", "You are paid $70 for Nov 2026"];
    assert_eq!(node.notices("partner").await, told, "each once");
    assert_eq!(faults(&node).await, []);
}

async fn wherever_it_is_interrupted_nothing_is_lost_or_doubled(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    let mut expected = Vec::new();
    let mut interrupted = 0;
    for half_step in 0.. {
        let id = half_step.to_string();
        processor.sells(&node, &id, &[(usd(10_000 + half_step), 0)], node.services.clock.now()).await;
        next_month(&node);
        next_month(&node);
        processor.fuse.set(half_step);
        let planned = plan_month(&node.services).await;
        let worked = if planned.is_ok() { send_open(&node.services).await.map(|_| ()) } else { Ok(()) };
        let failed = planned.is_err() || worked.is_err();
        assert_eq!(processor.fuse.out(), failed, "what went wrong is told, at {half_step}");
        // It is started again after so long that the processor has forgotten its keys.
        processor.cash(|cash| cash.keys.clear());
        node.clock.advance(2 * DAY);
        run(&node).await;
        run(&node).await;
        expected.push(usd(7_000).minor + (half_step * 7 + 5) / 10);
        assert_eq!(sent(&processor), expected, "at {half_step}");
        assert!(runs(&node).await.iter().all(|it| it.state == RunState::Posted), "at {half_step}");
        assert_eq!(faults(&node).await, [], "at {half_step}");
        if !failed {
            break;
        }
        interrupted += 1;
    }
    // Last posting, partners, runs, plan; open runs, advance, transfer, advance: before and after each.
    assert_eq!(interrupted, 16);
}

async fn a_payout_is_taken_back_by_posting(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    processor.sells(&node, "2", &[(usd(20_000), 0)], november(19)).await;
    next_month(&node);
    run(&node).await;
    let id = runs(&node).await[0].id.clone();
    assert!(reverse(&node.services, &Actor::Visitor, &id).await.is_err(), "not everybody may");
    // It is interrupted at every step first.
    for half_step in 0.. {
        processor.fuse.set(half_step);
        let tried = reverse(&node.services, &Actor::System, &id).await;
        assert_eq!(processor.fuse.out(), tried.is_err(), "at {half_step}");
        if tried.is_ok() {
            break;
        }
    }
    let again = reverse(&node.services, &Actor::System, &id).await.unwrap_err();
    assert!(again.to_string().contains("Nothing to take back"), "{again}");
    assert_eq!(told(&node).await, [told_of("2026-11", 7_000, RunState::Reversed)]);
    let balances = node.services.ledger.balances().await.unwrap();
    assert_eq!(balances.get(&Account::PartnerTransit(PARTNER.into()), Currency::USD), 0);
    assert_eq!(node.recorded("marketplace", "payout.reversed").await, 1);
    assert_eq!(faults(&node).await, []);
    next_month(&node);
    run(&node).await;
    assert_eq!(sent(&processor), [7_000, 7_000 + 14_000], "it is owed again");
    assert_eq!(faults(&node).await, []);
    // Taken back after the month after it was closed: that one stays as it is.
    let december = runs(&node).await[1].id.clone();
    next_month(&node);
    processor.sells(&node, "3", &[(usd(10_000), 0)], Month::parse("2027-01").unwrap().start()).await;
    run(&node).await;
    // Interrupted after everything was done.
    processor.fuse.set(7);
    assert!(reverse(&node.services, &Actor::System, &december).await.is_err() && processor.fuse.out());
    assert_eq!(runs(&node).await[1].state, RunState::Reversed);
    assert_eq!(faults(&node).await, []);
    next_month(&node);
    run(&node).await;
    assert_eq!(sent(&processor), [7_000, 21_000, 7_000, 21_000]);
    assert_eq!(faults(&node).await, []);
}

async fn what_arrives_at_the_bank_is_posted_and_what_comes_back_too(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    next_month(&node);
    run(&node).await;
    let at = node.services.clock.now();
    let transit = async || {
        let balances = node.services.ledger.balances().await.unwrap();
        balances.get(&Account::PartnerTransit(PARTNER.into()), Currency::USD)
    };
    processor.has_payout(ACCOUNT, "po_1", 7_000, PayoutStatus::OnItsWay, at);
    processor.has_payout("acct_other", "po_9", 7_000, PayoutStatus::Paid, at);
    processor.tell_of(&node, "evt_a", "payout.updated", "po_1", ACCOUNT).await;
    processor.tell_of(&node, "evt_b", "payout.paid", "po_9", "acct_other").await;
    processor.tell(&node, "evt_c", "payout.paid", "po_1").await;
    node.work_off().await;
    assert_eq!(transit().await, 7_000, "not there yet, not a partner's, and our own");
    processor.has_payout(ACCOUNT, "po_1", 7_000, PayoutStatus::Paid, at);
    processor.tell_of(&node, "evt_d", "payout.paid", "po_1", ACCOUNT).await;
    processor.tell_of(&node, "evt_e", "payout.updated", "po_1", ACCOUNT).await;
    node.work_off().await;
    assert_eq!(transit().await, 0);
    assert_eq!(faults(&node).await, []);
    // The bank sent it back; then another one arrives, and nobody says so.
    processor.has_payout(ACCOUNT, "po_1", 7_000, PayoutStatus::Failed, at);
    processor.tell_of(&node, "evt_f", "payout.failed", "po_1", ACCOUNT).await;
    node.work_off().await;
    assert_eq!(transit().await, 7_000);
    processor.has_payout(ACCOUNT, "po_2", 7_000, PayoutStatus::Failed, at);
    processor.has_payout(ACCOUNT, "po_3", 7_000, PayoutStatus::Paid, at);
    for _ in 0..2 {
        take_arrived(&node.services).await.unwrap();
        assert_eq!(transit().await, 0);
    }
    assert_eq!(faults(&node).await, []);
}

async fn the_queue_does_it_every_day(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    let now = node.services.clock.now();
    node.services.queue.enqueue(PAYOUTS_JOB, "daily", &Value::Null, now).await.unwrap();
    node.work_off().await;
    assert_eq!(runs(&node).await, []);
    next_month(&node);
    processor.is_away(true);
    node.work_off().await;
    assert_eq!(sent(&processor), Vec::<i64>::new());
    // However long the processor is away, it is never given up.
    for _ in 0..20 {
        node.clock.advance(2 * HOUR_MS);
        node.work_off().await;
    }
    processor.is_away(false);
    node.clock.advance(2 * HOUR_MS);
    node.work_off().await;
    assert_eq!(sent(&processor), [7_000]);
    assert_eq!(told(&node).await, [told_of("2026-11", 7_000, RunState::Posted)]);
}

async fn transfers_that_nobody_ordered_are_found(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    ready(&processor, &node).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], november(1)).await;
    next_month(&node);
    run(&node).await;
    processor.cash(|cash| {
        let mut made = cash.transfers[0].clone();
        made.id = "tr_by_hand".to_owned();
        cash.transfers.push(made);
    });
    let (partner, currency) = (PARTNER.to_owned(), Currency::USD);
    let expected = [
        Fault::Transfers { partner, currency, books: 7_000, processor: 14_000 },
        Fault::Missing { key: "transfer:tr_by_hand".to_owned() },
    ];
    assert_eq!(faults(&node).await, expected);
    // An account that is somebody else's is none of our business; the first account of a partner stays.
    let other = ProcessorAccount { id: "acct_2".to_owned(), ..processor.cash(|cash| cash.accounts[ACCOUNT].clone()) };
    let other = PartnerAccount { partner: PartnerId::from(PARTNER), state: other };
    let kept = node.services.partner_accounts.add_account(&other, Timestamp(0), &Effects::default()).await.unwrap();
    assert_eq!(kept.state.id, ACCOUNT);
}

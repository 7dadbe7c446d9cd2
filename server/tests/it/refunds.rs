//! Fees, refunds and disputes in the books: in any order, more than once, in steps, and taken back.

use crate::harness::{App, FEE, NORTHWIND, Processor, usd};
use contract::Timestamp;
use contract::money::{Currency, Money};
use domain::billing::ledger::{Account, Fault};
use domain::billing::prove;
use domain::ports::{DisputeStatus, Movement, RefundStatus};

on_both!(
    a_fee_is_posted_once,
    a_refund_in_steps_returns_what_each_side_got,
    a_refund_that_fails_is_posted_back,
    a_refund_that_is_told_first_waits_for_nothing,
    a_dispute_that_is_won_changes_nothing,
    a_dispute_that_is_lost_is_credited,
    a_dispute_may_be_decided_otherwise_in_the_end,
    a_mere_question_of_the_bank_moves_nothing,
    what_we_did_not_sell_is_left_alone,
    another_currency_of_ours_is_an_exchange,
    what_differs_is_listed,
);

const AT: Timestamp = Timestamp(1_795_000_000_000);
const PARTNER: &str = "prometheus";

/// A balance in dollars.
async fn balance(node: &App, account: Account) -> i128 {
    node.services.ledger.balances().await.unwrap().get(&account, Currency::USD)
}

/// What partner and platform earned, tax, and what the customer owes, in dollars.
async fn sides(node: &App) -> [i128; 4] {
    [
        -balance(node, Account::PartnerPayable(PARTNER.into())).await,
        -balance(node, Account::PlatformRevenue).await,
        -balance(node, Account::Tax).await,
        balance(node, Account::Customer(NORTHWIND.into())).await,
    ]
}

async fn faults(node: &App) -> Vec<Fault> {
    prove(&node.services).await.unwrap().faults
}

async fn tell(processor: &Processor, node: &App, told: &[(&str, &str, &str)]) {
    for (event, kind, object) in told {
        assert_eq!(processor.tell(node, event, kind, object).await.status, 200);
    }
    node.work_off().await;
}

async fn postings(app: &App) -> i64 {
    app.scratch.number("SELECT count(*) FROM ledger_posting").await
}

async fn a_fee_is_posted_once(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(10_000), 1_900)], AT).await;
    tell(&processor, &node, &[("evt_a", "charge.updated", "ch_1"), ("evt_b", "charge.succeeded", "ch_1")]).await;
    assert_eq!(balance(&node, Account::ProcessorFees).await, i128::from(FEE));
    assert_eq!(balance(&node, Account::Processor).await, 11_900 - i128::from(FEE));
    assert_eq!(sides(&node).await, [7_000, 3_000, 1_900, 0]);
    assert_eq!(faults(&node).await, []);
}

async fn a_refund_in_steps_returns_what_each_side_got(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    // A change of plan gave something back, and one line is a cent.
    processor.sells(&node, "1", &[(usd(3_333), 633), (usd(-420), -80), (usd(1), 0)], AT).await;
    let [partner, platform, tax, _] = sides(&node).await;
    processor.has_refund("re_1", "1", 1_000, RefundStatus::Succeeded, AT.plus_ms(1));
    tell(&processor, &node, &[("evt_1", "charge.refunded", "ch_1"), ("evt_2", "refund.created", "re_1")]).await;
    let after = sides(&node).await;
    assert_eq!(after[0] + after[1] + after[2], partner + platform + tax - 1_000, "exactly what was refunded");
    assert_eq!(after[3], 0, "the customer is owed nothing");
    assert!(
        after.iter().zip([partner, platform, tax]).all(|(now, before)| *now < before),
        "every side gave: {after:?}"
    );
    // Two more, told in the wrong order, and again.
    processor.has_refund("re_2", "1", 7, RefundStatus::Pending, AT.plus_ms(2));
    processor.has_refund("re_3", "1", 2_460, RefundStatus::Succeeded, AT.plus_ms(3));
    tell(&processor, &node, &[("evt_5", "refund.created", "re_3"), ("evt_4", "refund.updated", "re_2")]).await;
    tell(&processor, &node, &[("evt_6", "charge.refund.updated", "re_1"), ("evt_7", "charge.refunded", "ch_1")]).await;
    assert_eq!(sides(&node).await, [0, 0, 0, 0], "nobody keeps a cent");
    assert_eq!(balance(&node, Account::Processor).await, -i128::from(FEE));
    assert_eq!(faults(&node).await, []);
}

async fn a_refund_that_fails_is_posted_back(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(3_333), 633), (usd(777), 0)], AT).await;
    let before = sides(&node).await;
    processor.has_refund("re_1", "1", 999, RefundStatus::Pending, AT);
    tell(&processor, &node, &[("evt_1", "refund.created", "re_1")]).await;
    assert_ne!(sides(&node).await, before);
    processor.cash(|cash| cash.refunds.get_mut("re_1").unwrap().status = RefundStatus::Failed);
    tell(&processor, &node, &[("evt_2", "refund.failed", "re_1"), ("evt_3", "charge.refund.updated", "re_1")]).await;
    assert_eq!(sides(&node).await, before);
    assert_eq!(faults(&node).await, []);
    // What was never posted is not posted back.
    processor.has_refund("re_2", "1", 999, RefundStatus::Failed, AT);
    let posted = postings(app).await;
    tell(&processor, &node, &[("evt_4", "refund.failed", "re_2")]).await;
    assert_eq!(postings(app).await, posted);
    // Everything still goes back to the cent.
    processor.has_refund("re_3", "1", 3_333 + 633 + 777, RefundStatus::Succeeded, AT);
    tell(&processor, &node, &[("evt_5", "refund.created", "re_3")]).await;
    assert_eq!(sides(&node).await, [0, 0, 0, 0]);
    assert_eq!(faults(&node).await, []);
}

async fn a_refund_that_is_told_first_waits_for_nothing(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_paid("1", &[(usd(10_000), 0)], AT);
    processor.has_refund("re_1", "1", 4_000, RefundStatus::Succeeded, AT);
    tell(&processor, &node, &[("evt_1", "refund.created", "re_1")]).await;
    assert_eq!(sides(&node).await, [4_200, 1_800, 0, 0]);
    tell(&processor, &node, &[("evt_2", "invoice.paid", "in_1"), ("evt_3", "charge.succeeded", "ch_1")]).await;
    assert_eq!(sides(&node).await, [4_200, 1_800, 0, 0]);
    assert_eq!(faults(&node).await, []);
}

async fn a_dispute_that_is_won_changes_nothing(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], AT).await;
    processor.has_dispute("dp_1", "1", DisputeStatus::Open, AT);
    tell(&processor, &node, &[("evt_1", "charge.dispute.created", "dp_1")]).await;
    assert_eq!(balance(&node, Account::Disputed).await, 10_000);
    assert_eq!(balance(&node, Account::ProcessorFees).await, i128::from(FEE) + 1_500);
    assert_eq!(sides(&node).await, [7_000, 3_000, 0, 0], "it is not decided");
    processor.has_dispute("dp_1", "1", DisputeStatus::Won, AT);
    tell(&processor, &node, &[("evt_2", "charge.dispute.funds_reinstated", "dp_1")]).await;
    tell(&processor, &node, &[("evt_3", "charge.dispute.closed", "dp_1")]).await;
    assert_eq!(balance(&node, Account::Disputed).await, 0);
    assert_eq!(balance(&node, Account::ProcessorFees).await, i128::from(FEE));
    assert_eq!(sides(&node).await, [7_000, 3_000, 0, 0]);
    assert_eq!(faults(&node).await, []);
}

async fn a_dispute_that_is_lost_is_credited(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(3_333), 633), (usd(777), 0)], AT).await;
    processor.has_dispute("dp_1", "1", DisputeStatus::Lost, AT);
    tell(&processor, &node, &[("evt_1", "charge.dispute.closed", "dp_1")]).await;
    tell(&processor, &node, &[("evt_2", "charge.dispute.created", "dp_1")]).await;
    assert_eq!(sides(&node).await, [0, 0, 0, 0]);
    assert_eq!(balance(&node, Account::Disputed).await, 0);
    assert_eq!(balance(&node, Account::Processor).await, -(i128::from(FEE) + 1_500));
    assert_eq!(faults(&node).await, []);
}

async fn a_dispute_may_be_decided_otherwise_in_the_end(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(3_333), 633)], AT).await;
    let before = sides(&node).await;
    for (event, status) in [("evt_1", DisputeStatus::Lost), ("evt_2", DisputeStatus::Won)] {
        processor.has_dispute("dp_1", "1", status, AT);
        tell(&processor, &node, &[(event, "charge.dispute.closed", "dp_1")]).await;
    }
    assert_eq!(sides(&node).await, before);
    assert_eq!(balance(&node, Account::Disputed).await, 0);
    assert_eq!(faults(&node).await, []);
}

async fn a_mere_question_of_the_bank_moves_nothing(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], AT).await;
    processor.has_dispute("dp_1", "1", DisputeStatus::Open, AT);
    processor.cash(|cash| cash.disputes.get_mut("dp_1").unwrap().movements.clear());
    let posted = postings(app).await;
    tell(&processor, &node, &[("evt_1", "charge.dispute.created", "dp_1")]).await;
    assert_eq!(postings(app).await, posted);
    assert_eq!(faults(&node).await, []);
}

async fn what_we_did_not_sell_is_left_alone(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_paid("1", &[(usd(10_000), 0)], AT);
    processor.has_refund("re_1", "1", 4_000, RefundStatus::Succeeded, AT);
    // Paid without an invoice, and by an invoice of something else.
    processor.cash(|cash| cash.charges.get_mut("ch_1").unwrap().invoice = None);
    tell(&processor, &node, &[("evt_1", "charge.succeeded", "ch_1"), ("evt_2", "refund.created", "re_1")]).await;
    processor.cash(|cash| cash.charges.get_mut("ch_1").unwrap().invoice = Some("in_other".to_owned()));
    tell(&processor, &node, &[("evt_3", "charge.refunded", "ch_1"), ("evt_4", "refund.created", "re_none")]).await;
    tell(&processor, &node, &[("evt_5", "charge.dispute.created", "dp_none")]).await;
    assert_eq!(postings(app).await, 0);
    assert_eq!(app.scratch.number("SELECT count(*) FROM job WHERE kind = 'payment_notice'").await, 0);
}

async fn another_currency_of_ours_is_an_exchange(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    let eur = |minor| Money::new(minor, Currency::EUR);
    processor.has_paid("1", &[(eur(10_000), 0)], AT);
    processor.cash(|cash| {
        let charge = cash.charges.get_mut("ch_1").unwrap();
        charge.movement = Some(Movement { id: "txn_1".to_owned(), amount: usd(10_800), fee: usd(300), at: AT });
    });
    tell(&processor, &node, &[("evt_1", "invoice.paid", "in_1"), ("evt_2", "charge.succeeded", "ch_1")]).await;
    processor.has_refund("re_1", "1", 5_000, RefundStatus::Succeeded, AT);
    processor.cash(|cash| cash.refunds.get_mut("re_1").unwrap().movement.as_mut().unwrap().amount = usd(-5_500));
    tell(&processor, &node, &[("evt_3", "refund.created", "re_1")]).await;
    let balances = node.services.ledger.balances().await.unwrap();
    let of = |account: &Account| [Currency::EUR, Currency::USD].map(|currency| balances.get(account, currency));
    assert_eq!(of(&Account::Processor), [0, 10_800 - 300 - 5_500], "all of it is kept in dollars");
    assert_eq!(of(&Account::Exchange), [5_000, -5_300]);
    assert_eq!(of(&Account::PartnerPayable(PARTNER.into())), [-3_500, 0], "and the partner is owed euros");
    assert_eq!(faults(&node).await, []);
}

async fn what_differs_is_listed(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.sells(&node, "1", &[(usd(10_000), 0)], AT).await;
    processor.has_refund("re_1", "1", 1_000, RefundStatus::Succeeded, AT);
    assert_eq!(faults(&node).await, [Fault::Missing { key: "refund:re_1".to_owned() }]);
    tell(&processor, &node, &[("evt_1", "refund.created", "re_1")]).await;
    processor.cash(|cash| cash.refunds.get_mut("re_1").unwrap().amount = usd(900));
    let key = "refund:re_1".to_owned();
    assert_eq!(faults(&node).await, [Fault::Amount { key: key.clone(), books: 1_000, processor: 900 }]);
    processor.cash(|cash| cash.refunds.clear());
    assert_eq!(faults(&node).await, [Fault::Invented { key: key.clone() }]);
    let text = Fault::Credited { key, returned: 10, credited: 9 }.to_string();
    assert_eq!(text, "refund:re_1 returned 10, and 9 was taken from its lines");
}

//! What the payment processor tells, and what becomes of it: forged, old, oversized and repeated notices; subscriptions and
//! invoices in any order.

use crate::harness::{App, HOUR_MS, MINUTE_MS, NORTHWIND, Processor, deliver_notice, notice, signature};
use contract::Timestamp;
use contract::money::{Currency, Money};
use domain::billing::Reconciled;
use domain::billing::entitlement::Status;
use domain::billing::ledger::{Account, Fault};
use domain::ports::{Bought, InvoiceLine, InvoiceStatus, ProcessorInvoice, ProcessorSubscription};

on_both!(
    without_a_processor_nothing_is_taken,
    what_is_forged_old_or_oversized_is_refused,
    what_is_told_twice_is_followed_once,
    a_subscription_is_kept_as_it_is_now,
    a_paid_invoice_is_posted_once_in_any_order,
    what_we_did_not_sell_is_left_alone,
    what_was_never_told_is_asked_for,
    what_was_given_up_is_tried_again,
    the_books_are_compared_with_the_processor,
);

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn subscription(status: Status) -> ProcessorSubscription {
    ProcessorSubscription {
        id: "sub_1".to_owned(),
        customer: "cus_1".to_owned(),
        bought: Some(Bought {
            organization: NORTHWIND.into(),
            listing: "monitor".into(),
            plan: "team".to_owned(),
            contract: None,
        }),
        status,
        period_start: Timestamp(1_797_408_000_000),
        period_end: Timestamp(1_800_000_000_000),
        cancel_at_period_end: false,
        seats: 3,
        item: String::new(),
        price: String::new(),
        currency: None,
    }
}

fn invoice(status: InvoiceStatus) -> ProcessorInvoice {
    let paid = status == InvoiceStatus::Paid;
    let line = |id: &str, net: i64, tax: i64| InvoiceLine {
        id: id.to_owned(),
        subscription: Some("sub_1".to_owned()),
        net: usd(net),
        tax: usd(tax),
    };
    ProcessorInvoice {
        id: "in_1".to_owned(),
        number: "NW-1".to_owned(),
        customer: "cus_1".to_owned(),
        status,
        currency: Currency::USD,
        total: usd(5_331),
        paid: usd(if paid { 5_331 } else { 0 }),
        created: Timestamp(1_700_000_000_000),
        paid_at: paid.then_some(Timestamp(1_700_000_100_000)),
        url: "https://pay.example/in_1".to_owned(),
        // A change of plan gives something back.
        lines: vec![line("il_1", 4_900, 931), line("il_2", -420, -80)],
    }
}

async fn count(app: &App, table: &str) -> i64 {
    app.scratch.number(&format!("SELECT count(*) FROM {table}")).await
}

async fn without_a_processor_nothing_is_taken(app: &App) {
    let body = notice("evt_1", "invoice.paid", "in_1");
    let answer = deliver_notice(&app.visitor(), &signature(&body, app.services.clock.now()), body).await;
    answer.problem(404, "not_found");
    assert_eq!(count(app, "payment_notice").await, 0);
}

async fn what_is_forged_old_or_oversized_is_refused(app: &App) {
    let (_, node) = Processor::with_node(app).await;
    let now = node.services.clock.now();
    let body = notice("evt_1", "invoice.paid", "in_1");
    let good = signature(&body, now);
    let visitor = node.visitor();
    for (signature, body) in [
        (String::new(), body.clone()),
        (good.replace("v1=", "v0="), body.clone()),
        (good.clone(), body.replace("in_1", "in_2")),
        (signature(&body, now.plus_ms(-5 * MINUTE_MS - 1_000)), body.clone()),
        (signature(&body, now.plus_ms(5 * MINUTE_MS + 1_000)), body.clone()),
        (signature("[]", now), "[]".to_owned()),
    ] {
        deliver_notice(&visitor, &signature, body).await.problem(400, "malformed");
    }
    let large = notice("evt_1", "invoice.paid", &"x".repeat(256 * 1024));
    deliver_notice(&visitor, &signature(&large, now), large).await.problem(413, "too_large");
    assert_eq!(count(app, "payment_notice").await, 0);
    assert_eq!(count(app, "job WHERE kind = 'payment_notice'").await, 0);
    assert_eq!(deliver_notice(&visitor, &good, body).await.status, 200);
    assert_eq!(count(app, "payment_notice").await, 1);
    assert_eq!(count(app, "job WHERE kind = 'payment_notice'").await, 1, "on disk before it is acknowledged");
}

async fn what_is_told_twice_is_followed_once(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_subscription(subscription(Status::Active));
    processor.has_invoice(invoice(InvoiceStatus::Paid));
    for _ in 0..3 {
        assert_eq!(processor.tell(&node, "evt_1", "invoice.paid", "in_1").await.status, 200);
        node.work_off().await;
    }
    assert_eq!(count(app, "payment_notice").await, 1);
    assert_eq!(count(app, "ledger_posting").await, 3);
    // Another event about the same.
    processor.tell(&node, "evt_2", "invoice.payment_succeeded", "in_1").await;
    node.work_off().await;
    assert_eq!(count(app, "ledger_posting").await, 3);
}

async fn a_subscription_is_kept_as_it_is_now(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    let kept = async || node.services.billing.kept_subscription("sub_1").await.unwrap();
    // Told late and in the wrong order; what counts is what it is.
    processor.has_subscription(subscription(Status::Active));
    processor.tell(&node, "evt_2", "customer.subscription.updated", "sub_1").await;
    processor.tell(&node, "evt_1", "customer.subscription.created", "sub_1").await;
    node.work_off().await;
    assert_eq!(kept().await.unwrap().state, subscription(Status::Active));

    processor.has_subscription(subscription(Status::PastDue));
    processor.tell(&node, "evt_3", "customer.subscription.updated", "sub_1").await;
    node.work_off().await;
    let since = kept().await.unwrap().past_due_since.unwrap();
    node.clock.advance(3 * MINUTE_MS);
    processor.tell(&node, "evt_4", "customer.subscription.updated", "sub_1").await;
    node.work_off().await;
    assert_eq!(kept().await.unwrap().past_due_since, Some(since), "grace begins once");

    processor.has_subscription(subscription(Status::Active));
    processor.tell(&node, "evt_5", "customer.subscription.updated", "sub_1").await;
    node.work_off().await;
    assert_eq!(kept().await.unwrap().past_due_since, None);
    // What was asked for earlier and comes later is not believed.
    let before = node.services.clock.now().plus_ms(-MINUTE_MS);
    let old = subscription(Status::Canceled);
    node.services.billing.keep_subscription(&old, old.bought.as_ref().unwrap(), before).await.unwrap();
    assert_eq!(kept().await.unwrap().state.status, Status::Active);
    let all = node.services.billing.subscriptions_of(&NORTHWIND.into()).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(node.services.billing.subscriptions_of(&"org_other".into()).await.unwrap(), []);
}

async fn a_paid_invoice_is_posted_once_in_any_order(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_subscription(subscription(Status::Active));
    processor.has_invoice(invoice(InvoiceStatus::Open));
    // The subscription was not told of yet.
    processor.tell(&node, "evt_1", "invoice.finalized", "in_1").await;
    node.work_off().await;
    assert_eq!(count(app, "ledger_posting").await, 0, "nothing is posted before it is paid");
    processor.has_invoice(invoice(InvoiceStatus::Paid));
    processor.tell(&node, "evt_3", "invoice.paid", "in_1").await;
    processor.tell(&node, "evt_2", "invoice.updated", "in_1").await;
    node.work_off().await;

    let balances = node.services.ledger.balances().await.unwrap();
    let publisher = node.services.catalogue.listing(&"monitor".into()).await.unwrap().unwrap().partner.id;
    // 70 % of 49.00, less 70 % of 4.20.
    assert_eq!(balances.owed_to(&publisher, Currency::USD), Some(usd(3_430 - 294)));
    let of = |account| balances.get(&account, Currency::USD);
    assert_eq!(of(Account::PlatformRevenue), -(1_470 - 126));
    assert_eq!(of(Account::Tax), -851);
    assert_eq!(of(Account::Processor), 5_331);
    assert_eq!(of(Account::Customer(NORTHWIND.into())), 0, "what was charged is what was paid");
    assert!(balances.sums().values().all(|sum| *sum == 0));
    let invoices = node.services.billing.invoices_of(&NORTHWIND.into()).await.unwrap();
    assert_eq!(invoices, [ProcessorInvoice { lines: Vec::new(), ..invoice(InvoiceStatus::Paid) }]);
    assert_eq!(node.services.billing.invoices_of(&"org_other".into()).await.unwrap(), []);
}

async fn what_we_did_not_sell_is_left_alone(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_subscription(ProcessorSubscription { bought: None, ..subscription(Status::Active) });
    processor.has_invoice(invoice(InvoiceStatus::Paid));
    for (event, kind, object) in [
        ("evt_1", "customer.subscription.created", "sub_1"),
        ("evt_2", "invoice.paid", "in_1"),
        ("evt_3", "invoice.paid", "in_unknown"),
        ("evt_4", "customer.created", "cus_1"),
        ("evt_5", "invoice.upcoming", ""),
    ] {
        assert_eq!(processor.tell(&node, event, kind, object).await.status, 200);
    }
    node.work_off().await;
    assert_eq!(count(app, "subscription").await + count(app, "invoice").await + count(app, "ledger_posting").await, 0);
    assert_eq!(count(app, "job WHERE kind = 'payment_notice'").await, 0, "nothing is tried for ever");
}

async fn what_was_never_told_is_asked_for(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_subscription(subscription(Status::Active));
    processor.has_invoice(invoice(InvoiceStatus::Paid));
    let now = node.services.clock.now();
    processor.loses("evt_1", "customer.subscription.created", "sub_1", now);
    processor.loses("evt_2", "invoice.paid", "in_1", now);
    processor.loses("evt_0", "invoice.paid", "in_0", now.plus_ms(-4 * 24 * HOUR_MS));
    processor.tell(&node, "evt_1", "customer.subscription.created", "sub_1").await;
    node.work_off().await;
    let lost = async || domain::billing::reconcile(&node.services).await.unwrap();
    assert_eq!(lost().await, Reconciled { lost: 1, again: 0 }, "one of them was told");
    assert_eq!(lost().await, Reconciled::default());
    node.work_off().await;
    assert_eq!(count(app, "ledger_posting").await, 3);
}

async fn what_was_given_up_is_tried_again(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.is_away(true);
    processor.tell(&node, "evt_1", "customer.subscription.created", "sub_1").await;
    for _ in 0..10 {
        node.work_off().await;
        node.clock.advance(HOUR_MS);
    }
    assert_eq!(count(app, "job WHERE kind = 'payment_notice' AND dead").await, 1, "the queue has given up");
    processor.is_away(false);
    processor.has_subscription(subscription(Status::Active));
    let found = domain::billing::reconcile(&node.services).await.unwrap();
    assert_eq!(found, Reconciled { lost: 0, again: 1 });
    node.work_off().await;
    assert_eq!(node.services.billing.kept_subscription("sub_1").await.unwrap().unwrap().state.status, Status::Active);
    assert_eq!(domain::billing::reconcile(&node.services).await.unwrap(), Reconciled::default());
}

async fn the_books_are_compared_with_the_processor(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.has_subscription(subscription(Status::Active));
    processor.has_invoice(invoice(InvoiceStatus::Paid));
    processor.tell(&node, "evt_1", "invoice.paid", "in_1").await;
    node.work_off().await;
    let prove = async || domain::billing::prove(&node.services).await.unwrap();
    let proof = prove().await;
    assert_eq!((proof.postings, proof.lines, proof.faults), (3, 2, vec![]));
    let mut other = invoice(InvoiceStatus::Paid);
    other.lines[1].id = "il_3".to_owned();
    processor.has_invoice(other);
    let faults = prove().await.faults;
    assert_eq!(faults, [Fault::NotPosted { line: "il_3".to_owned() }, Fault::Unknown { line: "il_2".to_owned() }]);
}

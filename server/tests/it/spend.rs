//! What people hear of money: payments that fail, trials and plans that end, prices, budgets. And who sets a budget.

use crate::harness::sold::{TEAM, USAGE, keep, sell, subscription};
use crate::harness::{App, HOUR_MS, NORTHWIND, Processor};
use contract::Timestamp;
use contract::budget::BudgetView;
use contract::money::{Currency, Money};
use contract::pricing::MeterUnit;
use domain::billing::entitlement::Status;
use domain::billing::{announce_price_change, trial_notices, watch_spending};
use domain::ports::{Bought, InvoiceLine, InvoiceStatus, Kept, Metered, ProcessorInvoice, ProcessorSubscription};
use domain::{Actor, Origin};

on_both!(
    a_failed_payment_is_told_with_its_date_and_so_is_its_end,
    what_changed_meanwhile_is_told_once,
    the_end_of_a_trial_is_told_in_time_and_once,
    a_new_price_is_told_once,
    a_budget_tells_what_is_spent,
    invoices_of_other_months_and_drafts_do_not_count,
    budgets_are_for_whoever_looks_after_money,
    a_budget_goes_with_its_organization,
);

const DAY_MS: i64 = 24 * HOUR_MS;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

async fn tells(app: &App, node: &App, processor: &Processor, it: ProcessorSubscription) {
    let event = format!("evt_{}", app.services.clock.now().0);
    let id = it.id.clone();
    processor.has_subscription(it);
    assert_eq!(processor.tell(node, &event, "customer.subscription.updated", &id).await.status, 200);
    node.work_off().await;
}

async fn a_failed_payment_is_told_with_its_date_and_so_is_its_end(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    sell(app, "paid", &[TEAM]).await;
    let of = |status| subscription(app, "sub_1", "team", status);
    for status in [Status::Incomplete, Status::Active, Status::Active] {
        tells(app, &node, &processor, of(status)).await;
    }
    assert_eq!(app.notices("billing").await, Vec::<String>::new(), "what goes well is not worth a notice");
    let stops = app.services.clock.now().plus_ms(14 * DAY_MS).date();
    tells(app, &node, &processor, of(Status::PastDue)).await;
    app.clock.advance(3 * DAY_MS);
    tells(app, &node, &processor, of(Status::PastDue)).await;
    assert_eq!(app.notices("billing").await, ["A payment for Test Monitor failed"]);
    let mail = app.mail("ada@northwind.example").await.pop().unwrap();
    assert!(mail.contains(&format!("stops on {stops}")) && mail.contains("/billing"), "{mail}");
    for status in [Status::Active, Status::PastDue, Status::Unpaid, Status::Active, Status::Canceled] {
        tells(app, &node, &processor, of(status)).await;
    }
    let all = [
        "A payment for Test Monitor failed",
        "Test Monitor is paid",
        "A payment for Test Monitor failed",
        "Test Monitor has stopped",
        "Test Monitor is paid",
        "The plan of Test Monitor has ended",
    ];
    assert_eq!(app.notices("billing").await, all);
    assert_eq!(app.notices("admin").await, all);
    assert_eq!(app.notices("member").await, Vec::<String>::new());
    // Whoever never paid is not told that it is over.
    tells(app, &node, &processor, subscription(app, "sub_2", "team", Status::Incomplete)).await;
    tells(app, &node, &processor, subscription(app, "sub_2", "team", Status::IncompleteExpired)).await;
    assert_eq!(app.notices("billing").await.len(), all.len());
}

async fn what_changed_meanwhile_is_told_once(app: &App) {
    let services = &app.services;
    let of = |status| subscription(app, "sub_1", "team", status);
    keep(app, &of(Status::Active)).await;
    let before = services.billing.kept_subscription("sub_1").await.unwrap();
    let late = of(Status::PastDue);
    let bought = late.bought.clone().unwrap();
    let keep_told = async |now: &ProcessorSubscription, asked: Timestamp| {
        let effects = domain::ports::Effects::default();
        services.spending.keep_told(before.as_ref(), now, &bought, asked, &effects).await.unwrap()
    };
    let asked = services.clock.now();
    assert_eq!(keep_told(&late, asked).await, Kept::Now);
    // Two that compared with the same: the second has to compare again.
    assert_eq!(keep_told(&late, services.clock.now()).await, Kept::Changed);
    assert_eq!(keep_told(&of(Status::Active), asked.plus_ms(-1)).await, Kept::Later);
    assert_eq!(services.billing.kept_subscription("sub_1").await.unwrap().unwrap().state.status, Status::PastDue);
}

async fn the_end_of_a_trial_is_told_in_time_and_once(app: &App) {
    sell(app, "paid", &[TEAM]).await;
    let tried = |id: &str, days: i64| {
        let until = app.services.clock.now().plus_ms(days * DAY_MS);
        ProcessorSubscription { period_end: until, ..subscription(app, id, "team", Status::Trialing) }
    };
    keep(app, &tried("sub_1", 14)).await;
    keep(app, &ProcessorSubscription { cancel_at_period_end: true, ..tried("sub_2", 2) }).await;
    keep(app, &ProcessorSubscription { status: Status::Active, ..tried("sub_3", 2) }).await;
    keep(app, &tried("sub_4", -1)).await;
    assert_eq!(trial_notices(&app.services).await.unwrap(), 0);
    app.clock.advance(10 * DAY_MS);
    assert_eq!(trial_notices(&app.services).await.unwrap(), 1);
    assert_eq!(trial_notices(&app.services).await.unwrap(), 0);
    assert_eq!(app.notices("billing").await, ["The trial of Test Monitor is nearly over"]);
    let mail = app.mail("ada@northwind.example").await.pop().unwrap();
    assert!(mail.contains("USD 49.00 a month") && mail.contains("cancel before then"), "{mail}");
}

async fn a_new_price_is_told_once(app: &App) {
    sell(app, "paid", &[TEAM]).await;
    keep(app, &subscription(app, "sub_1", "team", Status::Active)).await;
    let kept = app.services.billing.kept_subscription("sub_1").await.unwrap().unwrap();
    let at = app.services.clock.now().plus_ms(30 * DAY_MS);
    let tell = async |new| announce_price_change(&app.services, &kept, usd(4_900), usd(new), at).await.unwrap();
    assert!(tell(5_900).await);
    assert!(!tell(5_900).await);
    assert!(tell(6_900).await, "that is another one");
    let mail = app.mail("ada@northwind.example").await;
    assert!(mail.len() == 2 && mail[0].contains("USD 59.00 instead of USD 49.00"), "{mail:?}");
}

fn invoice(app: &App, id: &str, status: InvoiceStatus, minor: i64) -> ProcessorInvoice {
    let now = app.services.clock.now();
    let line =
        InvoiceLine { id: format!("il_{id}"), subscription: Some("sub_1".to_owned()), net: usd(minor), tax: usd(0) };
    ProcessorInvoice {
        id: id.to_owned(),
        number: id.to_owned(),
        customer: "cus_northwind".to_owned(),
        status,
        currency: Currency::USD,
        total: usd(minor),
        paid: usd(if status == InvoiceStatus::Paid { minor } else { 0 }),
        created: now,
        paid_at: (status == InvoiceStatus::Paid).then_some(now),
        url: "https://pay.example/in".to_owned(),
        lines: vec![line],
    }
}

async fn bills(app: &App, node: &App, processor: &Processor, it: ProcessorInvoice) {
    let (event, id) = (format!("evt_{}", app.services.clock.now().0), it.id.clone());
    processor.has_invoice(it);
    assert_eq!(processor.tell(node, &event, "invoice.updated", &id).await.status, 200);
    node.work_off().await;
}

async fn set(app: &App, who: &str, amount: &str, alerts: &[&str]) -> crate::harness::Answer {
    let names: Vec<String> = (0..alerts.len()).map(|at| format!("alerts[{at}]")).collect();
    let mut form = vec![("amount", amount)];
    form.extend(names.iter().map(String::as_str).zip(alerts.iter().copied()));
    app.sign_in(who).await.call("set_budget", &form).await
}

async fn seen(app: &App) -> BudgetView {
    let token = app.sign_in("billing").await.session().to_owned();
    let actor = domain::identity::actor(&app.services, Some(&token), Origin::default()).await.unwrap();
    assert!(matches!(actor, Actor::Person(_)));
    domain::billing::budget(&app.services, &actor).await.unwrap()
}

async fn a_budget_tells_what_is_spent(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    sell(app, "paid", &[&USAGE.replace("included = 1000, per = 1000", "per = 1"), TEAM]).await;
    processor.has_subscription(subscription(app, "sub_1", "usage", Status::Active));
    bills(app, &node, &processor, invoice(app, "in_1", InvoiceStatus::Paid, 4_000)).await;
    assert_eq!(seen(app).await.amount, None);
    let answer = set(app, "billing", "100", &["50", "80", "100"]).await;
    assert_eq!((answer.status, answer.goes_on_to()), (200, "/billing"), "{answer:?}");
    assert_eq!(app.notices("billing").await, Vec::<String>::new());
    // An invoice tells at once; use tells with the daily job.
    bills(app, &node, &processor, invoice(app, "in_2", InvoiceStatus::Open, 1_000)).await;
    assert_eq!(app.notices("billing").await, ["50 % of the budget of Nov 2026 is spent"]);
    let now = app.services.clock.now();
    let at = Metered { subscription: "sub_1".to_owned(), hour: now, unit: MeterUnit::Event };
    app.services.metering.count(&at, 30).await.unwrap();
    watch_spending(&app.services).await.unwrap();
    watch_spending(&app.services).await.unwrap();
    let titles = ["50 % of the budget of Nov 2026 is spent", "80 % of the budget of Nov 2026 is spent"];
    assert_eq!(app.notices("billing").await, titles);
    assert_eq!(app.notices("admin").await, titles);
    assert_eq!(app.notices("member").await, Vec::<String>::new());
    let it = seen(app).await;
    assert_eq!((it.invoiced, it.used, it.spent), (usd(5_000), usd(3_000), usd(8_000)));
    assert_eq!((it.percent(), it.amount), (Some(80), Some(usd(10_000))));
    // The next month begins anew.
    app.clock.advance(15 * DAY_MS);
    let mut renewed = subscription(app, "sub_1", "usage", Status::Active);
    renewed.period_start = app.services.clock.now();
    keep(app, &renewed).await;
    assert_eq!(seen(app).await.spent, usd(0));
    bills(app, &node, &processor, invoice(app, "in_3", InvoiceStatus::Paid, 10_000)).await;
    assert_eq!(app.notices("billing").await.last().unwrap(), "The budget of Dec 2026 is spent");
    assert_eq!(app.notices("billing").await.len(), 3, "whoever is at 100 % need not hear of 50 and 80");
}

async fn invoices_of_other_months_and_drafts_do_not_count(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    sell(app, "paid", &[TEAM]).await;
    processor.has_subscription(subscription(app, "sub_1", "team", Status::Active));
    let now = app.services.clock.now();
    for (id, status, created) in [
        ("in_1", InvoiceStatus::Draft, now),
        ("in_2", InvoiceStatus::Void, now),
        ("in_3", InvoiceStatus::Uncollectible, now),
        ("in_4", InvoiceStatus::Paid, now.month_start().plus_ms(-1)),
        ("in_5", InvoiceStatus::Paid, now.month_start()),
    ] {
        bills(app, &node, &processor, ProcessorInvoice { created, ..invoice(app, id, status, 100) }).await;
    }
    assert_eq!(seen(app).await.spent, usd(100));
}

async fn budgets_are_for_whoever_looks_after_money(app: &App) {
    set(app, "member", "100", &["50"]).await.problem(403, "forbidden");
    for wrong in ["0", "-1", "1.005", "many"] {
        assert_eq!(set(app, "billing", wrong, &[]).await.problem(422, "invalid")["field"], "amount");
    }
    assert_eq!(set(app, "billing", "1,200.50", &["80", "7"]).await.status, 200);
    let it = seen(app).await;
    assert_eq!((it.amount, it.alerts), (Some(usd(120_050)), vec![80]));
    assert_eq!(set(app, "billing", "1,200.50", &["80"]).await.status, 200);
    assert_eq!(set(app, "partner", "5", &[]).await.status, 200, "of their own organization");
    assert_eq!(seen(app).await.amount, Some(usd(120_050)));
    assert_eq!(set(app, "admin", "", &[]).await.status, 200);
    assert_eq!(seen(app).await.amount, None);
    let audited = app.audited().await.into_iter().filter(|it| it == "budget.set").count();
    assert_eq!(audited, 2, "what changes nothing is not written down");
}

async fn a_budget_goes_with_its_organization(app: &App) {
    assert_eq!(set(app, "billing", "100", &[]).await.status, 200);
    sell(app, "paid", &[USAGE]).await;
    let bought =
        Bought { organization: NORTHWIND.into(), listing: "monitor".into(), plan: "usage".to_owned(), contract: None };
    keep(app, &ProcessorSubscription { bought: Some(bought), ..subscription(app, "sub_1", "usage", Status::Active) })
        .await;
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.call("set_cap", &[("subscription", "sub_1"), ("cap", "1"), ("at", "stop")]).await.status, 200);
    let rows = "SELECT (SELECT COUNT(*) FROM budget) + (SELECT COUNT(*) FROM usage_cap)";
    assert_eq!(app.scratch.number(rows).await, 2);
    app.scratch.change(&format!("UPDATE organization SET delete_at = 1 WHERE id = '{NORTHWIND}'")).await;
    assert_eq!(domain::organization::delete_due(&app.services).await.unwrap(), 1);
    assert_eq!(app.scratch.number(rows).await, 0);
}

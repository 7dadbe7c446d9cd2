//! Buying, changing and ending plans through the double of Stripe, as the pages do it.

use crate::harness::sold::{BASIC, TEAM, sell};
use crate::harness::{Answer, App, Browser, Double, HOUR_MS, MONITOR, NORTHWIND, SITE, encoded, publish};
use axum::body::Body;
use axum::http::{Method, header};
use contract::billing::{BillView, ChangeView, SubscriptionState};
use contract::install::WizardView;
use contract::money::{Currency, Money};
use domain::billing::{prove, reconcile, sync_prices};
use serde_json::{Value, json};

on_both!(
    what_is_bought_can_be_installed,
    a_plan_is_ordered_once,
    what_has_no_price_in_the_currency_is_paid_in_dollars,
    another_choice_takes_the_place_of_an_order,
    a_lost_answer_leaves_one_order,
    a_trial_is_given_once_and_becomes_paid,
    a_change_costs_what_was_shown,
    a_change_that_was_not_shown_is_not_made,
    what_is_cancelled_can_be_kept,
    what_is_paused_stops_and_goes_on,
    a_payment_that_fails_stops_nothing_for_two_weeks,
    a_price_that_rises_is_for_others,
    who_may_not_pay_does_not,
    a_dear_plan_needs_approval,
    an_offer_becomes_a_contract,
    a_form_without_a_script_comes_back_with_what_went_wrong,
);

const VISA: &str = "4242 4242 4242 4242";
const TRIED: &str = r#"{ id = "tried", name = "Tried", summary = "For a start.", trial_days = 14, monthly = { USD = 1900 }, annual = { USD = 19000 } }"#;
const SEATS: &str = r#"{ id = "seats", name = "Seats", summary = "For many.", charge = "per_seat", monthly = { USD = 1000 }, annual = { USD = 10000 } }"#;

/// Sends a form as a program does, so that a refusal is told in the answer itself.
async fn send(browser: &Browser<'_>, path: &str, form: &[(&str, &str)]) -> Answer {
    let request = browser
        .request(Method::POST, path)
        .header(header::ORIGIN, SITE)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    browser.send(request.body(Body::from(encoded(form))).unwrap()).await
}

async fn order(browser: &Browser<'_>, choice: &str, seats: &str) -> Answer {
    let form = [("listing", "monitor"), ("choice", choice), ("seats", seats)];
    send(browser, "/billing/checkout", &form).await
}

/// Orders and pays.
async fn buy(double: &Double, browser: &Browser<'_>, choice: &str, seats: &str) {
    let page = order(browser, choice, seats).await.refreshes_to();
    assert_eq!(double.pays(page.as_str(), VISA).await, 303);
    assert!(wizard(browser).await.plan.unwrap().works, "who comes back from paying waits for nothing");
}

async fn wizard(browser: &Browser<'_>) -> WizardView {
    browser.call("wizard", &[("listing", "monitor")]).await.good::<Option<WizardView>>().unwrap()
}

async fn bill(browser: &Browser<'_>) -> BillView {
    browser.call("bill", &[]).await.good()
}

/// Takes everything the processor would have told.
async fn catch_up(node: &App) {
    reconcile(&node.services).await.unwrap();
    node.work_off().await;
}

/// Time passes, and everything that happens is told in time.
async fn later(double: &Double, node: &App, days: i64) {
    catch_up(node).await;
    double.passes(node, days).await;
    catch_up(node).await;
}

/// The books are right, also compared with the processor.
async fn books_are_right(node: &App) {
    catch_up(node).await;
    let proof = prove(&node.services).await.unwrap();
    assert_eq!(proof.faults, []);
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

async fn what_is_bought_can_be_installed(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    assert!(!wizard(&ada).await.plan.unwrap().works);
    ada.call("begin_install", &[("listing", "monitor")]).await.problem(402, "payment_required");

    buy(&double, &ada, "team.monthly", "").await;
    let view = bill(&ada).await;
    let it = &view.subscriptions[0];
    assert_eq!((it.state, it.plan_name.as_str(), it.price), (SubscriptionState::Active, "Team", Some(usd(4_900))));
    assert_eq!((view.monthly.as_slice(), view.test_mode), ([usd(4_900)].as_slice(), true));
    ada.call("begin_install", &[("listing", "monitor")]).await.goes_on_to();
    books_are_right(&node).await;
    let invoices = bill(&ada).await.invoices;
    assert_eq!((invoices.len(), invoices[0].status.as_str(), invoices[0].total), (1, "paid", usd(4_900)));
    // The same customer again, and their own page for payment details.
    let details = send(&ada, "/billing/portal", &[]).await.refreshes_to();
    assert!(details.path().starts_with("/p/session/"), "{details}");
    assert_eq!(node.recorded(NORTHWIND, "plan.ordered").await, 1);
}

async fn a_plan_is_ordered_once(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    let first = order(&ada, "team.annual", "").await.refreshes_to();
    assert_eq!(order(&ada, "team.annual", "").await.refreshes_to(), first, "the order that waits is found again");
    assert_eq!(double.pays(first.as_str(), VISA).await, 303);
    // Paid in another tab: this one leads on instead of selling it twice.
    assert_eq!(order(&ada, "team.annual", "").await.location(), "/integrations/monitor/install");
    order(&ada, "team.monthly", "").await.problem(409, "conflict");
    let sold = double.get("v1/subscriptions?status=all").await;
    assert_eq!(sold["data"].as_array().unwrap().len(), 1);
    books_are_right(&node).await;
}

async fn what_has_no_price_in_the_currency_is_paid_in_dollars(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(
        &node,
        "paid",
        &[&TEAM
            .replace("USD = 4900 }", "USD = 4900, EUR = 4500 }")
            .replace("USD = 49000 }", "USD = 49000, EUR = 45000 }")],
    )
    .await;
    let second = MONITOR
        .replace("pricing = { model = \"free\" }", &format!("pricing = {{ model = \"paid\", plan = [{TEAM}] }}"))
        .replace("id = \"monitor\"", "id = \"second\"");
    publish(&node.services, &second).await;
    let ada = node.sign_in("admin").await;
    assert_eq!(ada.call("set_currency", &[("currency", "EUR")]).await.status, 200);
    buy(&double, &ada, "team.monthly", "").await;
    // The processor takes one currency of a customer.
    let form = [("listing", "second"), ("choice", "team.monthly"), ("seats", "")];
    let page = send(&ada, "/billing/checkout", &form).await.refreshes_to();
    assert_eq!(double.pays(page.as_str(), VISA).await, 303);
    catch_up(&node).await;
    let view = bill(&ada).await;
    assert_eq!(view.pays_in, [Currency::EUR, Currency::USD]);
    assert_eq!(view.monthly, [usd(4_900), Money::new(4_500, Currency::EUR)]);
    let customers = double.get("v1/customers").await["data"].as_array().unwrap().len();
    assert_eq!(customers, 2);
    for currency in ["EUR", "USD"] {
        send(&ada, "/billing/portal", &[("currency", currency)]).await.refreshes_to();
    }
    books_are_right(&node).await;
}

async fn another_choice_takes_the_place_of_an_order(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM, SEATS]).await;
    let ada = node.sign_in("admin").await;
    let first = order(&ada, "team.monthly", "").await.refreshes_to();
    let second = order(&ada, "seats.monthly", "5").await.refreshes_to();
    assert_ne!(first, second);
    assert_eq!(double.pays(first.as_str(), VISA).await, 404, "the first can't be paid any more");
    assert_eq!(double.pays(second.as_str(), VISA).await, 303);
    let it = &{
        wizard(&ada).await;
        bill(&ada).await
    }
    .subscriptions[0];
    assert_eq!((it.plan.as_str(), it.seats, it.price), ("seats", Some(5), Some(usd(5_000))));
    for seats in ["0", "-1", "many", "100001"] {
        order(&node.sign_in("admin").await, "seats.monthly", seats).await.problem(422, "invalid");
    }
}

async fn a_lost_answer_leaves_one_order(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    // Each call in turn is lost, before or after it was carried out.
    for (path, after) in [
        ("/v1/products", false),
        ("/v1/products", true),
        ("/v1/prices", true),
        ("/v1/customers", true),
        ("/v1/checkout/sessions", false),
        ("/v1/checkout/sessions", true),
    ] {
        let fails = json!({ "method": "POST", "path": path, "status": 0, "after": after });
        double.control("fail_next", &fails).await;
        assert_eq!(order(&ada, "team.monthly", "").await.status, 500, "{path}");
    }
    let page = order(&ada, "team.monthly", "").await.refreshes_to();
    assert_eq!(double.pays(page.as_str(), VISA).await, 303);
    assert!(wizard(&ada).await.plan.unwrap().works);
    for (path, expected) in [("v1/customers", 1), ("v1/prices", 1), ("v1/subscriptions?status=all", 1)] {
        assert_eq!(double.get(path).await["data"].as_array().unwrap().len(), expected, "{path}");
    }
    books_are_right(&node).await;
}

async fn a_trial_is_given_once_and_becomes_paid(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "freemium", &[BASIC, TRIED]).await;
    let ada = node.sign_in("admin").await;
    let before = wizard(&ada).await.plan.unwrap();
    assert_eq!((before.plan.as_deref(), before.works, before.trial), (Some("Basic"), true, true));
    buy(&double, &ada, "tried.monthly", "").await;
    let view = bill(&ada).await;
    assert_eq!((view.subscriptions[0].state, view.monthly.len()), (SubscriptionState::Trial, 0));
    later(&double, &node, 15).await;
    let ada = node.sign_in("admin").await;
    let view = bill(&ada).await;
    assert_eq!(view.subscriptions[0].state, SubscriptionState::Active);
    assert_eq!(view.invoices.iter().map(|it| it.total).max_by_key(|it| it.minor), Some(usd(1_900)));
    books_are_right(&node).await;

    // Over; and whoever buys again pays at once.
    let id = view.subscriptions[0].id.clone();
    ada.call("decide_subscription", &[("id", &id), ("deed", "cancel")]).await.goes_on_to();
    later(&double, &node, 31).await;
    let ada = node.sign_in("admin").await;
    let after = wizard(&ada).await.plan.unwrap();
    assert_eq!((after.plan.as_deref(), after.trial, after.subscribed), (Some("Basic"), false, false));
    buy(&double, &ada, "tried.monthly", "").await;
    assert_eq!(bill(&ada).await.subscriptions[0].state, SubscriptionState::Active);
    books_are_right(&node).await;
}

async fn change_page(browser: &Browser<'_>, id: &str, plan: &str, interval: &str, seats: &str) -> ChangeView {
    let arguments = [("id", id), ("plan", plan), ("interval", interval), ("seats", seats)];
    browser.call("subscription_change", &arguments).await.good()
}

async fn confirm(
    browser: &Browser<'_>,
    id: &str,
    (plan, interval, seats): (&str, &str, &str),
    at: i64,
    total: i64,
) -> Answer {
    let (at, total) = (at.to_string(), total.to_string());
    let arguments =
        [("id", id), ("plan", plan), ("interval", interval), ("seats", seats), ("at", &at), ("total", &total)];
    browser.call("change_subscription", &arguments).await
}

async fn a_change_costs_what_was_shown(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM, SEATS]).await;
    let ada = node.sign_in("admin").await;
    buy(&double, &ada, "seats.monthly", "3").await;
    let id = bill(&ada).await.subscriptions[0].id.clone();
    later(&double, &node, 10).await;
    let ada = node.sign_in("admin").await;
    for (plan, interval, seats) in
        [("seats", "monthly", "8"), ("team", "monthly", ""), ("team", "annual", ""), ("seats", "monthly", "2")]
    {
        let shown = change_page(&ada, &id, plan, interval, seats).await.preview.unwrap();
        let sum: i64 = shown.lines.iter().map(|line| line.amount.minor).sum();
        assert_eq!(sum + shown.tax.minor, shown.total.minor);
        let twice = [(); 2].map(|()| confirm(&ada, &id, (plan, interval, seats), shown.at.0, shown.total.minor));
        let [first, second] = twice;
        first.await.goes_on_to();
        // Pressed twice: it is the same change, or already what there is.
        assert!([200, 409].contains(&second.await.status));
        let made = double.get(&format!("v1/subscriptions/{id}")).await;
        let invoice = double.get(&format!("v1/invoices/{}", made["latest_invoice"].as_str().unwrap())).await;
        assert_eq!(invoice["total"].as_i64(), Some(shown.total.minor), "{plan} {interval} {seats}");
        let it = bill(&ada).await.subscriptions.remove(0);
        assert_eq!((it.plan.as_str(), it.interval.as_str()), (plan, interval));
        later(&double, &node, 1).await;
    }
    books_are_right(&node).await;
    assert_eq!(node.recorded(NORTHWIND, "plan.changed").await, 4);
}

async fn a_change_that_was_not_shown_is_not_made(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM, SEATS]).await;
    let ada = node.sign_in("admin").await;
    buy(&double, &ada, "team.monthly", "").await;
    let id = bill(&ada).await.subscriptions[0].id.clone();
    later(&double, &node, 3).await;
    let ada = node.sign_in("admin").await;
    let terms = ("seats", "monthly", "9");
    let shown = change_page(&ada, &id, terms.0, terms.1, terms.2).await.preview.unwrap();
    confirm(&ada, &id, terms, shown.at.0, shown.total.minor + 1).await.problem(409, "conflict");
    confirm(&ada, &id, terms, shown.at.0 - HOUR_MS, shown.total.minor).await.problem(409, "conflict");
    confirm(&ada, &id, terms, shown.at.0 + HOUR_MS, shown.total.minor).await.problem(409, "conflict");
    confirm(&ada, &id, ("free", "monthly", ""), shown.at.0, 0).await.problem(404, "not_found");
    confirm(&ada, &id, ("team", "monthly", ""), shown.at.0, 0).await.problem(409, "conflict");
    // A card that is refused: nothing changes, and it is said.
    let customer = double.get("v1/customers").await["data"][0]["id"].as_str().unwrap().to_owned();
    let card = double.post("v1/payment_methods/pm_card_chargeCustomerFail/attach", &[("customer", &customer)]).await;
    let card = card["id"].as_str().unwrap().to_owned();
    double.post(&format!("v1/subscriptions/{id}"), &[("default_payment_method", &card)]).await;
    confirm(&ada, &id, terms, shown.at.0, shown.total.minor).await.problem(402, "payment_required");
    assert_eq!(bill(&ada).await.subscriptions[0].plan, "team");
    books_are_right(&node).await;
}

async fn decide(browser: &Browser<'_>, id: &str, deed: &str) {
    browser.call("decide_subscription", &[("id", id), ("deed", deed)]).await.goes_on_to();
}

async fn what_is_cancelled_can_be_kept(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    buy(&double, &ada, "team.monthly", "").await;
    let id = bill(&ada).await.subscriptions[0].id.clone();
    let delete = [("confirm", "Northwind Operations")];
    let refused = ada.call("schedule_organization_deletion", &delete).await.problem(409, "conflict");
    assert_eq!(refused["title"], "Plans are still paid for");
    for (deed, state) in [
        ("cancel", SubscriptionState::Ending),
        ("cancel", SubscriptionState::Ending),
        ("keep", SubscriptionState::Active),
        ("cancel", SubscriptionState::Ending),
    ] {
        decide(&ada, &id, deed).await;
        let it = bill(&ada).await.subscriptions.remove(0);
        assert_eq!((it.state, it.state.works()), (state, true), "{deed}");
    }
    later(&double, &node, 32).await;
    let ada = node.sign_in("admin").await;
    assert_eq!(bill(&ada).await.subscriptions[0].state, SubscriptionState::Ended);
    ada.call("begin_install", &[("listing", "monitor")]).await.problem(402, "payment_required");
    ada.call("decide_subscription", &[("id", &id), ("deed", "keep")]).await.problem(409, "conflict");
    ada.call("decide_subscription", &[("id", &id), ("deed", "burn")]).await.problem(404, "not_found");
    books_are_right(&node).await;
}

async fn what_is_paused_stops_and_goes_on(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    buy(&double, &ada, "team.monthly", "").await;
    let id = bill(&ada).await.subscriptions[0].id.clone();
    decide(&ada, &id, "pause").await;
    assert_eq!(bill(&ada).await.subscriptions[0].state, SubscriptionState::Paused);
    ada.call("begin_install", &[("listing", "monitor")]).await.problem(402, "payment_required");
    later(&double, &node, 32).await;
    let ada = node.sign_in("admin").await;
    books_are_right(&node).await;
    let paid = |view: &BillView| view.invoices.iter().filter(|it| it.status == "paid").count();
    assert_eq!(paid(&bill(&ada).await), 1, "nothing is charged meanwhile");
    decide(&ada, &id, "resume").await;
    assert_eq!(bill(&ada).await.subscriptions[0].state, SubscriptionState::Active);
    ada.call("begin_install", &[("listing", "monitor")]).await.goes_on_to();
}

async fn a_payment_that_fails_stops_nothing_for_two_weeks(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    buy(&double, &ada, "team.monthly", "").await;
    let id = bill(&ada).await.subscriptions[0].id.clone();
    let customer = double.get("v1/customers").await["data"][0]["id"].as_str().unwrap().to_owned();
    let use_card = async |name: &str| {
        let card = double.post(&format!("v1/payment_methods/{name}/attach"), &[("customer", &customer)]).await;
        let card = card["id"].as_str().unwrap().to_owned();
        double.post(&format!("v1/subscriptions/{id}"), &[("default_payment_method", &card)]).await;
    };
    use_card("pm_card_chargeCustomerFail").await;
    later(&double, &node, 32).await;
    let ada = node.sign_in("admin").await;
    let it = bill(&ada).await.subscriptions.remove(0);
    assert_eq!((it.state, it.state.works()), (SubscriptionState::Grace, true));
    ada.call("begin_install", &[("listing", "monitor")]).await.goes_on_to();

    use_card("pm_card_visa").await;
    later(&double, &node, 4).await;
    let ada = node.sign_in("admin").await;
    assert_eq!(bill(&ada).await.subscriptions[0].state, SubscriptionState::Active, "the next try succeeds");
    books_are_right(&node).await;
}

async fn a_price_that_rises_is_for_others(app: &App) {
    let (double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    let dry = sync_prices(&node.services, false).await.unwrap();
    assert_eq!((dry.right, dry.differences.len()), (0, 2), "{dry:?}");
    let made = sync_prices(&node.services, true).await.unwrap();
    assert_eq!((made.made, made.retired), (2, 0));
    buy(&double, &ada, "team.monthly", "").await;

    sell(&node, "paid", &[&TEAM.replace("4900", "5900").replace("49000", "59000")]).await;
    let synced = sync_prices(&node.services, true).await.unwrap();
    assert_eq!((synced.right, synced.made, synced.retired, synced.differences.len()), (0, 2, 2, 0), "{synced:?}");
    let again = sync_prices(&node.services, true).await.unwrap();
    assert_eq!((again.right, again.made, again.retired), (2, 0, 0));

    let it = bill(&ada).await.subscriptions.remove(0);
    assert_eq!((it.price, it.price_today), (Some(usd(4_900)), Some(usd(5_900))));
    later(&double, &node, 32).await;
    let ada = node.sign_in("admin").await;
    let totals: Vec<Money> = bill(&ada).await.invoices.iter().map(|it| it.total).collect();
    assert_eq!(totals, [usd(4_900), usd(4_900)], "who has it keeps the price");
    // Somebody at the processor who changes what a price costs is found out.
    let price = double.get("v1/prices?active=true").await["data"][0]["id"].as_str().unwrap().to_owned();
    double.post(&format!("v1/prices/{price}"), &[("active", "false")]).await;
    let found = sync_prices(&node.services, false).await.unwrap();
    assert_eq!(found.differences.len(), 1, "{found:?}");
    books_are_right(&node).await;
}

async fn who_may_not_pay_does_not(app: &App) {
    let (_double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    order(&node.sign_in("member").await, "team.monthly", "").await.problem(403, "forbidden");
    order(&node.visitor(), "team.monthly", "").await.problem(401, "sign_in_required");
    send(&node.sign_in("member").await, "/billing/portal", &[]).await.problem(403, "forbidden");
    let ada = node.sign_in("admin").await;
    order(&ada, "none.monthly", "").await.problem(404, "not_found");
    send(&ada, "/billing/portal", &[]).await.problem(409, "conflict");
    let member: Value = node.sign_in("member").await.call("bill", &[]).await.problem(403, "forbidden");
    assert_eq!(member["code"], "forbidden");
    // Without a processor the same listing has its plans, and nothing to buy.
    sell(app, "paid", &[TEAM]).await;
    order(&app.sign_in("admin").await, "team.monthly", "").await.problem(409, "conflict");
}

async fn a_dear_plan_needs_approval(app: &App) {
    let (_double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM, SEATS]).await;
    let ada = node.sign_in("admin").await;
    let rules = json!([{ "outcome": "ask", "when": [{ "monthly_price_above": 49 }], "note": "Dear." }]);
    assert_eq!(ada.save_policy(rules, "allow").await.status, 200);
    let bo = node.sign_in("billing").await;
    order(&bo, "team.monthly", "").await.refreshes_to();
    order(&bo, "team.annual", "").await.refreshes_to();
    order(&bo, "seats.monthly", "4").await.refreshes_to();
    let refused = order(&bo, "seats.monthly", "5").await.problem(409, "conflict");
    assert!(refused["detail"].as_str().unwrap().contains("more than $49 a month"), "{refused}");
    let request = bo.ask("monitor").await;
    assert_eq!(ada.answer(&request, "approve").await.status, 200);
    order(&bo, "seats.monthly", "5").await.refreshes_to();
    order(&ada, "seats.monthly", "50").await.refreshes_to();
}

async fn a_form_without_a_script_comes_back_with_what_went_wrong(app: &App) {
    let (_double, node) = Double::with_node(app).await;
    sell(&node, "paid", &[TEAM]).await;
    let ada = node.sign_in("admin").await;
    let form = [("listing", "monitor"), ("choice", "team.monthly"), ("seats", "0")];
    let back = ada.post("/billing/checkout", &form).await;
    assert!(back.location().starts_with("http://market.test/before?__path=%2Fbilling%2Fcheckout&__err="), "{back:?}");
    let error = back.location().split('?').nth(1).unwrap();
    let page = ada.get(&format!("/integrations/monitor/install?{error}")).await;
    assert!(page.body.contains("From 1 to 100000 seats can be bought here."), "{}", page.body);
    // Nobody is sent back to another site.
    let elsewhere = ada
        .request(Method::POST, "/billing/checkout")
        .header(header::ACCEPT, "text/html")
        .header(header::ORIGIN, SITE)
        .header(header::REFERER, "http://market.test.evil.example/x")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = ada.send(elsewhere.body(Body::from(encoded(&form))).unwrap()).await;
    answer.problem(422, "invalid");
}

async fn an_offer_becomes_a_contract(app: &App) {
    let (double, node) = Double::with_node(app).await;
    let big = r#"{ id = "big", name = "Enterprise", summary = "For all.", charge = "contract" }"#;
    sell(&node, "paid", &[TEAM, big]).await;
    let paula = node.sign_in("partner").await;
    let offer = |price: &'static str, months: &'static str, organization: &'static str| {
        [
            ("choice", "monitor.big"),
            ("organization", organization),
            ("price", price),
            ("interval", "annual"),
            ("months", months),
            ("message", "As we said."),
        ]
    };
    for (price, months, organization, field) in [
        ("12.345", "12", NORTHWIND, "price"),
        ("1200", "7", NORTHWIND, "months"),
        ("1200", "12", "org_nobody", "organization"),
    ] {
        let refused = paula.call("make_offer", &offer(price, months, organization)).await.problem(422, "invalid");
        assert_eq!(refused["field"], field, "{refused}");
    }
    paula.call("make_offer", &offer("1,200", "24", NORTHWIND)).await.goes_on_to();
    paula.call("make_offer", &offer("900", "12", NORTHWIND)).await.goes_on_to();
    let ada = node.sign_in("admin").await;
    let open = bill(&ada).await.offers;
    assert_eq!((open.len(), open[1].price, open[1].plan_name.as_str()), (2, usd(120_000), "Enterprise"));
    // Nobody else can accept, decline or withdraw it.
    let stranger = node.sign_in("operator").await;
    stranger.call("decline_offer", &[("id", &open[1].id)]).await.problem(403, "forbidden");
    paula.call("decline_offer", &[("id", &open[1].id)]).await.problem(404, "not_found");
    ada.call("withdraw_offer", &[("id", &open[1].id)]).await.problem(403, "forbidden");
    paula.call("withdraw_offer", &[("id", &open[0].id)]).await.goes_on_to();
    send(&ada, "/billing/accept", &[("offer", &open[0].id)]).await.problem(409, "conflict");

    let page = send(&ada, "/billing/accept", &[("offer", &open[1].id)]).await.refreshes_to();
    assert_eq!(send(&ada, "/billing/accept", &[("offer", &open[1].id)]).await.refreshes_to(), page);
    assert_eq!(double.pays(page.as_str(), VISA).await, 303);
    assert!(wizard(&ada).await.plan.unwrap().works);
    let view = bill(&ada).await;
    let it = &view.subscriptions[0];
    assert_eq!(
        (it.price, it.contract, it.changeable, it.plan_name.as_str()),
        (Some(usd(120_000)), true, false, "Enterprise")
    );
    assert_eq!(view.offers, []);
    ada.call("decide_subscription", &[("id", &it.id), ("deed", "cancel")]).await.problem(409, "conflict");
    send(&ada, "/billing/accept", &[("offer", &open[1].id)]).await.problem(409, "conflict");
    for _ in 0..2 {
        later(&double, &node, 366).await;
    }
    let ada = node.sign_in("admin").await;
    let view = bill(&ada).await;
    assert_eq!(view.subscriptions[0].state, SubscriptionState::Ended, "it ends with its term");
    let paid: Vec<Money> = view.invoices.iter().filter(|it| it.status == "paid").map(|it| it.total).collect();
    assert_eq!(paid, [usd(120_000), usd(120_000)]);
    books_are_right(&node).await;
    assert_eq!(node.recorded(NORTHWIND, "offer.accepted").await, 1);
}

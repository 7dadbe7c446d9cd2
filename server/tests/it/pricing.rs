//! What a listing costs: prices in the currency of whoever looks, and who may choose that currency.

use crate::harness::{App, Browser, NORTHWIND, Processor, publish, seed_sold, wish};
use contract::Timestamp;
use contract::money::{Currency, Money};
use contract::organization::OrganizationView;
use contract::plan::{Interval, PlanView, PricingModel, PricingView};
use domain::billing::entitlement::Status;
use domain::ports::{Bought, ProcessorSubscription};
use serde_json::Value;

on_both!(
    only_who_pays_chooses_the_currency,
    the_currency_of_another_organization_is_its_own,
    the_currency_stays_once_there_is_a_subscription,
    a_subscription_that_comes_in_between_keeps_the_currency,
    prices_are_those_of_the_viewers_currency,
    plans_lead_to_the_wizard_where_they_are_sold,
    plans_are_shown_where_nothing_is_sold,
    what_is_free_says_what_it_needs,
    results_say_what_something_costs,
);

async fn pricing(browser: &Browser<'_>, id: &str) -> Option<PricingView> {
    browser.call("pricing", &[("id", id)]).await.good()
}

fn plan<'a>(pricing: &'a PricingView, id: &str) -> &'a PlanView {
    pricing.plans.iter().find(|plan| plan.id == id).unwrap()
}

async fn organization(browser: &Browser<'_>) -> OrganizationView {
    browser.call("organization", &[]).await.good()
}

fn subscription(id: &str, status: Status) -> ProcessorSubscription {
    let bought = Bought {
        organization: NORTHWIND.into(),
        listing: "fjord-noise-filter".into(),
        plan: "team".to_owned(),
        contract: None,
    };
    ProcessorSubscription {
        id: id.to_owned(),
        customer: "cus_1".to_owned(),
        bought: Some(bought),
        status,
        period_end: Timestamp(1_800_000_000_000),
        cancel_at_period_end: false,
        seats: 1,
        item: String::new(),
        price: String::new(),
        currency: None,
        period_start: Timestamp(0),
    }
}

async fn only_who_pays_chooses_the_currency(app: &App) {
    let euro = [("currency", "EUR")];
    app.visitor().call("set_currency", &euro).await.problem(401, "sign_in_required");
    let member = app.sign_in("member").await;
    member.call("set_currency", &euro).await.problem(403, "forbidden");
    let billing = app.sign_in("billing").await;
    for bad in ["", "XXX", "EUR ", "eur; drop"] {
        let problem = billing.call("set_currency", &[("currency", bad)]).await.problem(422, "invalid");
        assert_eq!(problem["field"], "currency", "{bad:?}");
    }
    assert_eq!(organization(&member).await.currency, Currency::USD);
    let chosen = billing.call("set_currency", &euro).await;
    assert_eq!((chosen.status, chosen.goes_on_to()), (200, "/settings/organization"));
    billing.call("set_currency", &euro).await.good::<()>();
    assert_eq!(app.recorded(NORTHWIND, "organization.currency").await, 1, "the same currency is no change");
    let events = app.services.audit.audit_after(NORTHWIND, 0, 100).await.unwrap();
    let event = events.iter().find(|it| it.action == "organization.currency").unwrap();
    assert_eq!((event.before.as_str(), event.after.as_str()), (r#"{"currency":"USD"}"#, r#"{"currency":"EUR"}"#));
    let seen = organization(&member).await;
    assert_eq!((seen.currency, seen.pays, seen.currency_fixed), (Currency::EUR, false, false));
    assert!(organization(&billing).await.pays && organization(&app.sign_in("admin").await).await.pays);
}

async fn the_currency_of_another_organization_is_its_own(app: &App) {
    app.sign_in("admin").await.call("set_currency", &[("currency", "GBP")]).await.good::<()>();
    assert_eq!(organization(&app.sign_in("partner").await).await.currency, Currency::USD);
}

async fn the_currency_stays_once_there_is_a_subscription(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    // Even one that is over: the customer it was made for keeps its currency.
    processor.has_subscription(subscription("sub_1", Status::Canceled));
    processor.tell(&node, "evt_1", "customer.subscription.deleted", "sub_1").await;
    node.work_off().await;
    let billing = node.sign_in("billing").await;
    assert!(organization(&billing).await.currency_fixed);
    let problem = billing.call("set_currency", &[("currency", "EUR")]).await.problem(409, "conflict");
    assert_eq!(problem["title"], "The currency can't be changed any more");
    assert_eq!(organization(&billing).await.currency, Currency::USD);
    assert_eq!(app.recorded(NORTHWIND, "organization.currency").await, 0);
    let page = billing.get("/settings/organization").await;
    assert!(!page.body.contains("Save currency"), "what would be refused is not offered");
    assert!(app.sign_in("admin").await.get("/settings/organization").await.body.contains("stays as it is"));
}

/// The port decides again, in its transaction.
async fn a_subscription_that_comes_in_between_keeps_the_currency(app: &App) {
    let it = subscription("sub_1", Status::Active);
    app.services.billing.keep_subscription(&it, it.bought.as_ref().unwrap(), Timestamp(1)).await.unwrap();
    let change = (Currency::USD, Currency::EUR);
    let effects = domain::ports::Effects::default();
    assert!(!app.services.organizations.set_currency(&NORTHWIND.into(), change, &effects).await.unwrap());
    let other = "org_demo_prometheus".into();
    let wrong = (Currency::GBP, Currency::EUR);
    assert!(!app.services.organizations.set_currency(&other, wrong, &effects).await.unwrap(), "it was another one");
    assert!(app.services.organizations.set_currency(&other, change, &effects).await.unwrap());
    assert_eq!(organization(&app.sign_in("partner").await).await.currency, Currency::EUR);
}

async fn prices_are_those_of_the_viewers_currency(app: &App) {
    seed_sold(&app.services).await;
    let (billing, visitor) = (app.sign_in("billing").await, app.visitor());
    billing.call("set_currency", &[("currency", "EUR")]).await.good::<()>();
    let seen = pricing(&billing, "fjord-noise-filter").await.unwrap();
    assert_eq!((seen.model, seen.currency), (PricingModel::Freemium, Currency::EUR));
    assert_eq!(seen.summary, "Free plan · others from €18/mo");
    let team = plan(&seen, "team");
    assert_eq!(team.monthly, Some(Money::new(1_800, Currency::EUR)));
    assert_eq!((team.saving_percent, team.trial_days), (Some(16), 14));
    let seen = pricing(&visitor, "fjord-noise-filter").await.unwrap();
    assert_eq!(plan(&seen, "team").monthly, Some(Money::new(1_900, Currency::USD)));
    // No price is set in francs.
    billing.call("set_currency", &[("currency", "CHF")]).await.good::<()>();
    let seen = pricing(&billing, "fjord-oncall-bridge").await.unwrap();
    assert_eq!(seen.currency, Currency::CHF);
    assert_eq!(plan(&seen, "volume").price(Interval::Monthly), Some(Money::new(500, Currency::USD)));
    // Pages that are kept for visitors are not those of people with a currency.
    let path = "/integrations/fjord-noise-filter?tab=pricing";
    billing.call("set_currency", &[("currency", "GBP")]).await.good::<()>();
    assert!(visitor.get(path).await.body.contains("$19"));
    let page = billing.get(path).await;
    assert!(page.body.contains("£15") && !page.body.contains("$19"), "{}", page.body);
    assert!(visitor.get(path).await.body.contains("$19"));
}

async fn plans_lead_to_the_wizard_where_they_are_sold(app: &App) {
    seed_sold(&app.services).await;
    let (_, node) = Processor::with_node(app).await;
    let visitor = node.visitor();
    let seen = pricing(&visitor, "fjord-noise-filter").await.unwrap();
    assert!(seen.sold_here && seen.test_mode);
    let page = visitor.get("/integrations/fjord-noise-filter?tab=pricing").await.body;
    for text in [
        "Test mode",
        "Choose Team",
        "14 days free to try",
        "/integrations/fjord-noise-filter/install?plan=team&amp;interval=monthly",
        "/integrations/fjord-noise-filter?tab=pricing&amp;interval=annual",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    let page = visitor.get("/integrations/fjord-noise-filter?tab=pricing&interval=annual").await.body;
    for text in [
        "$190",
        "a year",
        "Save 16 %",
        "install?plan=team&amp;interval=annual",
        "install?plan=free&amp;interval=monthly",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    let page = visitor.get("/integrations/fjord-oncall-bridge?tab=pricing").await.body;
    for text in ["From $5", "26–100", "101 and more", "for each seat, a month"] {
        assert!(page.contains(text), "{text} in {page}");
    }
    let page = visitor.get("/integrations/fjord-event-relay?tab=pricing&interval=annual").await.body;
    for text in ["$0.50", "for each 1,000 events", "10,000 events a month are free", "By agreement", "Ask Fjord Labs"] {
        assert!(page.contains(text), "{text} in {page}");
    }
    assert!(page.contains("install?plan=usage&amp;interval=monthly") && !page.contains("plan=enterprise"), "{page}");
    assert!(visitor.get("/integrations/fjord-noise-filter").await.body.contains("See plans"));
}

async fn plans_are_shown_where_nothing_is_sold(app: &App) {
    seed_sold(&app.services).await;
    let seen = pricing(&app.visitor(), "fjord-noise-filter").await.unwrap();
    assert!(!seen.sold_here && !seen.test_mode && seen.plans.len() == 3);
    let page = app.visitor().get("/integrations/fjord-noise-filter?tab=pricing").await.body;
    assert!(page.contains("Can't be bought here") && page.contains("Payments are not configured"), "{page}");
    assert!(page.contains("$19") && !page.contains("Choose Team") && !page.contains("install?plan"), "{page}");
}

async fn what_is_free_says_what_it_needs(app: &App) {
    let visitor = app.visitor();
    let page = visitor.get("/integrations/lumen?tab=pricing").await.body;
    assert!(page.contains("You need an account with Example Labs."), "{page}");
    assert!(visitor.get("/integrations/lumen").await.body.contains("?tab=pricing"));
    let page = visitor.get("/integrations/monitor").await.body;
    assert!(!page.contains("?tab=pricing"), "there is nothing to say");
    assert_eq!(pricing(&visitor, "none").await, None);
}

async fn results_say_what_something_costs(app: &App) {
    seed_sold(&app.services).await;
    publish(&app.services, &wish("lantern", "Lantern")).await;
    app.follow().await;
    let search = async |query: &str| -> Value { app.visitor().get(&format!("/api/v1/search?{query}")).await.good() };
    let price = async |id: &str| {
        let page = search(&format!("q={id}")).await;
        let hit = page["hits"].as_array().unwrap().iter().find(|hit| hit["id"] == id).unwrap().clone();
        hit["price"].clone()
    };
    assert_eq!(price("fjord-noise-filter").await, "Free plan");
    assert_eq!(price("fjord-oncall-bridge").await, "From $6/seat/mo");
    assert_eq!(price("fjord-event-relay").await, "From $0.50/1,000 events");
    assert_eq!(price("lantern").await, Value::Null);
    assert_eq!(search("pricing=paid").await["total"], 2);
    assert_eq!(search("pricing=paid&pricing=freemium").await["total"], 3);
    let page = app.visitor().get("/search?pricing=paid").await.body;
    assert!(page.contains("From $6/seat/mo") && page.contains("By agreement") || page.contains("Paid"), "{page}");
    assert!(page.contains("Free plan and paid plans"), "the facet names the others");
}

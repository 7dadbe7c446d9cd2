//! What works follows from what is paid: at the inbound address, for polls, and for whoever tries it out.

use crate::harness::sold::{BASIC, TEAM, keep, sell, subscription};
use crate::harness::{Address, App, Browser, HOUR_MS, MINUTE_MS, Upstream, alerts, deliver};
use contract::ListingId;
use domain::billing::entitlement::{Entitlement, Status};
use domain::billing::{Access, access};
use domain::ports::Bought;

on_both!(
    what_is_free_asks_for_nothing,
    without_a_plan_nothing_is_taken,
    a_stranger_does_not_learn_how_it_stands,
    a_missing_payment_stops_after_two_weeks_and_resumes_at_once,
    polls_stand_still_and_go_on,
    nothing_is_tried_out_without_a_plan,
    a_free_plan_needs_no_subscription,
    what_others_pay_entitles_to_nothing,
);

const DAY_MS: i64 = 24 * HOUR_MS;

async fn receiver(admin: &Browser<'_>) -> (String, Address) {
    let upstream = Upstream::start().await;
    let id = admin.install(&upstream).await;
    let address = admin.address(&id).await;
    (id, address)
}

async fn monitor(app: &App) -> Access {
    let listing = app.services.catalogue.listing(&ListingId::from("monitor")).await.unwrap().unwrap();
    access(&app.services, &crate::harness::NORTHWIND.into(), &listing).await.unwrap()
}

async fn what_is_free_asks_for_nothing(app: &App) {
    let admin = app.sign_in("admin").await;
    let (_, address) = receiver(&admin).await;
    assert_eq!(monitor(app).await, Access::FREE);
    assert_eq!(deliver(app, &address, alerts("a1", "Free")).await.status, 202);
    // The next release is sold; who has the free one keeps it.
    let sold = crate::harness::MONITOR
        .replace("version = \"1.0.0\"", "version = \"2.0.0\"")
        .replace("pricing = { model = \"free\" }", &format!("pricing = {{ model = \"paid\", plan = [{TEAM}] }}"));
    crate::harness::publish(&app.services, &sold).await;
    assert!(!monitor(app).await.entitlement.works());
    assert_eq!(deliver(app, &address, alerts("a2", "Still free")).await.status, 202);
}

async fn without_a_plan_nothing_is_taken(app: &App) {
    let admin = app.sign_in("admin").await;
    let (id, address) = receiver(&admin).await;
    sell(app, "paid", &[TEAM]).await;
    let problem = deliver(app, &address, alerts("a1", "Disk full")).await.problem(402, "payment_required");
    assert_eq!(problem["title"], "There is no plan for this");
    assert!(problem["next_step"].as_str().unwrap().starts_with("Choose a plan"), "{problem}");
    let detail = admin.detail(&id).await;
    assert_eq!((detail.rejected, detail.card.events), (1, 0), "it is counted, and people see it");
    keep(app, &subscription(app, "sub_1", "team", Status::Active)).await;
    assert_eq!(deliver(app, &address, alerts("a1", "Disk full")).await.status, 202);
    let now = monitor(app).await;
    assert_eq!((now.plan.as_deref(), now.subscription.as_deref()), (Some("team"), Some("sub_1")));
    keep(app, &subscription(app, "sub_1", "team", Status::Canceled)).await;
    let problem = deliver(app, &address, alerts("a2", "Fan broken")).await.problem(402, "payment_required");
    assert_eq!(problem["title"], "The plan has ended");
    assert_eq!(admin.detail(&id).await.card.events, 1, "what was there stays");
}

async fn a_stranger_does_not_learn_how_it_stands(app: &App) {
    let admin = app.sign_in("admin").await;
    let (_, address) = receiver(&admin).await;
    sell(app, "paid", &[TEAM]).await;
    let forged = Address { secret: "wrong".to_owned(), ..address };
    deliver(app, &forged, alerts("a1", "x")).await.problem(401, "sign_in_required");
}

async fn a_missing_payment_stops_after_two_weeks_and_resumes_at_once(app: &App) {
    let admin = app.sign_in("admin").await;
    let (_, address) = receiver(&admin).await;
    sell(app, "paid", &[TEAM]).await;
    keep(app, &subscription(app, "sub_1", "team", Status::PastDue)).await;
    app.clock.advance(14 * DAY_MS - HOUR_MS);
    assert_eq!(deliver(app, &address, alerts("a1", "In time")).await.status, 202);
    app.clock.advance(HOUR_MS);
    let problem = deliver(app, &address, alerts("a2", "Too late")).await.problem(402, "payment_required");
    assert_eq!(problem["title"], "A payment is missing");
    keep(app, &subscription(app, "sub_1", "team", Status::Active)).await;
    assert_eq!(deliver(app, &address, alerts("a2", "Too late")).await.status, 202);
}

async fn polls_stand_still_and_go_on(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    sell(app, "paid", &[TEAM]).await;
    let calls = upstream.seen().len();
    app.clock.advance(2 * HOUR_MS);
    app.work_off().await;
    assert_eq!(upstream.seen().len(), calls, "neither polled nor tested");
    keep(app, &subscription(app, "sub_1", "team", Status::Active)).await;
    app.clock.advance(2 * MINUTE_MS);
    app.work_off().await;
    assert_eq!(admin.detail(&id).await.card.events, 2);
}

async fn nothing_is_tried_out_without_a_plan(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install(&upstream).await;
    sell(app, "paid", &[TEAM]).await;
    let calls = upstream.seen().len();
    for capability in ["alerts", "open-alerts", "open-ticket"] {
        admin.prove(&id, capability).await.problem(402, "payment_required");
    }
    assert_eq!(upstream.seen().len(), calls);
    keep(app, &subscription(app, "sub_1", "team", Status::Trialing)).await;
    assert_eq!(admin.prove(&id, "open-ticket").await.status, 200);
}

async fn a_free_plan_needs_no_subscription(app: &App) {
    let admin = app.sign_in("admin").await;
    let (_, address) = receiver(&admin).await;
    sell(app, "freemium", &[BASIC, TEAM]).await;
    assert_eq!(deliver(app, &address, alerts("a1", "Free")).await.status, 202);
    let free = Access { plan: Some("basic".to_owned()), ..Access::FREE };
    assert_eq!(monitor(app).await, free);
    keep(app, &subscription(app, "sub_1", "team", Status::Active)).await;
    assert_eq!(monitor(app).await.plan.as_deref(), Some("team"));
    keep(app, &subscription(app, "sub_1", "team", Status::Unpaid)).await;
    deliver(app, &address, alerts("a2", "Not paid")).await.problem(402, "payment_required");
    keep(app, &subscription(app, "sub_1", "team", Status::Canceled)).await;
    assert_eq!(monitor(app).await, free);
    assert_eq!(deliver(app, &address, alerts("a3", "Free again")).await.status, 202);
}

async fn what_others_pay_entitles_to_nothing(app: &App) {
    sell(app, "paid", &[TEAM]).await;
    let mut other = subscription(app, "sub_1", "team", Status::Active);
    other.bought = Some(Bought {
        organization: "org_other".into(),
        listing: "monitor".into(),
        plan: "team".to_owned(),
        contract: None,
    });
    keep(app, &other).await;
    let mut another = subscription(app, "sub_2", "team", Status::Active);
    another.bought =
        Some(Bought { listing: "lumen".into(), ..subscription(app, "", "team", Status::Active).bought.unwrap() });
    keep(app, &another).await;
    assert!(!monitor(app).await.entitlement.works());
    keep(app, &subscription(app, "sub_3", "team", Status::Active)).await;
    assert_eq!(monitor(app).await.entitlement, Entitlement::Full);
}

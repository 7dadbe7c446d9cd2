//! Meters and usage against the double of Stripe: what is reported is what is charged, once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't be set up fails")]

mod running_double;

use billing::Stripe;
use contract::pricing::MeterUnit;
use contract::{ListingId, Timestamp};
use domain::ports::{MeterReport, Meters, Payments};
use running_double::{Double, KEY};

fn start() -> (Double, Stripe) {
    let double = Double::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/doubles/stripe/main.mjs"));
    let stripe = Stripe::new(KEY, "whsec_double", Some(&double.url)).unwrap();
    (double, stripe)
}

fn monitor() -> ListingId {
    "acme-monitor".into()
}

fn report(customer: &str, value: i64, at: i64, identifier: &str) -> MeterReport {
    MeterReport {
        listing: monitor(),
        unit: MeterUnit::Event,
        customer: customer.to_owned(),
        value,
        at: Timestamp(at * 1000),
        identifier: identifier.to_owned(),
    }
}

#[tokio::test]
async fn a_meter_is_made_once_for_each_listing_and_unit() {
    let (double, stripe) = start();
    // More than a page of them, with names that begin alike.
    for number in 0..101 {
        let form = format!(
            "display_name=x&event_name=marketplace_event_acme-monitor{number}&default_aggregation[formula]=sum"
        );
        double.post("v1/billing/meters", &form).await;
    }
    let made = stripe.ensure(&monitor(), MeterUnit::Event).await.unwrap();
    assert_eq!(stripe.ensure(&monitor(), MeterUnit::Event).await.unwrap(), made);
    assert_ne!(stripe.ensure(&monitor(), MeterUnit::Gb).await.unwrap(), made);
    assert_ne!(stripe.ensure(&"acme".into(), MeterUnit::Event).await.unwrap(), made);
    let meter = double.get(&format!("v1/billing/meters/{made}")).await;
    assert_eq!(meter["event_name"], "marketplace_event_acme-monitor");
    assert_eq!(meter["default_aggregation"]["formula"], "sum");
    // One that was switched off takes nothing; there is another then.
    double.post(&format!("v1/billing/meters/{made}/deactivate"), "").await;
    assert_ne!(stripe.ensure(&monitor(), MeterUnit::Event).await.unwrap(), made);
}

#[tokio::test]
async fn meters_made_at_the_same_time_are_one() {
    let (_double, stripe) = start();
    let (monitor, unit) = (monitor(), MeterUnit::Event);
    let (first, second, third) =
        tokio::join!(stripe.ensure(&monitor, unit), stripe.ensure(&monitor, unit), stripe.ensure(&monitor, unit));
    let first = first.unwrap();
    assert_eq!((second.unwrap(), third.unwrap()), (first.clone(), first));
}

#[tokio::test]
async fn what_is_reported_twice_counts_once_and_what_was_too_much_is_taken_back() {
    let (double, stripe) = start();
    let customer = double.id("v1/customers", "name=Northwind").await;
    let other = double.id("v1/customers", "name=Other").await;
    stripe.ensure(&monitor(), MeterUnit::Event).await.unwrap();
    let now = double.advance(0).await;
    let hour = now - now.rem_euclid(3600);
    stripe.report(&report(&customer, 1200, hour, "sub_1:0")).await.unwrap();
    stripe.report(&report(&customer, 1200, hour, "sub_1:0")).await.unwrap();
    stripe.report(&report(&customer, -200, hour, "sub_1:1")).await.unwrap();
    stripe.report(&report(&customer, 7, hour - 3600, "sub_1:2")).await.unwrap();
    stripe.report(&report(&other, 5, hour, "sub_2:0")).await.unwrap();
    let sum = async |customer: &str, from: i64| {
        let (from, until) = (Timestamp(from * 1000), Timestamp((from + 3600) * 1000));
        stripe.added_up(&monitor(), MeterUnit::Event, customer, from, until).await.unwrap()
    };
    assert_eq!(sum(&customer, hour).await, 1_000);
    assert_eq!(sum(&customer, hour - 3600).await, 7);
    assert_eq!(sum(&other, hour).await, 5);
    let none = stripe.added_up(&monitor(), MeterUnit::Gb, &customer, Timestamp(0), Timestamp(60_000)).await;
    assert_eq!(none.unwrap(), 0, "there is no such meter");
}

#[tokio::test]
async fn what_is_refused_is_an_error() {
    let (double, stripe) = start();
    let customer = double.id("v1/customers", "name=Northwind").await;
    let now = double.advance(0).await;
    assert!(stripe.report(&report(&customer, 1, now, "sub_1:0")).await.is_err(), "there is no meter");
    stripe.ensure(&monitor(), MeterUnit::Event).await.unwrap();
    assert!(stripe.report(&report("cus_none", 1, now, "sub_1:0")).await.is_err());
    assert!(stripe.report(&report(&customer, 1, now - 36 * 86_400, "sub_1:0")).await.is_err(), "too old");
    stripe.report(&report(&customer, 1, now - 34 * 86_400, "sub_1:0")).await.unwrap();
    for (status, after) in [(500, false), (500, true), (0, false), (0, true)] {
        double.fail_next_report(status, after).await;
        let it = report(&customer, 1, now, &format!("{status}{after}"));
        assert!(stripe.report(&it).await.is_err(), "{status} {after}");
        stripe.report(&it).await.unwrap();
    }
    let end = Timestamp((now - now.rem_euclid(60) + 60) * 1000);
    let sum = stripe.added_up(&monitor(), MeterUnit::Event, &customer, end.plus_ms(-3_600_000), end).await.unwrap();
    assert_eq!(sum, 4, "each once");
}

#[tokio::test]
async fn a_metered_subscription_is_charged_for_what_was_reported() {
    let (double, stripe) = start();
    let clock = double.id("v1/test_helpers/test_clocks", &format!("frozen_time={}", double.advance(0).await)).await;
    let customer = double.id("v1/customers", &format!("name=Northwind&test_clock={clock}")).await;
    let card = double.id("v1/payment_methods/pm_card_visa/attach", &format!("customer={customer}")).await;
    let usual = format!("invoice_settings[default_payment_method]={card}");
    double.post(&format!("v1/customers/{customer}"), &usual).await;
    let product = double.id("v1/products", "name=Monitor").await;
    let price = async |listing: &str| {
        let meter = stripe.ensure(&listing.into(), MeterUnit::Event).await.unwrap();
        let form = format!(
            "product={product}&currency=usd&unit_amount=2&recurring[interval]=month&recurring[usage_type]=metered&recurring[meter]={meter}"
        );
        double.id("v1/prices", &form).await
    };
    let mut sold = Vec::new();
    for listing in ["acme-monitor", "acme-tickets"] {
        let price = price(listing).await;
        let form = format!(
            "customer={customer}&items[0][price]={price}&metadata[organization]=org_1&metadata[listing]={listing}&metadata[plan]=usage"
        );
        sold.push(double.id("v1/subscriptions", &form).await);
    }
    let kept = stripe.subscription(&sold[0]).await.unwrap().unwrap();
    assert!(kept.period_start < kept.period_end, "{kept:?}");
    // Two listings of one customer: what is used of one is not charged with the other.
    let begin = kept.period_start.0 / 1000;
    stripe.report(&report(&customer, 100, begin, "sub_1:0")).await.unwrap();
    let end = kept.period_end.0 / 1000;
    let on = format!("frozen_time={}", end + 2 * 3600);
    double.post(&format!("v1/test_helpers/test_clocks/{clock}/advance"), &on).await;
    for (subscription, total) in sold.iter().zip([200, 0]) {
        let latest = double.get(&format!("v1/subscriptions/{subscription}")).await;
        let invoice = stripe.invoice(latest["latest_invoice"].as_str().unwrap()).await.unwrap().unwrap();
        assert_eq!(invoice.total.minor, total, "{invoice:?}");
    }
}

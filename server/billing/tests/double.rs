//! The adapter against the double of Stripe: every object it asks for can be read, and says what it should.
//!
//! The double is `e2e/doubles/stripe`, which is itself checked with Stripe's own SDK.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't be set up fails")]

#[path = "double/partners.rs"]
mod partners;
mod running_double;

use billing::Stripe;
use contract::Timestamp;
use contract::money::{Currency, Money};
use domain::billing::entitlement::Status;
use domain::ports::{Bought, InvoiceStatus, Payments};
use running_double::{Double, KEY};

impl Double {
    fn here() -> Self {
        Self::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/doubles/stripe/main.mjs"))
    }

    fn adapter(&self) -> Stripe {
        Stripe::new(KEY, "whsec_double", Some(&self.url)).unwrap()
    }

    /// A customer with a card, and a monthly price of 49 dollars.
    async fn customer_and_price(&self) -> (String, String) {
        let product = self.id("v1/products", "name=Monitor").await;
        let price = format!("product={product}&currency=usd&unit_amount=4900&recurring[interval]=month");
        let price = self.id("v1/prices", &price).await;
        let customer = self.id("v1/customers", "name=Northwind&address[country]=US").await;
        let card = self.id("v1/payment_methods/pm_card_visa/attach", &format!("customer={customer}")).await;
        let usual = format!("invoice_settings[default_payment_method]={card}");
        self.post(&format!("v1/customers/{customer}"), &usual).await;
        (customer, price)
    }
}

#[tokio::test]
async fn a_subscription_and_its_invoice_are_read() {
    let double = Double::here();
    let stripe = double.adapter();
    let (customer, price) = double.customer_and_price().await;
    let form = format!(
        "customer={customer}&items[0][price]={price}&items[0][quantity]=3\
         &metadata[organization]=org_1&metadata[listing]=monitor&metadata[plan]=team"
    );
    let bought = double.post("v1/subscriptions", &form).await;
    let id = bought["id"].as_str().unwrap();

    let subscription = stripe.subscription(id).await.unwrap().unwrap();
    let expected =
        Bought { organization: "org_1".into(), listing: "monitor".into(), plan: "team".to_owned(), contract: None };
    assert_eq!(subscription.bought, Some(expected));
    assert_eq!((subscription.status, subscription.seats), (Status::Active, 3));
    assert_eq!((subscription.customer, subscription.cancel_at_period_end), (customer, false));
    let ends = bought["items"]["data"][0]["current_period_end"].as_i64().unwrap();
    assert_eq!(subscription.period_end, Timestamp(ends * 1000));

    let invoice = stripe.invoice(bought["latest_invoice"].as_str().unwrap()).await.unwrap().unwrap();
    assert_eq!(invoice.status, InvoiceStatus::Paid);
    let usd = |minor| Money::new(minor, Currency::USD);
    assert_eq!((invoice.total, invoice.paid), (usd(14_700), usd(14_700)));
    assert!(invoice.paid_at.is_some() && !invoice.number.is_empty());
    assert_eq!(invoice.lines.len(), 1);
    assert_eq!((invoice.lines[0].net, invoice.lines[0].tax), (usd(14_700), usd(0)));
    assert_eq!(invoice.lines[0].subscription.as_deref(), Some(id));

    double.post(&format!("v1/subscriptions/{id}"), "cancel_at_period_end=true").await;
    assert!(stripe.subscription(id).await.unwrap().unwrap().cancel_at_period_end);
}

#[tokio::test]
async fn lines_of_a_change_and_tax_add_up_to_the_total() {
    let double = Double::here();
    let stripe = double.adapter();
    let (customer, price) = double.customer_and_price().await;
    double.post(&format!("v1/customers/{customer}"), "address[country]=DE").await;
    let form = format!("customer={customer}&items[0][price]={price}&automatic_tax[enabled]=true&metadata[plan]=team");
    let bought = double.post("v1/subscriptions", &form).await;
    let id = bought["id"].as_str().unwrap();
    let item = bought["items"]["data"][0]["id"].as_str().unwrap();
    let more = format!("items[0][id]={item}&items[0][quantity]=4&proration_behavior=always_invoice");
    let changed = double.post(&format!("v1/subscriptions/{id}"), &more).await;
    for invoice in [&bought, &changed] {
        let invoice = stripe.invoice(invoice["latest_invoice"].as_str().unwrap()).await.unwrap().unwrap();
        let sum: i64 = invoice.lines.iter().map(|line| line.net.minor + line.tax.minor).sum();
        assert_eq!(sum, invoice.total.minor, "{invoice:?}");
        assert!(invoice.lines.iter().any(|line| line.tax.minor != 0), "{invoice:?}");
    }
    assert_eq!(stripe.subscription(id).await.unwrap().unwrap().bought, None, "what is not all there is nothing");
}

#[tokio::test]
async fn events_are_asked_for_in_pages() {
    let double = Double::here();
    let stripe = double.adapter();
    let (customer, price) = double.customer_and_price().await;
    for _ in 0..30 {
        double.post("v1/subscriptions", &format!("customer={customer}&items[0][price]={price}")).await;
    }
    let notices = stripe.notices_since(Timestamp(0)).await.unwrap();
    assert!(notices.len() > 100, "more than a page: {}", notices.len());
    let mut ids: Vec<&str> = notices.iter().map(|it| it.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), notices.len(), "each once");
    let paid = notices.iter().filter(|it| it.kind == "invoice.paid").count();
    assert_eq!(paid, 30);
    let later = notices.iter().map(|it| it.at).max().unwrap().plus_ms(1_000);
    assert_eq!(stripe.notices_since(later).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_there_is_nothing_and_what_fails_is_an_error() {
    let double = Double::here();
    assert_eq!(double.adapter().subscription("sub_none").await.unwrap(), None);
    assert_eq!(double.adapter().invoice("in_none").await.unwrap(), None);
    let refused = Stripe::new("pk_wrong", "whsec_double", Some(&double.url)).unwrap();
    let error = refused.subscription("sub_none").await.unwrap_err().to_string();
    assert!(error.starts_with("payments: 401"), "{error}");
    let nobody = Stripe::new(KEY, "whsec_double", Some("http://127.0.0.1:9")).unwrap();
    assert!(nobody.subscription("sub_none").await.is_err());
}

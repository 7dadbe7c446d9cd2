//! Charges with what went back of them, and partners' accounts with what is sent to them.

use super::{Double, KEY};
use contract::PartnerId;
use contract::money::{Currency, Money};
use domain::ports::{Charges, DisputeStatus, NewTransfer, PayoutStatus, Payouts, ProcessorAccount, RefundStatus, Sent};
use serde_json::{Value, json};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

const BACK: &str = "https://market.test/partner/revenue?payouts=back";
const AGAIN: &str = "https://market.test/partner/revenue?payouts=again";

impl Double {
    async fn get_as(&self, path: &str, account: &str) -> Value {
        let mut request = reqwest::Client::new().get(format!("{}/{path}", self.url)).bearer_auth(KEY);
        if !account.is_empty() {
            request = request.header("stripe-account", account);
        }
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Somebody pays 49 dollars; invoice and charge.
    async fn paid(&self) -> (String, String) {
        let (customer, price) = self.customer_and_price().await;
        let bought = self.post("v1/subscriptions", &format!("customer={customer}&items[0][price]={price}")).await;
        let invoice = bought["latest_invoice"].as_str().unwrap().to_owned();
        let charges = self.get_as(&format!("v1/charges?customer={customer}"), "").await;
        (invoice, charges["data"][0]["id"].as_str().unwrap().to_owned())
    }

    /// A partner's account whose form was filled in.
    async fn ready_account(&self) -> ProcessorAccount {
        let stripe = self.adapter();
        let made = stripe.create_account(&PartnerId::from("acme"), "Acme").await.unwrap();
        let link = stripe.account_link(&made.id, BACK, AGAIN).await.unwrap();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let form = "business=Acme&iban=DE89370400440532013000&terms=yes";
        let kind = "application/x-www-form-urlencoded";
        let sent = client.post(&link).header("content-type", kind).body(form).send().await.unwrap();
        assert_eq!(sent.headers()["location"], BACK);
        // Somebody who comes a second time needs a new link.
        let late = client.get(&link).send().await.unwrap();
        assert_eq!(late.headers()["location"], AGAIN);
        stripe.account(&made.id).await.unwrap().unwrap()
    }
}

fn order(account: &str, run: &str, minor: i64, attempt: u32) -> NewTransfer {
    let key = format!("{run}-{attempt}");
    NewTransfer { account: account.to_owned(), amount: usd(minor), run: run.to_owned(), partner: "acme".into(), key }
}

#[tokio::test]
async fn a_charge_knows_its_invoice_its_fee_and_what_went_back() {
    let double = Double::here();
    let stripe = double.adapter();
    let (invoice, id) = double.paid().await;
    let charge = stripe.charge(&id).await.unwrap().unwrap();
    assert_eq!((charge.invoice.as_deref(), charge.amount, charge.refunded), (Some(&*invoice), usd(4_900), usd(0)));
    let movement = charge.movement.clone().unwrap();
    assert_eq!(movement.amount, usd(4_900));
    let fee = double.get_as(&format!("v1/balance_transactions/{}", movement.id), "").await["fee"].as_i64().unwrap();
    assert!(fee > 0 && movement.fee == usd(fee), "{movement:?}");
    assert_eq!(stripe.charges_of(&invoice).await.unwrap(), [charge]);

    let first = double.id("v1/refunds", &format!("charge={id}&amount=1000")).await;
    let second = double.id("v1/refunds", &format!("charge={id}&amount=7")).await;
    let refund = stripe.refund(&first).await.unwrap().unwrap();
    assert_eq!((refund.charge.as_str(), refund.amount, refund.status), (&*id, usd(1_000), RefundStatus::Succeeded));
    assert_eq!(refund.movement.unwrap().amount, usd(-1_000));
    let mut ids: Vec<String> = stripe.refunds_of(&id).await.unwrap().into_iter().map(|it| it.id).collect();
    ids.sort();
    assert_eq!(ids, [first, second]);
    assert_eq!(stripe.charge(&id).await.unwrap().unwrap().refunded, usd(1_007));
    for none in [stripe.charge("ch_none").await.unwrap().is_none(), stripe.refund("re_none").await.unwrap().is_none()] {
        assert!(none);
    }
}

#[tokio::test]
async fn a_dispute_says_what_it_moved_and_how_it_was_decided() {
    let double = Double::here();
    let stripe = double.adapter();
    for (won, decided) in [(true, DisputeStatus::Won), (false, DisputeStatus::Lost)] {
        let (_, charge) = double.paid().await;
        let opened = double.control("disputes", json!({ "charge": charge })).await;
        let id = opened["id"].as_str().unwrap();
        let dispute = stripe.dispute(id).await.unwrap().unwrap();
        assert_eq!((dispute.status, dispute.amount, &dispute.charge), (DisputeStatus::Open, usd(4_900), &charge));
        assert!(dispute.withdrawn().is_some() && dispute.reinstated().is_none());
        assert_eq!(dispute.movements[0].fee, usd(1_500));
        double.control(&format!("disputes/{id}/decide"), json!({ "won": won })).await;
        let dispute = stripe.dispute(id).await.unwrap().unwrap();
        assert_eq!((dispute.status, dispute.reinstated().is_some()), (decided, won));
        assert_eq!(stripe.disputes_of(&charge).await.unwrap(), [dispute]);
    }
    assert_eq!(stripe.dispute("dp_none").await.unwrap(), None);
}

#[tokio::test]
async fn an_account_is_made_once_and_becomes_ready() {
    let double = Double::here();
    let stripe = double.adapter();
    let made = stripe.create_account(&PartnerId::from("acme"), "Acme").await.unwrap();
    assert!(!made.ready() && !made.details_submitted);
    assert_eq!(stripe.create_account(&PartnerId::from("acme"), "Acme").await.unwrap(), made, "the same for the same");
    let ready = double.ready_account().await;
    assert_eq!(ready.id, made.id);
    assert!(ready.ready() && ready.details_submitted && ready.charges_enabled);
    assert_eq!(stripe.account("acct_none").await.unwrap(), None);
    let told = double.get_as("v1/events?type=account.updated", &ready.id).await;
    assert_eq!(told["data"][0]["account"], ready.id.as_str(), "events of an account say whose they are");
}

#[tokio::test]
async fn a_transfer_is_made_once_and_waits_for_available_money() {
    let double = Double::here();
    let stripe = double.adapter();
    let early = stripe.create_account(&PartnerId::from("late"), "Late").await.unwrap();
    assert!(matches!(stripe.transfer(&order(&early.id, "run_0", 100, 0)).await.unwrap(), Sent::Refused(_)));
    let account = double.ready_account().await.id;
    double.paid().await;
    assert_eq!(stripe.transfer(&order(&account, "run_1", 1_000, 0)).await.unwrap(), Sent::Short);
    assert_eq!(stripe.transfer_of("run_1").await.unwrap(), None);
    double.control("advance", json!({ "seconds": 3 * 86_400 })).await;
    let Sent::Done(made) = stripe.transfer(&order(&account, "run_1", 1_000, 1)).await.unwrap() else {
        panic!("there is enough")
    };
    assert_eq!((made.amount, &made.account, made.run.as_str()), (usd(1_000), &account, "run_1"));
    let again = stripe.transfer(&order(&account, "run_1", 1_000, 1)).await.unwrap();
    assert_eq!(again, Sent::Done(made.clone()), "one for a key");
    assert!(stripe.transfer(&order(&account, "run_1", 999, 1)).await.is_err(), "another order under the same key");
    assert_eq!(stripe.transfers().await.unwrap(), std::slice::from_ref(&made));

    // The answer is lost; the transfer is found, and the same order gives the same one.
    double.control("fail_next", json!({ "path": "/v1/transfers", "status": 0, "after": true })).await;
    assert!(stripe.transfer(&order(&account, "run_2", 500, 0)).await.is_err());
    let lost = stripe.transfer_of("run_2").await.unwrap().unwrap();
    assert_eq!(stripe.transfer(&order(&account, "run_2", 500, 0)).await.unwrap(), Sent::Done(lost));
    assert_eq!(stripe.transfers().await.unwrap().len(), 2);

    let back = stripe.reverse(&made.id, "run_1-reversal").await.unwrap();
    assert_eq!(back.amount, usd(1_000));
    assert_eq!(stripe.reverse(&made.id, "run_1-reversal").await.unwrap(), back);
    assert_eq!(stripe.transfer_of("run_1").await.unwrap().unwrap().reversals, [back]);
}

#[tokio::test]
async fn payouts_arrive_or_come_back() {
    let double = Double::here();
    let stripe = double.adapter();
    let account = double.ready_account().await.id;
    double.paid().await;
    double.control("advance", json!({ "seconds": 3 * 86_400 })).await;
    stripe.transfer(&order(&account, "run_1", 1_000, 0)).await.unwrap();
    double.control("advance", json!({ "seconds": 86_400 + 60 })).await;
    let payouts = stripe.payouts_of(&account).await.unwrap();
    assert_eq!((payouts.len(), payouts[0].amount, payouts[0].status), (1, usd(1_000), PayoutStatus::OnItsWay));
    let id = &payouts[0].id;
    for (deed, status) in [("pay", PayoutStatus::Paid), ("fail", PayoutStatus::Failed)] {
        double.control(&format!("payouts/{id}/{deed}"), json!({})).await;
        assert_eq!(stripe.payout(&account, id).await.unwrap().unwrap().status, status);
    }
    assert_eq!(stripe.payout("acct_none", id).await.ok().flatten(), None, "only for the account it belongs to");
}

//! A purchase whose process is killed, at each step in turn: whoever presses the button again, and the
//! queue that goes on, come to the same end as without it. Payouts are in `payouts.rs`.

use crate::harness::sold::{TEAM, sell};
use crate::harness::{App, Double, Fuse, Options, signature};
use contract::OrganizationId;
use domain::billing::{Wish, access, buy, prove, reconcile, settle_open, take};
use domain::{Actor, Error, Result};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

on_both!(wherever_it_breaks_it_is_bought_and_paid_once);

/// What is told of a purchase, as far as anything follows from it.
const TOLD: [&str; 4] =
    ["customer.subscription.created", "checkout.session.completed", "invoice.paid", "charge.succeeded"];
/// Longer than a worker holds a job, and than a job that failed waits.
const LATER_S: i64 = 120;

/// One organization's way: order, pay, come back, and everything that is told.
struct Purchase<'a> {
    double: &'a Double,
    node: &'a App,
    actor: Actor,
    organization: OrganizationId,
    notices: Vec<String>,
}

impl Purchase<'_> {
    fn wish() -> Wish {
        let interval = contract::billing::Interval::Monthly;
        Wish { listing: "monitor".into(), plan: "team".to_owned(), interval, seats: 1, offer: None }
    }

    /// Begins, or goes on from wherever it broke.
    async fn goes_on(&mut self) -> Result<()> {
        let services = &self.node.services;
        match buy(services, &self.actor, &Self::wish()).await {
            Ok(page) if page.starts_with("http") => {
                assert_eq!(self.double.pays(&page, "4242 4242 4242 4242").await, 303);
            }
            // It is bought: they are led on, or told that it is theirs.
            Ok(_) | Err(Error::Public(_)) => {}
            Err(error) => return Err(error),
        }
        settle_open(services, &self.organization, &"monitor".into()).await?;
        if self.notices.is_empty() {
            self.notices = told(self.double, &self.organization).await;
        }
        for body in &self.notices {
            take(services, body.as_bytes(), &signature(body, services.clock.now())).await?;
        }
        while jobs::work_once(services, "worker").await? {}
        Ok(())
    }
}

/// Notices of an organization's purchase, in the worst order: what follows from another comes first.
async fn told(double: &Double, organization: &OrganizationId) -> Vec<String> {
    let events = double.get("v1/events?limit=100").await;
    let events = events["data"].as_array().unwrap();
    let of = |it: &&Value| it["data"]["object"]["metadata"]["organization"] == organization.as_str();
    let customer = events.iter().filter(of).map(|it| &it["data"]["object"]["customer"]).find(|it| it.is_string());
    let customer = customer.expect("there is a subscription");
    let ours =
        |it: &&Value| it["data"]["object"]["customer"] == *customer && TOLD.iter().any(|kind| it["type"] == *kind);
    let told = |it: &Value| {
        let object = json!({ "id": it["data"]["object"]["id"] });
        json!({ "id": it["id"], "type": it["type"], "created": it["created"], "data": { "object": object } })
            .to_string()
    };
    events.iter().filter(ours).map(told).collect()
}

async fn wherever_it_breaks_it_is_bought_and_paid_once(app: &App) {
    let fuse = Arc::new(Fuse::default());
    let options = Options { fuse: Some(Arc::clone(&fuse)), ..Options::default() };
    let (double, node) = Double::with_node_like(app, options).await;
    sell(&node, "paid", &[TEAM]).await;
    let listing = node.services.catalogue.listing(&"monitor".into()).await.unwrap().unwrap();
    let mut bought = Vec::new();
    // Before a step is after the one before it, and after what the processor did in between.
    for step in 0.. {
        let organization = OrganizationId(format!("org_broken_{step}"));
        let actor = node.buyer(&organization).await;
        let mut purchase =
            Purchase { double: &double, node: &node, actor, organization: organization.clone(), notices: Vec::new() };
        fuse.set(2 * step);
        let outcome = purchase.goes_on().await;
        let broke = fuse.out();
        assert_eq!(outcome.is_err(), broke, "{step}: {outcome:?}");
        if broke {
            double.control("advance", &json!({ "seconds": LATER_S })).await;
            node.clock.advance(LATER_S * 1000);
            purchase.goes_on().await.unwrap();
        }
        let access = access(&node.services, &organization, &listing).await.unwrap();
        assert!(access.entitlement.works(), "{step}: {access:?}");
        bought.push(organization);
        if !broke {
            break;
        }
    }
    assert!(bought.len() > 40, "there are many steps to break at, not {}", bought.len());
    for found in ["v1/customers", "v1/subscriptions", "v1/charges", "v1/invoices"] {
        let all = all_of(&double, found).await;
        assert_eq!(all.len(), bought.len(), "{found}: one for each organization");
        let customers: BTreeSet<&str> =
            all.iter().map(|it| it["customer"].as_str().or_else(|| it["id"].as_str()).unwrap()).collect();
        assert_eq!(customers.len(), bought.len(), "{found}: one of each customer");
    }
    // What was told and followed up is posted already; nothing comes twice when it is asked for again.
    let told = postings(&node).await;
    assert_eq!(told, bought.len() * 3, "the line, its payment and the fee of each");
    reconcile(&node.services).await.unwrap();
    while jobs::work_once(&node.services, "worker").await.unwrap() {}
    assert_eq!(postings(&node).await, told);
    let proof = prove(&node.services).await.unwrap();
    assert_eq!((proof.faults, proof.lines), (Vec::new(), bought.len()));
}

async fn postings(node: &App) -> usize {
    let mut number = 0;
    let mut last = 0;
    loop {
        let some = node.services.ledger.posted_after(last, 500).await.unwrap();
        let Some(it) = some.last() else { return number };
        last = it.sequence;
        number += some.len();
    }
}

async fn all_of(double: &Double, path: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let after = all.last().map_or_else(String::new, |it| format!("&starting_after={}", it["id"].as_str().unwrap()));
        let page = double.get(&format!("{path}?limit=100{after}")).await;
        all.extend(page["data"].as_array().unwrap().iter().cloned());
        if page["has_more"] != true {
            return all;
        }
    }
}

//! What organizations, their banks and we do.

use super::{COUNTRIES, Fate, LISTINGS, World};
use contract::billing::Interval;
use domain::billing::share::{Kind, Scope};
use domain::billing::split::BasisPoints;
use domain::billing::{self, Deed, NewTerms, Wish};
use domain::ports::KeptSubscription;
use domain::{Actor, Error, Result};
use serde_json::{Value, json};

const PLANS: [&str; 4] = ["team", "seats", "tried", "usage"];
const VISA: &str = "4242 4242 4242 4242";
/// Is declined at once; is declined when it is charged.
const BAD: [&str; 2] = ["4000 0000 0000 0002", "4000 0000 0000 0341"];

/// What people are told is an answer; anything else is a mistake of ours.
fn answered<T>(what: &str, result: Result<T>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(Error::Public(_)) => None,
        Err(error) => panic!("{what}: {error}"),
    }
}

impl World {
    async fn subscriptions(&self, at: usize) -> Vec<KeptSubscription> {
        self.node.services.billing.subscriptions_of(&self.fates[at].organization).await.unwrap()
    }

    /// One step of one organization.
    pub async fn step(&mut self, at: usize) {
        self.same_time().await;
        let theirs = self.subscriptions(at).await;
        let live: Vec<KeptSubscription> = theirs.iter().filter(|it| it.state.status.is_live()).cloned().collect();
        let roll = self.dice.below(100);
        if live.is_empty() || roll < 15 {
            return self.buys(at).await;
        }
        let it = self.dice.pick(&live).clone();
        match roll {
            15..42 => self.changes(at, &it).await,
            42..50 => self.decides(at, &it, Deed::Cancel).await,
            50..54 => self.decides(at, &it, Deed::Keep).await,
            54..58 => self.decides(at, &it, Deed::Pause).await,
            58..63 => self.decides(at, &it, Deed::Resume).await,
            63..73 => self.refunds(at, &it).await,
            73..78 => self.disputes(at, &it).await,
            78..83 => self.decided(at).await,
            83..89 => self.uses_card(at, &it, "pm_card_chargeCustomerFail").await,
            89..94 => self.pays_at_last(at, &it).await,
            _ => self.uses(at, &it).await,
        }
    }

    fn interval(&mut self) -> Interval {
        if self.dice.chance(75) { Interval::Monthly } else { Interval::Annual }
    }

    async fn buys(&mut self, at: usize) {
        let wish = Wish {
            listing: (*self.dice.pick(&LISTINGS)).into(),
            plan: (*self.dice.pick(&PLANS)).to_owned(),
            interval: self.interval(),
            seats: u64::try_from(self.dice.between(1, 12)).unwrap(),
            offer: None,
        };
        let actor = self.fates[at].actor.clone();
        let ordered = answered("buy", billing::buy(&self.node.services, &actor, &wish).await);
        self.log(at, format!("orders {} {} {:?}: {ordered:?}", wish.listing, wish.plan, wish.interval));
        let Some(page) = ordered.filter(|url| url.starts_with("http")) else { return };
        if self.dice.chance(12) {
            return;
        }
        let card = if self.dice.chance(88) { VISA } else { *self.dice.pick(&BAD) };
        let paid = self.double.pays_from(&page, card, self.fates[at].country).await;
        self.log(at, format!("pays with {card}: {paid}"));
        if self.dice.chance(50) {
            let organization = &self.fates[at].organization;
            billing::settle_open(&self.node.services, organization, &wish.listing).await.unwrap();
        }
    }

    async fn changes(&mut self, at: usize, it: &KeptSubscription) {
        let terms = NewTerms {
            plan: (*self.dice.pick(&PLANS)).to_owned(),
            interval: self.interval(),
            seats: u64::try_from(self.dice.between(1, 20)).unwrap(),
        };
        let (actor, id) = (self.fates[at].actor.clone(), it.state.id.as_str());
        let services = self.node.services.clone();
        let page = answered("change_page", billing::change_page(&services, &actor, id, Some(&terms)).await);
        let Some(shown) = page.and_then(|page| page.preview) else { return };
        let times = if self.dice.chance(20) { 2 } else { 1 };
        for _ in 0..times {
            let before = self.newest_invoice(id).await;
            let made = billing::change(&services, &actor, id, &terms, shown.at, shown.total.minor).await;
            let made = answered("change", made);
            self.log(at, format!("changes {id} to {terms:?} for {}: {made:?}", shown.total));
            let after = self.newest_invoice(id).await;
            if after["id"] != before["id"] {
                assert_eq!(after["total"], shown.total.minor, "what was shown is what it costs: {after}");
            }
        }
    }

    async fn newest_invoice(&self, id: &str) -> Value {
        let now = self.double.get(&format!("v1/subscriptions/{id}")).await;
        self.double.get(&format!("v1/invoices/{}", now["latest_invoice"].as_str().unwrap())).await
    }

    async fn decides(&mut self, at: usize, it: &KeptSubscription, deed: Deed) {
        let id = it.state.id.as_str();
        let made = answered("decide", billing::decide(&self.node.services, &self.fates[at].actor, id, deed).await);
        self.log(at, format!("{deed:?} {id}: {made:?}"));
    }

    /// Payments of theirs that nobody disputes.
    async fn charges(&self, it: &KeptSubscription) -> Vec<Value> {
        let found = self.double.get(&format!("v1/charges?limit=100&customer={}", it.state.customer)).await;
        let good = |it: &&Value| it["paid"] == true && it["disputed"] == false && it["refunded"] == false;
        found["data"].as_array().unwrap().iter().filter(good).cloned().collect()
    }

    async fn refunds(&mut self, at: usize, it: &KeptSubscription) {
        let charges = self.charges(it).await;
        if charges.is_empty() {
            return;
        }
        let charge = self.dice.pick(&charges);
        let left = charge["amount"].as_i64().unwrap() - charge["amount_refunded"].as_i64().unwrap();
        let amount = if self.dice.chance(40) { left } else { self.dice.between(1, left) };
        let id = charge["id"].as_str().unwrap();
        self.double.post("v1/refunds", &[("charge", id), ("amount", &amount.to_string())]).await;
        self.log(at, format!("gets {amount} of {id} back"));
    }

    async fn disputes(&mut self, at: usize, it: &KeptSubscription) {
        let mut charges = self.charges(it).await;
        charges.retain(|it| it["amount_refunded"] == 0);
        if charges.is_empty() {
            return;
        }
        let id = self.dice.pick(&charges)["id"].as_str().unwrap().to_owned();
        let made = self.double.control("disputes", &json!({ "charge": id, "reason": "fraudulent" })).await;
        self.fates[at].disputes.push(made["id"].as_str().unwrap().to_owned());
        self.log(at, format!("disputes {id}"));
    }

    async fn decided(&mut self, at: usize) {
        let Some(dispute) = self.fates[at].disputes.pop() else { return };
        let won = self.dice.chance(50);
        self.double.control(&format!("disputes/{dispute}/decide"), &json!({ "won": won })).await;
        self.log(at, format!("{dispute} is decided, won: {won}"));
    }

    async fn uses_card(&mut self, at: usize, it: &KeptSubscription, card: &str) {
        let customer = it.state.customer.as_str();
        let made = self.double.post(&format!("v1/payment_methods/{card}/attach"), &[("customer", customer)]).await;
        let form = [("default_payment_method", made["id"].as_str().unwrap())];
        let (status, _) = self.double.tries(&format!("v1/subscriptions/{}", it.state.id), &form).await;
        self.log(at, format!("pays {} with {card}: {status}", it.state.id));
    }

    async fn pays_at_last(&mut self, at: usize, it: &KeptSubscription) {
        self.uses_card(at, it, "pm_card_visa").await;
        if self.dice.chance(50) {
            return;
        }
        let open = self.double.get(&format!("v1/invoices?limit=100&status=open&customer={}", it.state.customer)).await;
        for invoice in open["data"].as_array().unwrap() {
            let id = invoice["id"].as_str().unwrap();
            let (status, _) = self.double.tries(&format!("v1/invoices/{id}/pay"), &[]).await;
            self.log(at, format!("pays {id}: {status}"));
        }
    }

    async fn uses(&mut self, at: usize, it: &KeptSubscription) {
        let services = self.node.services.clone();
        let Some(running) = billing::metered_plan(&services, it.clone()).await.unwrap() else { return };
        let used = self.dice.between(1, 40_000);
        services.metering.count(&running.place(services.clock.now()), used).await.unwrap();
        self.log(at, format!("uses {used} of {}", it.state.id));
    }

    /// What concerns all of them: prices and shares change.
    pub async fn terms_change(&mut self) {
        // A rule that ends a moment ago would end before what was just sold by it.
        self.same_time().await;
        if self.dice.chance(12) {
            let listing = self.dice.below(LISTINGS.len());
            let level = self.dice.between(0, 4);
            self.sells(listing, level).await;
            self.log(0, format!("{} costs level {level}", LISTINGS[listing]));
        }
        if self.dice.chance(20) {
            let listing = (*self.dice.pick(&LISTINGS)).into();
            let scope = if self.dice.chance(70) {
                Scope::Listing(listing, Kind::PaidListing)
            } else {
                Scope::Partner("prometheus".into(), Kind::PaidListing)
            };
            let share = u16::try_from(self.dice.between(0, 10_000)).unwrap();
            billing::agree(&self.node.services, &Actor::System, scope, BasisPoints::new(share), None).await.unwrap();
            self.log(0, format!("the share is {share}"));
        }
        if self.dice.chance(8) {
            let rules = self.node.services.share_rules.share_rules().await.unwrap();
            let open: Vec<_> = rules.into_iter().filter(|it| it.until.is_none()).collect();
            if !open.is_empty() {
                let id = self.dice.pick(&open).id.clone();
                billing::end(&self.node.services, &Actor::System, &id, None).await.unwrap();
                self.log(0, format!("{id} ends"));
            }
        }
    }
}

impl Fate {
    /// Where they are, which decides about tax.
    pub const fn country_of(number: usize) -> &'static str {
        COUNTRIES[number % COUNTRIES.len()]
    }
}

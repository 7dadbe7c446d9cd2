//! What has to be true in the end, whatever happened: compared is what Stripe has with what we made of it.

use super::{CURRENCIES, LISTINGS, World};
use contract::Timestamp;
use contract::money::Currency;
use domain::billing::entitlement::{Entitlement, GRACE_DAYS, Reason};
use domain::billing::ledger::{Account, Balances, Entry, Posting};
use domain::billing::share::{Kind, Sold, applied};
use domain::billing::{access, entitlement_of, prove};
use domain::ports::Clock;
use serde_json::Value;
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;
/// A failed payment is noticed within this time, even when nobody tells it.
const NOTICED_MS: i64 = 3 * DAY_MS + 3_600_000;

fn text(it: &Value) -> &str {
    it.as_str().unwrap_or_default()
}

impl World {
    /// Everything of a kind that the double has.
    async fn all(&self, path: &str) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        loop {
            let after = all.last().map_or_else(String::new, |it| format!("&starting_after={}", text(&it["id"])));
            let page = self.double.get(&format!("{path}&limit=100{after}")).await;
            all.extend(page["data"].as_array().unwrap().iter().cloned());
            if page["has_more"] != true {
                return all;
            }
        }
    }

    /// Checks everything.
    pub async fn is_right(&mut self) {
        // What was lost last is asked for, and what failed is tried again.
        self.deliver().await;
        self.recover().await;
        self.pass(2).await;
        self.recover().await;
        self.report().await;
        let services = self.node.services.clone();
        let waiting = services.billing.waiting_notices(Timestamp(i64::MAX), 10).await.unwrap();
        assert_eq!(waiting, [], "every notice is followed up");
        assert_eq!(prove(&services).await.unwrap().faults, []);
        let mut postings = Vec::<Posting>::new();
        let mut last = 0;
        loop {
            let some = services.ledger.posted_after(last, 500).await.unwrap();
            let Some(it) = some.last() else { break };
            last = it.sequence;
            postings.extend(some.into_iter().map(|it| it.posting));
        }
        let invoices = self.all("v1/invoices?status=paid").await;
        lines_are_posted(&invoices, &postings);
        self.shares_are_right(&postings).await;
        self.balances_are_right(&invoices, &postings).await;
        self.entitlements_are_right().await;
    }

    /// Each line was divided by the rule that was in force when it was paid.
    async fn shares_are_right(&self, postings: &[Posting]) {
        let rules = self.node.services.share_rules.share_rules().await.unwrap();
        for it in postings.iter().filter(|it| it.kind() == "sale") {
            let listing = it.reason.listing.clone().unwrap();
            let kind = Kind::PaidListing;
            let sold = Sold { partner: "prometheus".into(), listing, kind, feature: None, contract: None };
            let rule = applied(&rules, &sold, it.at);
            assert_eq!((&it.reason.rule, it.reason.share), (&rule.rule, rule.partner.get()), "{}", it.key);
        }
    }

    async fn balances_are_right(&self, invoices: &[Value], postings: &[Posting]) {
        let balances = Balances::of(postings);
        assert_eq!(balances.sums().into_iter().find(|(_, sum)| *sum != 0), None, "the ledger sums to zero");
        let stripe = self.double.get("v1/balance").await;
        let of = |it: &Value, currency: Currency| text(&it["currency"]).eq_ignore_ascii_case(currency.code());
        for currency in CURRENCIES {
            let held = ["available", "pending"].into_iter().flat_map(|it| stripe[it].as_array().unwrap());
            let held: i64 = held.filter(|it| of(it, currency)).map(|it| it["amount"].as_i64().unwrap()).sum();
            assert_eq!(balances.get(&Account::Processor, currency), held.into(), "the {currency} Stripe holds for us");
        }
        let subscriptions = self.all("v1/subscriptions?status=all").await;
        let all = self.fates.iter().flat_map(|fate| CURRENCIES.map(|currency| (&fate.organization, currency)));
        for (organization, currency) in all {
            let ours = |it: &&Value| it["metadata"]["organization"] == organization.as_str() && of(it, currency);
            // An organization is one customer for each currency.
            let Some(first) = subscriptions.iter().find(ours) else { continue };
            // What was neither paid nor is owed waits as credit.
            let theirs = |it: &&Value| it["customer"] == first["customer"];
            let rest = |it: &Value| it["total"].as_i64().unwrap() - it["amount_paid"].as_i64().unwrap();
            let rest: i64 = invoices.iter().filter(theirs).map(rest).sum();
            let account = Account::Customer(organization.clone());
            assert_eq!(balances.get(&account, currency), rest.into(), "the {currency} of {organization}");
        }
    }

    async fn entitlements_are_right(&self) {
        let services = &self.node.services;
        let now = self.node.clock.now();
        let mut works = BTreeMap::<(String, String), (bool, bool)>::new();
        for it in self.all("v1/subscriptions?status=all").await {
            let id = text(&it["id"]);
            let kept = services.billing.kept_subscription(id).await.unwrap();
            let kept = kept.unwrap_or_else(|| panic!("{id} was bought and is not known here"));
            let item = &it["items"]["data"][0];
            assert_eq!(kept.bought.plan, text(&it["metadata"]["plan"]), "the plan of {id}");
            assert_eq!(kept.state.seats, item["quantity"].as_u64().unwrap_or(1), "the seats of {id}");
            assert_eq!(kept.state.price, text(&item["price"]["id"]), "the price of {id}");
            let ends = Timestamp(item["current_period_end"].as_i64().unwrap() * 1000);
            assert_eq!(kept.state.period_end, ends, "the period of {id}");
            let expected = self.implied(&it, ends, kept.past_due_since, now);
            assert_eq!(entitlement_of(&kept, now), expected, "{id} at {now:?}: {it}");
            let key = (text(&it["metadata"]["organization"]).to_owned(), text(&it["metadata"]["listing"]).to_owned());
            let so_far = works.entry(key).or_default();
            so_far.0 |= expected.works();
            so_far.1 |= matches!(expected, Entitlement::Stopped(Reason::NotPaid | Reason::Paused));
        }
        for fate in &self.fates {
            for name in LISTINGS {
                let listing = services.catalogue.listing(&name.into()).await.unwrap().unwrap();
                let it = access(services, &fate.organization, &listing).await.unwrap();
                let (paid, missing) =
                    works.get(&(fate.organization.to_string(), name.to_owned())).copied().unwrap_or_default();
                // There is a free plan, for whoever owes nothing.
                assert_eq!(it.entitlement.works(), paid || !missing, "{name} of {}: {it:?}", fate.organization);
            }
        }
    }

    /// What a subscription entitles to, from Stripe's own words.
    fn implied(&self, it: &Value, ends: Timestamp, noticed: Option<Timestamp>, now: Timestamp) -> Entitlement {
        let running = matches!(text(&it["status"]), "active" | "trialing");
        match text(&it["status"]) {
            _ if running && it["pause_collection"].is_object() => Entitlement::Stopped(Reason::Paused),
            _ if running && it["cancel_at_period_end"] == true => Entitlement::Ending(ends),
            _ if running => Entitlement::Full,
            "past_due" => {
                let failed = self.post.failed[text(&it["id"])] * 1000;
                let noticed = noticed.expect("it is known that a payment is missing").0;
                assert!((0..=NOTICED_MS).contains(&(noticed - failed)), "failed at {failed}, noticed at {noticed}");
                let until = Timestamp(noticed + GRACE_DAYS * DAY_MS);
                if now < until { Entitlement::Grace(until) } else { Entitlement::Stopped(Reason::NotPaid) }
            }
            "unpaid" => Entitlement::Stopped(Reason::NotPaid),
            "canceled" => Entitlement::Stopped(Reason::Ended),
            "incomplete" | "incomplete_expired" => Entitlement::Stopped(Reason::NotSubscribed),
            other => panic!("what is {other}?"),
        }
    }
}

/// Each line of each paid invoice is posted exactly once and with its amount, and nothing else is.
fn lines_are_posted(invoices: &[Value], postings: &[Posting]) {
    let mut lines = BTreeMap::<&str, i64>::new();
    for line in invoices.iter().flat_map(|it| it["lines"]["data"].as_array().unwrap()) {
        let taxes = line["taxes"].as_array().unwrap().iter().map(|it| it["amount"].as_i64().unwrap());
        lines.insert(text(&line["id"]), line["amount"].as_i64().unwrap() + taxes.sum::<i64>());
    }
    assert!(invoices.iter().all(|it| it["lines"]["has_more"] == false));
    for it in postings.iter().filter(|it| it.kind() == "sale") {
        let customer = |it: &&Entry| matches!(it.account, Account::Customer(_));
        let owed: i64 = it.entries().iter().filter(customer).map(|it| it.money.minor).sum();
        assert_eq!(lines.remove(it.reason.line.as_str()), Some(owed), "{} once, and as it is at Stripe", it.key);
    }
    assert!(lines.is_empty(), "not posted: {lines:?}");
}

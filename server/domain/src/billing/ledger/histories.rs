//! Whole histories: whatever happens in whatever order, the books balance, nobody keeps a part of what went back, and what is
//! told twice counts once.

use super::rules::{self, Line, Returned};
use super::{Account, Balances, Fault, Posting, verify};
use crate::billing::share::Applied;
use crate::billing::split::BasisPoints;
use contract::money::{Currency, Money};
use contract::{OrganizationId, PartnerId, Timestamp};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of one invoice line.
#[derive(Clone, Debug)]
enum Fate {
    Paid,
    /// Refunded in steps of these thousandths of it.
    Refunded(Vec<u16>),
    DisputeWon,
    DisputeLost,
}

#[derive(Clone, Debug)]
struct Sale {
    partner: u8,
    currency: Currency,
    net: i64,
    tax: i64,
    share: u16,
    fate: Fate,
    /// Whether the processor tells all of it twice.
    twice: bool,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        Just(Fate::Paid),
        prop::collection::vec(1..700_u16, 1..5).prop_map(Fate::Refunded),
        Just(Fate::DisputeWon),
        Just(Fate::DisputeLost),
    ]
}

fn sale() -> impl Strategy<Value = Sale> {
    let currency = prop_oneof![Just(Currency::USD), Just(Currency::JPY), Just(Currency::KWD)];
    (0..3_u8, currency, 1..1_000_000_i64, 0..200_000_i64, 0..=10_000_u16, fate(), any::<bool>()).prop_map(
        |(partner, currency, net, tax, share, fate, twice)| Sale { partner, currency, net, tax, share, fate, twice },
    )
}

/// Books that post each key once, as the database does.
#[derive(Default)]
struct Books {
    keys: BTreeSet<String>,
    postings: Vec<Posting>,
}

impl Books {
    fn post(&mut self, posting: Posting) {
        if self.keys.insert(posting.key.clone()) {
            self.postings.push(posting);
        }
    }
}

fn customer() -> OrganizationId {
    "org".into()
}

fn partner(sale: &Sale) -> PartnerId {
    format!("partner-{}", sale.partner).into()
}

fn line(number: usize, sale: &Sale) -> Line {
    Line {
        id: format!("il_{number}"),
        invoice: format!("in_{number}"),
        organization: customer(),
        partner: partner(sale),
        listing: "monitor".into(),
        plan: "team".to_owned(),
        net: Money::new(sale.net, sale.currency),
        tax: Money::new(sale.tax, sale.currency),
    }
}

/// Posts one line and its fate; gives what of it, without tax and with, stays with us.
fn post(books: &mut Books, number: usize, sale: &Sale) -> (i64, i64) {
    let line = line(number, sale);
    let rule = Applied { rule: "r".to_owned(), partner: BasisPoints::new(sale.share) };
    let money = |minor| Money::new(minor, sale.currency);
    let all = money(sale.net + sale.tax);
    let at = Timestamp(i64::try_from(number).unwrap());
    books.post(rules::sale(&line, &rule, at));
    books.post(rules::payment(&format!("py_{number}"), &line.invoice, &customer(), all, at));
    match &sale.fate {
        Fate::Paid => (sale.net, sale.tax),
        Fate::Refunded(steps) => {
            let (mut net, mut tax) = (0, 0);
            for (step, share) in steps.iter().enumerate() {
                let part = |whole: i64, gone: i64| (whole * i64::from(*share) / 1000).min(whole - gone);
                let (now, now_tax) = (part(sale.net, net), part(sale.tax, tax));
                let returned = Returned { before: money(net), net: money(now), tax: money(now_tax) };
                books.post(rules::credit(&format!("re_{number}_{step}"), &line, &rule, returned, at));
                let refund = format!("re_{number}_{step}");
                books.post(rules::refund(&refund, &line.invoice, &customer(), money(now + now_tax), at));
                net += now;
                tax += now_tax;
            }
            (sale.net - net, sale.tax - tax)
        }
        Fate::DisputeWon => {
            let dispute = format!("dp_{number}");
            books.post(rules::dispute_opened(&dispute, &line.invoice, all, at));
            books.post(rules::dispute_won(&dispute, &line.invoice, all, at));
            (sale.net, sale.tax)
        }
        Fate::DisputeLost => {
            let dispute = format!("dp_{number}");
            books.post(rules::dispute_opened(&dispute, &line.invoice, all, at));
            books.post(rules::dispute_lost(&dispute, &line.invoice, &customer(), all, at));
            let returned = Returned { before: money(0), net: line.net, tax: line.tax };
            books.post(rules::credit(&dispute, &line, &rule, returned, at));
            (0, 0)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn books_balance_and_nobody_keeps_what_went_back(sales in prop::collection::vec(sale(), 1..12)) {
        let mut books = Books::default();
        let mut kept = BTreeMap::<Currency, (i128, i128)>::new();
        for (number, sale) in sales.iter().enumerate() {
            let (net, tax) = post(&mut books, number, sale);
            if sale.twice {
                post(&mut books, number, sale);
            }
            let sum = kept.entry(sale.currency).or_default();
            *sum = (sum.0 + i128::from(net), sum.1 + i128::from(tax));
        }
        // Everything that is owed to partners is sent and arrives.
        let mut sent = BTreeMap::new();
        let balances = Balances::of(&books.postings);
        for sale in &sales {
            let (partner, currency) = (partner(sale), sale.currency);
            let amount = balances.transferable_to(&partner, currency).unwrap();
            let id = format!("{partner}_{currency}");
            books.post(rules::transfer(&id, &partner, amount, Timestamp(99)));
            books.post(rules::payout(&id, &partner, amount, Timestamp(99)));
            sent.insert((partner.to_string(), currency), i128::from(amount.minor));
        }
        let lines = (0..sales.len()).map(|number| format!("il_{number}")).collect();
        prop_assert_eq!(verify(&books.postings, &lines, &sent), Vec::<Fault>::new());

        let balances = Balances::of(&books.postings);
        for (currency, (net, tax)) in kept {
            prop_assert_eq!(balances.get(&Account::Customer(customer()), currency), 0);
            prop_assert_eq!(balances.get(&Account::Disputed, currency), 0);
            prop_assert_eq!(-balances.get(&Account::Tax, currency), tax);
            let paid_out: i128 = sent.iter().filter(|((_, it), _)| *it == currency).map(|(_, amount)| amount).sum();
            prop_assert_eq!(paid_out - balances.get(&Account::PlatformRevenue, currency), net);
            prop_assert_eq!(balances.get(&Account::Processor, currency), net + tax - paid_out);
        }
        for sale in &sales {
            prop_assert_eq!(balances.owed_to(&partner(sale), sale.currency).unwrap().minor, 0);
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    let sale =
        Sale { partner: 0, currency: Currency::USD, net: 1_000, tax: 0, share: 7_000, fate: Fate::Paid, twice: false };
    let mut books = Books::default();
    post(&mut books, 1, &sale);
    let again = books.postings[0].clone();
    books.postings.push(again);
    books.postings.push(rules::transfer("t", &partner(&sale), Money::new(700, Currency::USD), Timestamp(0)));
    let lines = BTreeSet::from(["il_2".to_owned()]);
    let faults = verify(&books.postings, &lines, &BTreeMap::new());
    let named = faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        named,
        [
            "sale:il_1 was posted more than once",
            "invoice line il_2 was not posted",
            "il_1 was posted, but is on no invoice",
            "transfers to partner-0 in USD: 700 in the books, 0 at the processor",
        ]
    );
}

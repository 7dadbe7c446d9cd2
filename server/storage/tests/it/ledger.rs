//! The books: each event once, whole or not at all, and never changed.

use crate::databases::Scratch;
use contract::money::{Currency, Money};
use contract::{PartnerId, Timestamp};
use domain::billing::ledger::rules::{self, Line};
use domain::billing::ledger::{Account, Posting, Reason};
use domain::billing::share::Applied;
use domain::billing::split::BasisPoints;
use domain::ports::Ledger;
use futures::future::join_all;
use sea_orm::ConnectionTrait;

on_both!(
    what_is_posted_is_read_as_it_was,
    an_event_is_posted_once,
    many_writers_post_once,
    a_partner_sees_what_concerns_them,
    nothing_is_changed_or_deleted,
);

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn sale(number: u32, partner: &str) -> Posting {
    let line = Line {
        id: format!("il_{number}"),
        invoice: format!("in_{number}"),
        organization: "org_1".into(),
        partner: partner.into(),
        listing: "monitor".into(),
        plan: "team".to_owned(),
        net: usd(4_900),
        tax: usd(931),
    };
    let rule = Applied { rule: "default:paid_listing".to_owned(), partner: BasisPoints::percent(70) };
    rules::sale(&line, &rule, Timestamp(1_000 + i64::from(number)))
}

async fn what_is_posted_is_read_as_it_was(at: &Scratch) {
    let database = at.open().await;
    let free = Posting::new("sale:il_free".to_owned(), Timestamp(9), Reason::default());
    let postings = [sale(1, "acme"), rules::fee("txn_1", usd(172), Timestamp(5)), free];
    assert_eq!(database.post(&postings).await.unwrap(), 3);
    let read = database.posted_after(0, 10).await.unwrap();
    assert_eq!(read.iter().map(|it| it.posting.clone()).collect::<Vec<_>>(), postings);
    assert_eq!(database.posted_after(read[0].sequence, 1).await.unwrap(), [read[1].clone()]);
    let balances = database.balances().await.unwrap();
    assert_eq!(balances.owed_to(&"acme".into(), Currency::USD), Some(usd(3_430)));
    assert_eq!(balances.get(&Account::Customer("org_1".into()), Currency::USD), 5_831);
    assert!(balances.sums().values().all(|sum| *sum == 0));
}

async fn an_event_is_posted_once(at: &Scratch) {
    let database = at.open().await;
    assert_eq!(database.post(&[sale(1, "acme")]).await.unwrap(), 1);
    assert_eq!(database.post(&[sale(1, "acme"), sale(2, "acme")]).await.unwrap(), 1, "the second is new");
    assert_eq!(database.post(&[sale(3, "acme"), sale(3, "acme")]).await.unwrap(), 1);
    let balances = database.balances().await.unwrap();
    assert_eq!(balances.owed_to(&"acme".into(), Currency::USD), Some(usd(3 * 3_430)));
}

async fn many_writers_post_once(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let writers = (0..10u8).map(|number| {
        let database = if number % 2 == 0 { left.clone() } else { right.clone() };
        tokio::spawn(async move { database.post(&[sale(1, "acme"), sale(2, "acme")]).await.unwrap() })
    });
    let new: u64 = join_all(writers).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(new, 2);
    assert_eq!(left.posted_after(0, 10).await.unwrap().len(), 2);
}

async fn a_partner_sees_what_concerns_them(at: &Scratch) {
    let database = at.open().await;
    let acme = PartnerId::from("acme");
    // An organization may be called like a partner.
    let namesake = rules::payment("py_1", "in_9", &"acme".into(), usd(100), Timestamp(1));
    let sent = rules::transfer("tr_1", &acme, usd(3_430), Timestamp(2));
    database.post(&[sale(1, "acme"), sale(2, "lumen"), namesake, sent]).await.unwrap();
    let keys = async |after| {
        let found = database.posted_for(&acme, after, 10).await.unwrap();
        found.into_iter().map(|it| (it.sequence, it.posting.key)).collect::<Vec<_>>()
    };
    let all = keys(0).await;
    assert_eq!(all.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>(), ["sale:il_1", "transfer:tr_1"]);
    assert_eq!(keys(all[0].0).await, [all[1].clone()]);
}

async fn nothing_is_changed_or_deleted(at: &Scratch) {
    let database = at.open().await;
    database.post(&[sale(1, "acme")]).await.unwrap();
    let before = database.posted_after(0, 10).await.unwrap();
    for statement in [
        "UPDATE ledger_entry SET minor = 0",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET rule = 'mine'",
        "DELETE FROM ledger_posting",
    ] {
        let refused = at.raw.execute_unprepared(statement).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
    assert_eq!(database.posted_after(0, 10).await.unwrap(), before);
}

//! Installations: whose they are, who may write, how many are counted.

use crate::builders::{NOW, installation, installed, organization};
use crate::databases::Scratch;
use contract::install::{CallReport, ConnectionState};
use contract::{CheckId, InstallationId, ListingId, OrganizationId, ProbeId};
use domain::ports::{Catalogue, Effects, Installations, NewCheck, ProbeRecord};

on_both!(
    an_installation_is_stored_as_it_is,
    finders_take_the_tenant,
    a_stale_writer_loses,
    another_tenant_writes_nothing,
    uninstalled_ones_are_found_no_more,
    organizations_are_counted_when_they_run_it,
    checks_come_newest_first,
    two_addresses_are_never_the_same,
);

async fn an_installation_is_stored_as_it_is(at: &Scratch) {
    let database = at.open().await;
    let stored = installed(&database).await;
    assert_eq!(database.find(&stored.organization, &stored.id).await.unwrap().as_ref(), Some(&stored));
    assert_eq!(database.find_by_token("hash of ins_1").await.unwrap().as_ref(), Some(&stored));
    assert_eq!(database.list(&stored.organization).await.unwrap(), [stored]);
}

async fn finders_take_the_tenant(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let stranger = organization(&database, 2).await;
    let probe = ProbeRecord { id: ProbeId::from("prb_1"), capability: "a".to_owned(), sent_at: NOW, arrived_at: None };
    database.create_probe(&mine.id, &probe).await.unwrap();
    database.record_check(&mine.id, &check(1)).await.unwrap();
    database
        .store_arrival(
            &mine,
            &crate::builders::arrival(vec![crate::builders::event("evt_1", "u")]),
            &Effects::default(),
        )
        .await
        .unwrap();
    let event = &database.events(&mine.organization, &mine.id, 10).await.unwrap()[0];
    assert_eq!(database.probes(&mine.organization, &mine.id, 10).await.unwrap().len(), 1);
    assert_eq!(database.checks(&mine.organization, &mine.id, 10).await.unwrap().len(), 1);
    assert!(database.event(&mine.organization, &event.id).await.unwrap().is_some());

    assert_eq!(database.find(&stranger, &mine.id).await.unwrap(), None);
    assert!(database.list(&stranger).await.unwrap().is_empty());
    assert!(database.of_listing(&stranger, &mine.listing).await.unwrap().is_empty());
    assert!(database.probes(&stranger, &mine.id, 10).await.unwrap().is_empty());
    assert!(database.checks(&stranger, &mine.id, 10).await.unwrap().is_empty());
    assert!(database.events(&stranger, &mine.id, 10).await.unwrap().is_empty());
    assert!(database.events_after(&stranger, &mine.id, 0, 10).await.unwrap().is_empty());
    assert_eq!(database.event(&stranger, &event.id).await.unwrap(), None);
}

async fn a_stale_writer_loses(at: &Scratch) {
    let database = at.open().await;
    let read = installed(&database).await;
    let (mut first, mut second) = (read.clone(), read.clone());
    first.version = "1.1.0".to_owned();
    second.version = "2.0.0".to_owned();
    assert!(database.update(&first, &Effects::default(), NOW).await.unwrap());
    assert!(!database.update(&second, &Effects::default(), NOW).await.unwrap());
    let stored = database.find(&read.organization, &read.id).await.unwrap().unwrap();
    assert_eq!((stored.version.as_str(), stored.revision), ("1.1.0", 1));
    second.revision = stored.revision;
    assert!(database.update(&second, &Effects::default(), NOW).await.unwrap(), "having read again, it wins");
}

async fn another_tenant_writes_nothing(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let mut forged = mine.clone();
    forged.organization = organization(&database, 2).await;
    forged.sealed = Vec::new();
    assert!(!database.update(&forged, &Effects::default(), NOW).await.unwrap());
    assert_eq!(database.find(&mine.organization, &mine.id).await.unwrap(), Some(mine));
}

async fn uninstalled_ones_are_found_no_more(at: &Scratch) {
    let database = at.open().await;
    let mut mine = installed(&database).await;
    mine.state = ConnectionState::Uninstalled;
    mine.sealed = Vec::new();
    assert!(database.update(&mine, &Effects::default(), NOW).await.unwrap());
    assert_eq!(database.find_by_token(&mine.token_hash).await.unwrap(), None);
    assert!(database.list(&mine.organization).await.unwrap().is_empty());
    assert!(database.of_listing(&mine.organization, &mine.listing).await.unwrap().is_empty());
    let stored = database.find(&mine.organization, &mine.id).await.unwrap().unwrap();
    assert_eq!((stored.state, stored.sealed), (ConnectionState::Uninstalled, Vec::new()), "it stays for the record");
}

async fn organizations_are_counted_when_they_run_it(at: &Scratch) {
    let database = at.open().await;
    let mut mine = installed(&database).await;
    let theirs_owner = organization(&database, 2).await;
    let mut theirs = installation("ins_2", &theirs_owner);
    let mut mine_too = installation("ins_3", &mine.organization);
    database.create(&theirs, &Effects::default()).await.unwrap();
    database.create(&mine_too, &Effects::default()).await.unwrap();
    let thing = ListingId::from("thing");
    let counted = async || database.listing(&thing).await.unwrap().unwrap().installs;
    assert_eq!(counted().await, 0, "drafts do not count");
    let steps = [
        (&mut mine, ConnectionState::Authorised, 1, true),
        (&mut mine_too, ConnectionState::Authorised, 1, false),
        (&mut theirs, ConnectionState::Receiving, 2, true),
    ];
    for (it, state, expected, told) in steps {
        let before = database.last_change().await.unwrap();
        it.state = state;
        assert!(database.update(it, &Effects::default(), NOW).await.unwrap());
        it.revision += 1;
        assert_eq!(counted().await, expected, "{}", it.id);
        assert_eq!(database.last_change().await.unwrap() > before, told, "search is told when the number changes");
    }
    for (it, expected) in [(&mut mine, 2), (&mut theirs, 1), (&mut mine_too, 0)] {
        it.state = ConnectionState::Uninstalled;
        assert!(database.update(it, &Effects::default(), NOW).await.unwrap());
        assert_eq!(counted().await, expected, "{}", it.id);
    }
}

fn check(number: i64) -> NewCheck {
    let report = CallReport {
        ok: number % 2 == 0,
        tried: "GET https://mon.example.com".to_owned(),
        status: Some(200),
        took_ms: 7,
        message: format!("Number {number}."),
        fix: String::new(),
        answer: "{}".to_owned(),
    };
    let id = CheckId(format!("chk_{number}"));
    NewCheck { id, kind: "test".to_owned(), capability: String::new(), report, at: NOW.plus_ms(number) }
}

async fn checks_come_newest_first(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    for number in 1..=4 {
        database.record_check(&mine.id, &check(number)).await.unwrap();
    }
    let checks = database.checks(&mine.organization, &mine.id, 3).await.unwrap();
    let messages: Vec<&str> = checks.iter().map(|check| check.report.message.as_str()).collect();
    assert_eq!(messages, ["Number 4.", "Number 3.", "Number 2."]);
    assert_eq!(checks[0].report, check(4).report);
}

async fn two_addresses_are_never_the_same(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let mut second = installation("ins_2", &OrganizationId::from("org_1"));
    second.token_hash.clone_from(&mine.token_hash);
    assert!(database.create(&second, &Effects::default()).await.is_err());
    second.token_hash = "another".to_owned();
    second.id = InstallationId::from("ins_1");
    assert!(database.create(&second, &Effects::default()).await.is_err());
    assert_eq!(database.list(&mine.organization).await.unwrap().len(), 1);
}

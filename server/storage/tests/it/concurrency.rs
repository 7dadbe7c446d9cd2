//! Many writers at once: none fails, nothing is lost.

use crate::builders::{NOW, arrival, catalogue, event, identity, installed, new_person, organization, release};
use crate::databases::Scratch;
use contract::{ListingId, UserId};
use domain::ports::{Catalogue, Identities, Installations, Queue, Stored};
use futures::future::join_all;
use serde_json::Value;

on_both!(
    writers_of_different_things_do_not_disturb_each_other,
    the_same_event_at_once_is_one_event,
    the_same_person_at_once_is_one_person,
    organizations_that_ask_at_once_are_all_counted,
    writers_with_the_same_revision_have_one_winner,
    the_same_release_at_once_is_published_once,
);

async fn writers_of_different_things_do_not_disturb_each_other(at: &Scratch) {
    const ROUNDS: u32 = 25;
    let (left, right) = (at.open().await, at.open().await);
    let mine = installed(&left).await;
    let writers = (0..ROUNDS).map(|number| {
        let (left, right, mine) = (left.clone(), right.clone(), mine.clone());
        tokio::spawn(async move {
            let id = format!("evt_{number}");
            let arriving = arrival(vec![event(&id, &id)]);
            let listing = release(&format!("listing-{number}"), "1.0.0");
            let (who, person, key) = (identity(&id), new_person(number + 10), number.to_string());
            tokio::join!(
                async { left.store_arrival(&mine, &arriving).await.unwrap() },
                async { right.publish(&listing, NOW).await.unwrap() },
                async { left.person(&who, &person, NOW).await.unwrap() },
                async { right.enqueue("kind", &key, &Value::Null, NOW).await.unwrap() },
                async { left.record_rejection(&mine.id, "verification", NOW).await.unwrap() },
            );
        })
    });
    for outcome in join_all(writers).await {
        outcome.unwrap();
    }
    let rounds = i64::from(ROUNDS);
    for (table, expected) in
        [("event", rounds), ("raw_payload", rounds), ("listing", rounds + 1), ("job", rounds), ("rejection", rounds)]
    {
        assert_eq!(at.number(&format!("SELECT COUNT(*) FROM {table}")).await, expected, "{table}");
    }
    let now = left.find(&mine.organization, &mine.id).await.unwrap().unwrap();
    assert_eq!(now.events, u64::from(ROUNDS));
}

async fn the_same_event_at_once_is_one_event(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let mine = installed(&left).await;
    let writers = (0..12).map(|number| {
        let (database, mine) = (if number % 2 == 0 { left.clone() } else { right.clone() }, mine.clone());
        let arriving = arrival(vec![event(&format!("evt_{number}"), "the same")]);
        tokio::spawn(async move { database.store_arrival(&mine, &arriving).await.unwrap() })
    });
    let outcomes: Vec<Stored> = join_all(writers).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().map(|stored| stored.added).sum::<u32>(), 1);
    let events = left.events(&mine.organization, &mine.id, 10).await.unwrap();
    assert_eq!((events.len(), events[0].count), (1, 12));
    assert_eq!(left.find(&mine.organization, &mine.id).await.unwrap().unwrap().events, 1);
}

async fn the_same_person_at_once_is_one_person(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let writers = (0..8).map(|number| {
        let database = if number % 2 == 0 { left.clone() } else { right.clone() };
        tokio::spawn(async move { database.person(&identity("ada"), &new_person(number), NOW).await })
    });
    let people: Vec<_> = join_all(writers).await.into_iter().map(|found| found.unwrap().unwrap()).collect();
    assert!(people.windows(2).all(|pair| pair[0] == pair[1]), "{people:?}");
    assert_eq!(at.number("SELECT COUNT(*) FROM person").await, 1);
    assert_eq!(at.number("SELECT COUNT(*) FROM organization").await, 1);
}

async fn organizations_that_ask_at_once_are_all_counted(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    let mut owners = Vec::new();
    for number in 1..=10 {
        owners.push(organization(&database, number).await);
    }
    let askers = owners.iter().chain(&owners).map(|owner| {
        let (database, owner) = (database.clone(), owner.clone());
        let (listing, user) = (ListingId::from("thing"), UserId::from("usr_1"));
        tokio::spawn(async move { database.request(&listing, &owner, &user, NOW).await.unwrap() })
    });
    let new = join_all(askers).await.into_iter().filter(|new| *new.as_ref().unwrap()).count();
    assert_eq!(new, 10);
    assert_eq!(database.listing(&ListingId::from("thing")).await.unwrap().unwrap().requests, 10);
}

async fn writers_with_the_same_revision_have_one_winner(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let mine = installed(&left).await;
    let writers = (0..8).map(|number| {
        let database = if number % 2 == 0 { left.clone() } else { right.clone() };
        let mut it = mine.clone();
        it.version = format!("1.0.{number}");
        tokio::spawn(async move { database.update(&it, NOW).await.unwrap() })
    });
    let won: Vec<bool> = join_all(writers).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(won.iter().filter(|won| **won).count(), 1);
    let winner = won.iter().position(|won| *won).unwrap();
    let stored = left.find(&mine.organization, &mine.id).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.revision), (format!("1.0.{winner}"), 1));
}

async fn the_same_release_at_once_is_published_once(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    catalogue(&left).await;
    let before = left.last_change().await.unwrap();
    let writers = (0..6).map(|number| {
        let database = if number % 2 == 0 { left.clone() } else { right.clone() };
        tokio::spawn(async move { database.publish(&release("new", "1.0.0"), NOW).await })
    });
    for outcome in join_all(writers).await {
        outcome.unwrap().unwrap();
    }
    assert_eq!(left.changes_after(before, 10).await.unwrap().len(), 1);
}

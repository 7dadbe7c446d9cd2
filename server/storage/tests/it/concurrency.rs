//! Many writers at once: none fails, nothing is lost.

use crate::builders::{
    NOW, arrival, catalogue, event, identity, installation, installed, new_person, organization, release,
};
use crate::databases::Scratch;
use contract::install::ConnectionState;
use contract::{ListingId, UserId};
use domain::ports::{Catalogue, Effects, Identities, Installations, Queue, Stored};
use futures::future::join_all;
use serde_json::Value;

on_both!(
    writers_of_different_things_do_not_disturb_each_other,
    the_same_event_at_once_is_one_event,
    the_same_person_at_once_is_one_person,
    organizations_that_ask_at_once_are_all_counted,
    organizations_that_install_at_once_are_all_counted,
    writers_with_the_same_revision_have_one_winner,
    the_same_release_at_once_is_published_once,
    arrivals_in_opposite_order_do_not_block_each_other,
    whoever_follows_the_feed_misses_no_change,
    whoever_follows_the_events_misses_none,
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
                async { left.store_arrival(&mine, &arriving, &Effects::default()).await.unwrap() },
                async { right.publish(&listing, &Effects::default(), NOW).await.unwrap() },
                async { left.person(&who, &person, &Effects::default(), NOW).await.unwrap() },
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
        tokio::spawn(async move { database.store_arrival(&mine, &arriving, &Effects::default()).await.unwrap() })
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
        tokio::spawn(
            async move { database.person(&identity("ada"), &new_person(number), &Effects::default(), NOW).await },
        )
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
        tokio::spawn(async move { database.request(&listing, &owner, &user, &Effects::default(), NOW).await.unwrap() })
    });
    let new = join_all(askers).await.into_iter().filter(|new| *new.as_ref().unwrap()).count();
    assert_eq!(new, 10);
    assert_eq!(database.listing(&ListingId::from("thing")).await.unwrap().unwrap().requests, 10);
}

async fn organizations_that_install_at_once_are_all_counted(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    catalogue(&left).await;
    let mut drafts = Vec::new();
    for number in 1..=12 {
        let draft = installation(&format!("ins_{number}"), &organization(&left, number).await);
        left.create(&draft, &Effects::default()).await.unwrap();
        drafts.push(draft);
    }
    let writers = drafts.into_iter().enumerate().map(|(number, mut draft)| {
        let database = if number % 2 == 0 { left.clone() } else { right.clone() };
        tokio::spawn(async move {
            if number % 3 == 0 {
                let id = format!("evt_{number}");
                database.store_arrival(&draft, &arrival(vec![event(&id, &id)]), &Effects::default()).await.unwrap();
            } else {
                draft.state = ConnectionState::Authorised;
                assert!(database.update(&draft, &Effects::default(), NOW).await.unwrap());
            }
        })
    });
    for outcome in join_all(writers).await {
        outcome.unwrap();
    }
    assert_eq!(left.listing(&ListingId::from("thing")).await.unwrap().unwrap().installs, 12);
}

async fn writers_with_the_same_revision_have_one_winner(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let mine = installed(&left).await;
    let writers = (0..8).map(|number| {
        let database = if number % 2 == 0 { left.clone() } else { right.clone() };
        let mut it = mine.clone();
        it.version = format!("1.0.{number}");
        tokio::spawn(async move { database.update(&it, &Effects::default(), NOW).await.unwrap() })
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
        tokio::spawn(async move { database.publish(&release("new", "1.0.0"), &Effects::default(), NOW).await })
    });
    for outcome in join_all(writers).await {
        outcome.unwrap().unwrap();
    }
    assert_eq!(left.changes_after(before, 10).await.unwrap().len(), 1);
}

async fn arrivals_in_opposite_order_do_not_block_each_other(at: &Scratch) {
    const EVENTS: usize = 20;
    let (left, right) = (at.open().await, at.open().await);
    let mine = installed(&left).await;
    for round in 0..5 {
        let writers = (0..4).map(|number| {
            let (database, mine) = (if number % 2 == 0 { left.clone() } else { right.clone() }, mine.clone());
            let mut events: Vec<_> = (0..EVENTS)
                .map(|event| self::event(&format!("evt_{round}_{number}_{event}"), &format!("{round} {event}")))
                .collect();
            if number % 2 == 0 {
                events.reverse();
            }
            tokio::spawn(
                async move { database.store_arrival(&mine, &arrival(events), &Effects::default()).await.unwrap() },
            )
        });
        let added: u32 = join_all(writers).await.into_iter().map(|stored| stored.unwrap().added).sum();
        assert_eq!(added, u32::try_from(EVENTS).unwrap(), "round {round}");
    }
}

const WRITERS: u32 = 6;
const ROUNDS: u32 = 30;

/// Makes commits take a while, and each a different one, so that they overtake each other where they can.
const UNEVEN_COMMITS: &str = "
CREATE FUNCTION dawdle() RETURNS trigger AS 'BEGIN PERFORM pg_sleep(random() * 0.01); RETURN NULL; END' LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON change DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION dawdle();";

async fn whoever_follows_the_feed_misses_no_change(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    if left.kind() == "PostgreSQL" {
        at.change_schema(UNEVEN_COMMITS).await;
    }
    catalogue(&left).await;
    let mut position = left.last_change().await.unwrap();
    let writers = (0..WRITERS).map(|writer| {
        let database = if writer % 2 == 0 { left.clone() } else { right.clone() };
        tokio::spawn(async move {
            // Partners of their own, so that nothing but the feed is shared.
            let mut partner = crate::builders::partner();
            partner.id.0 = format!("partner-{writer}");
            database.put_partner(&partner, &Effects::default(), NOW).await.unwrap();
            for round in 0..ROUNDS {
                let mut release = release(&format!("l-{writer}-{round}"), "1.0.0");
                release.manifest.partner.clone_from(&partner.id.0);
                database.publish(&release, &Effects::default(), NOW).await.unwrap();
            }
        })
    });
    let mut writers = join_all(writers.collect::<Vec<_>>());
    let mut seen = 0;
    let mut writing = true;
    while writing {
        writing = futures::poll!(&mut writers).is_pending();
        for change in left.changes_after(position, 1000).await.unwrap() {
            position = change.sequence;
            seen += 1;
        }
    }
    assert_eq!(seen, WRITERS * ROUNDS);
}

async fn whoever_follows_the_events_misses_none(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let mine = installed(&left).await;
    let writers = (0..WRITERS).map(|writer| {
        let (database, mine) = (if writer % 2 == 0 { left.clone() } else { right.clone() }, mine.clone());
        tokio::spawn(async move {
            for round in 0..ROUNDS {
                let id = format!("evt_{writer}_{round}");
                database.store_arrival(&mine, &arrival(vec![event(&id, &id)]), &Effects::default()).await.unwrap();
            }
        })
    });
    let mut writers = join_all(writers.collect::<Vec<_>>());
    let (mut seen, mut sequence) = (0, 0);
    let mut writing = true;
    while writing {
        writing = futures::poll!(&mut writers).is_pending();
        for event in left.events_after(&mine.organization, &mine.id, sequence, 1000).await.unwrap() {
            sequence = event.sequence;
            seen += 1;
        }
    }
    assert_eq!(seen, WRITERS * ROUNDS);
}

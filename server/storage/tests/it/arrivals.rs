//! What arrives: all of it or nothing, and never twice.

use crate::builders::{NOW, answer, arrival, event, installation, installed, organization};
use crate::databases::Scratch;
use contract::ProbeId;
use contract::install::ConnectionState;
use domain::ports::{Arrival, Effects, Installation, Installations, ProbeRecord, Stored};
use storage::Database;

on_both!(
    an_arrival_is_stored_whole,
    the_same_event_is_counted,
    an_arrival_that_fails_leaves_nothing,
    a_probe_arrives_once,
    a_probe_of_another_installation_does_not_arrive,
    data_wakes_what_waited_for_it,
    a_payload_without_events_proves_nothing,
    events_are_read_in_both_directions,
    rejections_are_counted_since_then,
    old_payloads_are_purged,
);

async fn find(database: &Database, it: &Installation) -> Installation {
    database.find(&it.organization, &it.id).await.unwrap().unwrap()
}

async fn an_arrival_is_stored_whole(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let payload: Vec<u8> = (0..=255).collect();
    let whole = Arrival { raw: payload.clone(), ..arrival(vec![event("evt_1", "a"), event("evt_2", "b")]) };
    let stored = database.store_arrival(&mine, &whole, &Effects::default()).await.unwrap();
    assert_eq!(stored, Stored { added: 2, repeated: 0, probes: 0, counted: 0 });
    assert_eq!(at.bytes("SELECT payload FROM raw_payload").await, [payload]);
    let now = find(&database, &mine).await;
    assert_eq!((now.events, now.state), (2, ConnectionState::Receiving));
    assert_eq!((now.first_proof_at, now.last_event_at), (Some(whole.at), Some(whole.at)));
    assert!(now.revision > mine.revision, "whoever read before must read again");
    let mut expected = event("evt_2", "b").view;
    let newest = &database.events(&mine.organization, &mine.id, 10).await.unwrap()[0];
    expected.sequence = newest.sequence;
    assert_eq!(*newest, expected);
}

async fn the_same_event_is_counted(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    database.store_arrival(&mine, &arrival(vec![event("evt_1", "a")]), &Effects::default()).await.unwrap();
    let later = Arrival { at: NOW.plus_ms(1000), ..arrival(vec![event("evt_2", "a"), event("evt_3", "b")]) };
    assert_eq!(
        database.store_arrival(&mine, &later, &Effects::default()).await.unwrap(),
        Stored { added: 1, repeated: 1, probes: 0, counted: 0 }
    );
    let twice = arrival(vec![event("evt_4", "c"), event("evt_5", "c")]);
    assert_eq!(
        database.store_arrival(&mine, &twice, &Effects::default()).await.unwrap(),
        Stored { added: 1, repeated: 1, probes: 0, counted: 0 }
    );
    let events = database.events(&mine.organization, &mine.id, 10).await.unwrap();
    let counts: Vec<(&str, u32)> = events.iter().map(|event| (event.id.as_str(), event.count)).collect();
    assert_eq!(counts, [("evt_4", 2), ("evt_3", 1), ("evt_1", 2)]);
    let now = find(&database, &mine).await;
    assert_eq!(now.events, 3, "repeats are no new events");
    assert_eq!(now.first_proof_at, Some(NOW.plus_ms(9)), "the first proof stays the first");
}

async fn an_arrival_that_fails_leaves_nothing(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    database.store_arrival(&mine, &arrival(vec![event("evt_1", "a")]), &Effects::default()).await.unwrap();
    let before = find(&database, &mine).await;
    // The second event has an id that is taken: a defect, not a repeat.
    let broken = arrival(vec![event("evt_2", "b"), event("evt_1", "c")]);
    assert!(database.store_arrival(&mine, &broken, &Effects::default()).await.is_err());
    assert_eq!(at.number("SELECT COUNT(*) FROM raw_payload").await, 1);
    assert_eq!(at.texts("SELECT id FROM event").await, ["evt_1"]);
    assert_eq!(find(&database, &mine).await, before);
    let again = database.store_arrival(&mine, &arrival(vec![event("evt_2", "b")]), &Effects::default()).await.unwrap();
    assert_eq!(again.added, 1, "the connection is still good");
}

fn probe(id: &str) -> ProbeRecord {
    ProbeRecord { id: ProbeId::from(id), capability: "alerts".to_owned(), sent_at: NOW, arrived_at: None }
}

async fn a_probe_arrives_once(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    database.create_probe(&mine.id, &probe("prb_1")).await.unwrap();
    assert_eq!(database.probes(&mine.organization, &mine.id, 5).await.unwrap(), [probe("prb_1")]);
    let first = arrival(vec![answer("evt_1", "prb_1")]);
    assert_eq!(
        database.store_arrival(&mine, &first, &Effects::default()).await.unwrap(),
        Stored { added: 1, repeated: 0, probes: 1, counted: 0 }
    );
    let late = Arrival { at: NOW.plus_ms(90), ..arrival(vec![answer("evt_2", "prb_1")]) };
    assert_eq!(database.store_arrival(&mine, &late, &Effects::default()).await.unwrap().probes, 0);
    let probes = database.probes(&mine.organization, &mine.id, 5).await.unwrap();
    assert_eq!(probes[0].arrived_at, Some(first.at));
}

async fn a_probe_of_another_installation_does_not_arrive(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let theirs = installation("ins_2", &organization(&database, 2).await);
    database.create(&theirs, &Effects::default()).await.unwrap();
    database.create_probe(&mine.id, &probe("prb_1")).await.unwrap();
    let stored =
        database.store_arrival(&theirs, &arrival(vec![answer("evt_1", "prb_1")]), &Effects::default()).await.unwrap();
    assert_eq!(stored, Stored { added: 1, repeated: 0, probes: 0, counted: 0 });
    assert_eq!(database.probes(&mine.organization, &mine.id, 5).await.unwrap()[0].arrived_at, None);
}

async fn data_wakes_what_waited_for_it(at: &Scratch) {
    use ConnectionState::{Authorised, Degraded, Failing, Paused, Receiving, Setup, Silent, Uninstalled};
    let database = at.open().await;
    let mine = installed(&database).await;
    for (number, (state, expected)) in [
        (Setup, Receiving),
        (Authorised, Receiving),
        (Silent, Receiving),
        (Degraded, Receiving),
        (Receiving, Receiving),
        (Failing, Failing),
        (Paused, Paused),
        (Uninstalled, Uninstalled),
    ]
    .into_iter()
    .enumerate()
    {
        let mut it = find(&database, &mine).await;
        it.state = state;
        assert!(database.update(&it, &Effects::default(), NOW).await.unwrap());
        let id = format!("evt_{number}");
        database.store_arrival(&it, &arrival(vec![event(&id, &id)]), &Effects::default()).await.unwrap();
        assert_eq!(find(&database, &mine).await.state, expected, "{state:?}");
    }
}

async fn a_payload_without_events_proves_nothing(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let bad = Arrival { problem: Some("It is not JSON.".to_owned()), ..arrival(Vec::new()) };
    assert_eq!(database.store_arrival(&mine, &bad, &Effects::default()).await.unwrap(), Stored::default());
    assert_eq!(find(&database, &mine).await, mine);
    assert_eq!(at.texts("SELECT problem FROM raw_payload").await, ["It is not JSON."], "but it is kept");
}

async fn events_are_read_in_both_directions(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    let events = (1..=5).map(|n| event(&format!("evt_{n}"), &n.to_string())).collect();
    database.store_arrival(&mine, &arrival(events), &Effects::default()).await.unwrap();
    let ids = |events: &[contract::install::EventView]| {
        events.iter().map(|event| event.id.0.trim_start_matches("evt_").to_owned()).collect::<Vec<_>>()
    };
    let newest = database.events(&mine.organization, &mine.id, 3).await.unwrap();
    assert_eq!(ids(&newest), ["5", "4", "3"]);
    let after = database.events_after(&mine.organization, &mine.id, newest[2].sequence, 10).await.unwrap();
    assert_eq!(ids(&after), ["4", "5"]);
    assert_eq!(ids(&database.events_after(&mine.organization, &mine.id, 0, 2).await.unwrap()), ["1", "2"]);
}

async fn rejections_are_counted_since_then(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    database.record_rejection(&mine.id, "verification", NOW).await.unwrap();
    database.record_rejection(&mine.id, "verification", NOW.plus_ms(10)).await.unwrap();
    let bad = Arrival { problem: Some("bad".to_owned()), at: NOW.plus_ms(10), ..arrival(Vec::new()) };
    database.store_arrival(&mine, &bad, &Effects::default()).await.unwrap();
    database.store_arrival(&mine, &arrival(vec![event("evt_1", "a")]), &Effects::default()).await.unwrap();
    assert_eq!(database.rejections_since(&mine.id, NOW).await.unwrap(), 3);
    assert_eq!(database.rejections_since(&mine.id, NOW.plus_ms(10)).await.unwrap(), 2);
    assert_eq!(database.rejections_since(&mine.id, NOW.plus_ms(11)).await.unwrap(), 0);
    assert_eq!(database.rejections_since(&"ins_2".into(), NOW).await.unwrap(), 0);
}

async fn old_payloads_are_purged(at: &Scratch) {
    let database = at.open().await;
    let mine = installed(&database).await;
    for (id, later) in [("evt_1", 0), ("evt_2", 1000)] {
        let it = Arrival { at: NOW.plus_ms(later), ..arrival(vec![event(id, id)]) };
        database.store_arrival(&mine, &it, &Effects::default()).await.unwrap();
        database.record_rejection(&mine.id, "verification", NOW.plus_ms(later)).await.unwrap();
    }
    assert_eq!(database.purge_raw(NOW.plus_ms(1000)).await.unwrap(), 2);
    assert_eq!(at.number("SELECT COUNT(*) FROM raw_payload").await, 1);
    assert_eq!(at.number("SELECT COUNT(*) FROM event").await, 2);
}

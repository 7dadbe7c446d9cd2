//! People, sessions, sign-ins under way.

use crate::builders::{NOW, identity, new_person, organization};
use crate::databases::Scratch;
use contract::account::OrganizationRole;
use contract::{OrganizationId, SessionId, UserId};
use domain::ports::{DemoPerson, Effects, Identities, NewSession, PendingSignIn};
use futures::future::join_all;

on_both!(
    a_person_is_created_once,
    a_session_ends_in_time_and_by_hand,
    a_sign_in_is_taken_once,
    a_sign_in_is_taken_by_one_of_many,
    demo_people_are_created_once,
    what_has_ended_is_purged,
);

fn session(number: u32) -> NewSession {
    NewSession {
        id: SessionId(format!("ses_{number}")),
        token_hash: format!("hash {number}"),
        user: UserId::from("usr_1"),
        organization: OrganizationId::from("org_1"),
        created_at: NOW,
        expires_at: NOW.plus_ms(i64::from(number) * 1000),
        issuer: "https://login.example.com".to_owned(),
        ip: "203.0.113.7".to_owned(),
        user_agent: "Test".to_owned(),
        bound: false,
    }
}

fn pending(number: u32) -> PendingSignIn {
    PendingSignIn {
        state_hash: format!("state {number}"),
        browser_hash: "browser".to_owned(),
        provider: "corporate".to_owned(),
        nonce: "nonce".to_owned(),
        pkce_verifier: "verifier".to_owned(),
        return_to: "/installed".to_owned(),
        expires_at: NOW.plus_ms(i64::from(number) * 1000),
    }
}

async fn a_person_is_created_once(at: &Scratch) {
    let database = at.open().await;
    let first = database.person(&identity("ada"), &new_person(1), &Effects::default(), NOW).await.unwrap();
    assert_eq!(first, (UserId::from("usr_1"), OrganizationId::from("org_1")));
    let mut renamed = identity("ada");
    renamed.name = "Ada King".to_owned();
    assert_eq!(database.person(&renamed, &new_person(2), &Effects::default(), NOW).await.unwrap(), first);
    assert_eq!(at.texts("SELECT name FROM person").await, ["Ada King"]);
    assert_eq!(at.number("SELECT COUNT(*) FROM organization").await, 1);
    let mut elsewhere = identity("ada");
    elsewhere.issuer = "https://other.example.com".to_owned();
    let other = database.person(&elsewhere, &new_person(3), &Effects::default(), NOW).await.unwrap();
    assert_eq!(other.0, UserId::from("usr_3"), "the same subject at another issuer is another person");
}

async fn a_session_ends_in_time_and_by_hand(at: &Scratch) {
    let database = at.open().await;
    organization(&database, 1).await;
    database.create_session(&session(1), &Effects::default()).await.unwrap();
    database.create_session(&session(2), &Effects::default()).await.unwrap();
    let viewer = database.signed_in("hash 1", NOW).await.unwrap().unwrap().viewer;
    assert_eq!((viewer.user_id, viewer.role), (UserId::from("usr_1"), OrganizationRole::Admin));
    assert_eq!(viewer.organization_name, "Organization 1");
    assert_eq!((viewer.partner, viewer.staff), (None, None));
    assert!(database.signed_in("hash 1", NOW.plus_ms(999)).await.unwrap().is_some());
    assert!(database.signed_in("hash 1", NOW.plus_ms(1000)).await.unwrap().is_none());
    assert!(database.signed_in("hash 3", NOW).await.unwrap().is_none());
    database.end_session("hash 2", &Effects::default()).await.unwrap();
    assert!(database.signed_in("hash 2", NOW).await.unwrap().is_none());
    assert!(database.signed_in("hash 1", NOW).await.unwrap().is_some(), "the other one goes on");
}

async fn a_sign_in_is_taken_once(at: &Scratch) {
    let database = at.open().await;
    database.begin_sign_in(&pending(1)).await.unwrap();
    database.begin_sign_in(&pending(2)).await.unwrap();
    assert_eq!(database.take_sign_in("state 1").await.unwrap(), Some(pending(1)));
    assert_eq!(database.take_sign_in("state 1").await.unwrap(), None);
    assert_eq!(database.take_sign_in("state 3").await.unwrap(), None);
    assert_eq!(database.take_sign_in("state 2").await.unwrap(), Some(pending(2)));
}

async fn a_sign_in_is_taken_by_one_of_many(at: &Scratch) {
    let (one, other) = (at.open().await, at.open().await);
    for number in 1..=10 {
        one.begin_sign_in(&pending(number)).await.unwrap();
        let state = format!("state {number}");
        let takers = (0..6).map(|taker| {
            let (database, state) = (if taker % 2 == 0 { one.clone() } else { other.clone() }, state.clone());
            tokio::spawn(async move { database.take_sign_in(&state).await.unwrap() })
        });
        let taken = join_all(takers).await.into_iter().filter(|taken| taken.as_ref().unwrap().is_some()).count();
        assert_eq!(taken, 1, "round {number}");
    }
}

async fn demo_people_are_created_once(at: &Scratch) {
    let database = at.open().await;
    let demo = |key: &str, role| DemoPerson {
        key: key.to_owned(),
        identity: identity(key),
        organization: OrganizationId::from("org_demo"),
        organization_name: "Demo".to_owned(),
        role,
        partner: None,
        partner_role: None,
        staff: None,
    };
    for _ in 0..2 {
        for (key, role) in [("admin", OrganizationRole::Admin), ("member", OrganizationRole::Member)] {
            database.put_demo_person(&demo(key, role), &UserId(format!("usr_{key}")), NOW).await.unwrap();
        }
    }
    assert_eq!(at.number("SELECT COUNT(*) FROM person").await, 2);
    assert_eq!(at.number("SELECT COUNT(*) FROM organization").await, 1, "they share it");
    assert_eq!(at.texts("SELECT role FROM membership ORDER BY role").await, ["admin", "member"]);
}

async fn what_has_ended_is_purged(at: &Scratch) {
    let database = at.open().await;
    organization(&database, 1).await;
    for number in 1..=3 {
        database.create_session(&session(number), &Effects::default()).await.unwrap();
        database.begin_sign_in(&pending(number)).await.unwrap();
    }
    assert_eq!(database.purge_ended(NOW.plus_ms(2000)).await.unwrap(), 4);
    assert!(database.signed_in("hash 3", NOW).await.unwrap().is_some());
    assert!(database.take_sign_in("state 3").await.unwrap().is_some());
}

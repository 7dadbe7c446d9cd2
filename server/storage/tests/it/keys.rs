//! Wrapped keys of organizations: the first writer wins.

use crate::builders::organization;
use crate::databases::Scratch;
use contract::OrganizationId;
use domain::ports::OrganizationKeys;
use futures::future::join_all;

on_both!(the_first_writer_wins, many_writers_agree, an_organization_must_exist);

async fn the_first_writer_wins(at: &Scratch) {
    let database = at.open().await;
    let [one, two] = [organization(&database, 1).await, organization(&database, 2).await];
    assert_eq!(database.wrapped_key(&one).await.unwrap(), None);
    assert_eq!(database.store_wrapped_key(&one, b"first").await.unwrap(), b"first");
    assert_eq!(database.store_wrapped_key(&one, b"second").await.unwrap(), b"first");
    assert_eq!(database.wrapped_key(&one).await.unwrap().as_deref(), Some(&b"first"[..]));
    assert_eq!(database.wrapped_key(&two).await.unwrap(), None);
}

async fn many_writers_agree(at: &Scratch) {
    let (left, right) = (at.open().await, at.open().await);
    let owner = organization(&left, 1).await;
    let writers = (0..10u8).map(|number| {
        let (database, owner) = (if number % 2 == 0 { left.clone() } else { right.clone() }, owner.clone());
        tokio::spawn(async move { database.store_wrapped_key(&owner, &[number; 8]).await.unwrap() })
    });
    let kept: Vec<Vec<u8>> = join_all(writers).await.into_iter().map(Result::unwrap).collect();
    assert!(kept.windows(2).all(|pair| pair[0] == pair[1]), "{kept:?}");
    assert_eq!(left.wrapped_key(&owner).await.unwrap().as_ref(), Some(&kept[0]));
}

async fn an_organization_must_exist(at: &Scratch) {
    let database = at.open().await;
    assert!(database.store_wrapped_key(&OrganizationId::from("org_none"), b"key").await.is_err());
}

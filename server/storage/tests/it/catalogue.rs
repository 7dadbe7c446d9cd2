//! Publishing, demand, and the feed of changes.

use crate::builders::{NOW, catalogue, organization, partner, release};
use crate::databases::Scratch;
use contract::listing::Certification;
use contract::{ListingId, UserId};
use domain::ports::{Catalogue, Effects, Published};

on_both!(
    publishing_again_changes_nothing,
    every_difference_is_a_change,
    the_feed_only_grows_and_is_read_in_steps,
    releases_are_kept,
    a_listing_keeps_its_beginning_and_its_counts,
    a_partner_that_changes_touches_its_listings,
    an_organization_asks_once,
    demand_is_ordered,
    a_listing_that_is_not_there_is_none,
);

fn thing() -> ListingId {
    ListingId::from("thing")
}

async fn publishing_again_changes_nothing(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    let before = database.last_change().await.unwrap();
    for _ in 0..3 {
        let outcome =
            database.publish(&release("thing", "1.0.0"), &Effects::default(), NOW.plus_ms(1000)).await.unwrap();
        assert_eq!(outcome, Published::Unchanged);
        assert_eq!(database.put_partner(&partner(), &Effects::default(), NOW).await.unwrap(), Published::Unchanged);
    }
    assert_eq!(database.last_change().await.unwrap(), before);
    assert_eq!(database.listing(&thing()).await.unwrap().unwrap().updated_at, NOW);
}

async fn every_difference_is_a_change(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    let mut release = release("thing", "1.0.0");
    release.readme = "Other text.".to_owned();
    let mut steps = vec![release.clone()];
    release.icon = Some(("<svg/>".to_owned(), "abc".to_owned()));
    steps.push(release.clone());
    release.certification = Certification::Bronze;
    steps.push(release.clone());
    release.manifest.tags.push("tag".to_owned());
    steps.push(release.clone());
    release.manifest.version = "1.0.1".to_owned();
    steps.push(release);
    for step in steps {
        let before = database.last_change().await.unwrap();
        assert_eq!(database.publish(&step, &Effects::default(), NOW).await.unwrap(), Published::Changed);
        assert!(database.last_change().await.unwrap() > before);
        assert_eq!(database.publish(&step, &Effects::default(), NOW).await.unwrap(), Published::Unchanged);
    }
    let listing = database.listing(&thing()).await.unwrap().unwrap();
    assert_eq!((listing.readme.as_str(), listing.icon.as_deref()), ("Other text.", Some("abc")));
    assert_eq!(listing.certification, Certification::Bronze);
    assert_eq!(listing.manifest.tags, ["tag"]);
    assert_eq!(database.icon(&thing()).await.unwrap().as_deref(), Some("<svg/>"));
}

async fn the_feed_only_grows_and_is_read_in_steps(at: &Scratch) {
    let database = at.open().await;
    assert_eq!(database.last_change().await.unwrap(), 0);
    database.put_partner(&partner(), &Effects::default(), NOW).await.unwrap();
    for name in ["a", "b", "c"] {
        assert_eq!(
            database.publish(&release(name, "1.0.0"), &Effects::default(), NOW).await.unwrap(),
            Published::Added
        );
    }
    let all = database.changes_after(0, 100).await.unwrap();
    let listings: Vec<&str> = all.iter().map(|change| change.listing.as_str()).collect();
    assert_eq!(listings, ["a", "b", "c"]);
    assert!(all.windows(2).all(|pair| pair[0].sequence < pair[1].sequence), "{all:?}");
    assert_eq!(database.last_change().await.unwrap(), all[2].sequence);
    assert_eq!(database.changes_after(0, 2).await.unwrap(), all[..2]);
    assert_eq!(database.changes_after(all[1].sequence, 2).await.unwrap(), all[2..]);
    assert_eq!(database.changes_after(all[2].sequence, 2).await.unwrap(), []);
}

async fn releases_are_kept(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    database.publish(&release("thing", "1.1.0"), &Effects::default(), NOW.plus_ms(1)).await.unwrap();
    database.publish(&release("thing", "2.0.0"), &Effects::default(), NOW.plus_ms(2)).await.unwrap();
    let versions = database.releases(&thing()).await.unwrap();
    let versions: Vec<&str> = versions.iter().map(|(version, _)| version.as_str()).collect();
    assert_eq!(versions, ["2.0.0", "1.1.0", "1.0.0"]);
    assert_eq!(database.release(&thing(), "1.0.0").await.unwrap().unwrap().version, "1.0.0");
    assert!(database.release(&thing(), "3.0.0").await.unwrap().is_none());
    assert_eq!(database.listing(&thing()).await.unwrap().unwrap().manifest.version, "2.0.0");
    assert_eq!(database.listings().await.unwrap().len(), 1);
}

async fn a_listing_keeps_its_beginning_and_its_counts(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    let organization = organization(&database, 1).await;
    database.request(&thing(), &organization, &UserId::from("usr_1"), &Effects::default(), NOW).await.unwrap();
    at.change("UPDATE listing SET installs = 7").await;
    database.publish(&release("thing", "2.0.0"), &Effects::default(), NOW.plus_ms(5)).await.unwrap();
    let listing = database.listing(&thing()).await.unwrap().unwrap();
    assert_eq!((listing.published_at, listing.updated_at), (NOW, NOW.plus_ms(5)));
    assert_eq!((listing.installs, listing.requests), (7, 1));
}

async fn a_partner_that_changes_touches_its_listings(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    database.publish(&release("other", "1.0.0"), &Effects::default(), NOW).await.unwrap();
    let before = database.last_change().await.unwrap();
    let mut renamed = partner();
    renamed.name = "Renamed".to_owned();
    assert_eq!(database.put_partner(&renamed, &Effects::default(), NOW).await.unwrap(), Published::Changed);
    let mut touched: Vec<String> =
        database.changes_after(before, 10).await.unwrap().into_iter().map(|change| change.listing.0).collect();
    touched.sort();
    assert_eq!(touched, ["other", "thing"]);
    assert_eq!(database.listing(&thing()).await.unwrap().unwrap().partner.name, "Renamed");
}

async fn an_organization_asks_once(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    let organization = organization(&database, 1).await;
    let ask = |user: &'static str| {
        let (database, organization) = (database.clone(), organization.clone());
        async move {
            database.request(&thing(), &organization, &UserId::from(user), &Effects::default(), NOW).await.unwrap()
        }
    };
    assert!(!database.requested(&thing(), &organization).await.unwrap());
    assert!(ask("usr_1").await);
    let before = database.last_change().await.unwrap();
    assert!(!ask("usr_1").await);
    assert!(!ask("usr_2").await);
    assert_eq!(database.last_change().await.unwrap(), before);
    assert!(database.requested(&thing(), &organization).await.unwrap());
    assert_eq!(database.listing(&thing()).await.unwrap().unwrap().requests, 1);
}

async fn demand_is_ordered(at: &Scratch) {
    let database = at.open().await;
    catalogue(&database).await;
    let [one, two] = [organization(&database, 1).await, organization(&database, 2).await];
    for id in ["wanted", "late"] {
        database.publish(&release(id, "1.0.0"), &Effects::default(), NOW).await.unwrap();
    }
    let user = UserId::from("usr_1");
    for (id, organization, at) in [("thing", &one, 1), ("wanted", &one, 2), ("wanted", &two, 4), ("late", &two, 3)] {
        database
            .request(&ListingId::from(id), organization, &user, &Effects::default(), NOW.plus_ms(at))
            .await
            .unwrap();
    }
    let demand: Vec<(String, u32, i64)> =
        database.demand().await.unwrap().into_iter().map(|(id, number, at)| (id.0, number, at.since(NOW))).collect();
    let expected = [("wanted", 2, 4), ("late", 1, 3), ("thing", 1, 1)];
    assert_eq!(demand, expected.map(|(id, number, at)| (id.to_owned(), number, at)));
}

async fn a_listing_that_is_not_there_is_none(at: &Scratch) {
    let database = at.open().await;
    assert!(database.listing(&thing()).await.unwrap().is_none());
    assert!(database.icon(&thing()).await.unwrap().is_none());
    assert!(database.partner(&"nobody".into()).await.unwrap().is_none());
    assert!(database.listings().await.unwrap().is_empty());
    assert!(database.demand().await.unwrap().is_empty());
}

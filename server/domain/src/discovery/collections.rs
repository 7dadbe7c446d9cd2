//! Collections: what the editors put together for a purpose, to be installed one after the other.

use crate::{Actor, Result, Services};
use contract::ListingId;
use contract::compare::{CollectionCard, CollectionItem, CollectionView};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    collection: Vec<Collection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Collection {
    slug: String,
    title: String,
    summary: String,
    audience: String,
    item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: ListingId,
    why: String,
}

static COLLECTIONS: LazyLock<Vec<Collection>> = LazyLock::new(|| {
    let file = toml::from_str::<File>(include_str!("../../../../catalog/collections.toml"));
    file.map(|file| file.collection).unwrap_or_default()
});

/// The members of a collection that are in this catalogue: an operator may have another one than we ship.
async fn items(services: &Services, it: &Collection) -> Result<Vec<CollectionItem>> {
    let mut items = Vec::with_capacity(it.item.len());
    for item in &it.item {
        if let Some(listing) = services.catalogue.listing(&item.id).await? {
            items.push(CollectionItem { card: listing.card(), why: item.why.clone(), installation: None });
        }
    }
    Ok(items)
}

/// What stands in a collection with a listing, the nearest first: title of the collection, and the other's id.
pub(crate) fn together(id: &ListingId) -> Vec<(&'static str, &'static ListingId)> {
    let mut found = Vec::new();
    for it in COLLECTIONS.iter() {
        let Some(own) = it.item.iter().position(|item| item.id == *id) else { continue };
        let mut others: Vec<(usize, &ListingId)> = it
            .item
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != own)
            .map(|(at, item)| (at.abs_diff(own), &item.id))
            .collect();
        others.sort_by_key(|(distance, _)| *distance);
        found.extend(others.into_iter().map(|(_, other)| (it.title.as_str(), other)));
    }
    found
}

fn card(it: &Collection, size: usize) -> CollectionCard {
    CollectionCard {
        slug: it.slug.clone(),
        title: it.title.clone(),
        summary: it.summary.clone(),
        size: u32::try_from(size).unwrap_or(u32::MAX),
    }
}

/// All collections that have something in them here.
pub async fn collections(services: &Services) -> Result<Vec<CollectionCard>> {
    let mut cards = Vec::new();
    for it in COLLECTIONS.iter() {
        let size = items(services, it).await?.len();
        if size > 0 {
            cards.push(card(it, size));
        }
    }
    Ok(cards)
}

/// A collection, and how far the organization of whoever looks has come with it.
pub async fn collection(services: &Services, actor: &Actor, slug: &str) -> Result<Option<CollectionView>> {
    let Some(it) = COLLECTIONS.iter().find(|it| it.slug == slug) else { return Ok(None) };
    let mut items = items(services, it).await?;
    if let Some(viewer) = actor.viewer() {
        for item in &mut items {
            let found = services.installations.of_listing(&viewer.organization_id, &item.card.id).await?;
            item.installation = found.into_iter().next();
        }
    }
    Ok(Some(CollectionView { card: card(it, items.len()), audience: it.audience.clone(), items }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn collections_can_be_read() {
        let slugs: BTreeSet<&str> = COLLECTIONS.iter().map(|it| it.slug.as_str()).collect();
        assert_eq!(slugs.len(), 4, "each has its own slug");
        for it in COLLECTIONS.iter() {
            let ids: BTreeSet<&str> = it.item.iter().map(|item| item.id.as_str()).collect();
            assert_eq!(ids.len(), it.item.len(), "{}: nothing twice", it.slug);
            for id in ids {
                let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog").join(id);
                assert!(folder.is_dir(), "{}: {id} is a listing that we ship", it.slug);
            }
        }
    }
}

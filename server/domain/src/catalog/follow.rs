//! Keeping the search index in step with the database: it follows the feed of changes, and is rebuilt when it holds
//! nothing usable.

use super::categories::CategoryTree;
use super::markdown;
use crate::ports::{CategoryName, Change, IndexChange, Listing, SearchDocument};
use crate::{Result, Services};
use contract::ListingId;
use contract::manifest::{AuthKind, CapabilityKind};
use std::collections::{BTreeSet, HashSet};

/// Changes taken in one step, and listings read at once for a rebuild.
const STEP: u64 = 1000;
/// Changes after which an index is built anew instead of following them one by one.
const FAR: i64 = 200_000;

/// What is indexed of a listing.
pub fn document(listing: &Listing) -> SearchDocument {
    let manifest = &listing.manifest;
    let tree = CategoryTree::builtin();
    let kinds: BTreeSet<&str> = manifest.capability.iter().map(|capability| capability.kind.as_str()).collect();
    let label = |kind: &str| match kind {
        "webhook" => CapabilityKind::Webhook.label(),
        "data_source" => CapabilityKind::DataSource.label(),
        _ => CapabilityKind::Action.label(),
    };
    let category = |path: &String| {
        let (group, leaf) = tree.leaf(path)?;
        Some(CategoryName { path: path.clone(), group: group.name.clone(), leaf: leaf.name.clone() })
    };
    let auth = if manifest.connects() {
        (manifest.auth.kind.as_str().to_owned(), manifest.auth.kind.label().to_owned())
    } else {
        (String::new(), AuthKind::None.label().to_owned())
    };
    SearchDocument {
        card: listing.card(),
        aliases: manifest.aliases.clone(),
        tags: manifest.tags.clone(),
        categories: manifest.categories.iter().filter_map(category).collect(),
        readme: markdown::plain_text(&listing.readme),
        pricing: stated(listing, manifest.pricing.model.as_str(), manifest.pricing.model.label()),
        support: stated(listing, manifest.support.as_str(), manifest.support.label()),
        capabilities: kinds.into_iter().map(|kind| (kind.to_owned(), label(kind).to_owned())).collect(),
        auth,
        rating: if listing.reviews == 0 { 0.0 } else { f64::from(listing.rating) / 1000.0 },
        requests: listing.requests,
        looks: listing.looks,
        published_at: listing.published_at,
    }
}

/// Wire value and label of what a manifest states and a feed does not.
fn stated(listing: &Listing, value: &str, label: &str) -> (String, String) {
    if listing.feed.is_some() { <_>::default() } else { (value.to_owned(), label.to_owned()) }
}

/// Brings the index up to the database. Gives whether anything changed.
pub async fn follow(services: &Services) -> Result<bool> {
    let newest = services.catalogue.last_change().await?;
    let mut position = match services.search.position() {
        // A feed that went back belongs to another database; one that is far ahead is caught up with faster by a rebuild.
        Some(position) if position <= newest && newest - position < FAR => position,
        _ => return rebuild(services, newest).await.map(|()| true),
    };
    let behind = position < newest;
    while position < newest {
        let changes = services.catalogue.changes_after(position, STEP).await?;
        let Some(last) = changes.last().map(|change| change.sequence) else { break };
        step(services, changes, last).await?;
        position = last;
    }
    Ok(behind)
}

/// Applies some changes: each listing as it is now, however often it changed.
async fn step(services: &Services, changes: Vec<Change>, last: i64) -> Result<()> {
    let ids: BTreeSet<ListingId> = changes.into_iter().map(|change| change.listing).collect();
    let ids: Vec<ListingId> = ids.into_iter().collect();
    let found = services.catalogue.listings_of(&ids).await?;
    let there: HashSet<&ListingId> = found.iter().map(|listing| &listing.id).collect();
    let gone = ids.iter().filter(|id| !there.contains(id)).cloned().map(IndexChange::Delete);
    let put = found.iter().map(|listing| IndexChange::Put(Box::new(document(listing))));
    services.search.apply(put.chain(gone).collect(), last)
}

/// Listings are read in pages: only what is indexed of them is held all at once.
async fn rebuild(services: &Services, position: i64) -> Result<()> {
    let mut documents: Vec<SearchDocument> = Vec::new();
    let mut after: Option<ListingId> = None;
    loop {
        let page = services.catalogue.listings_after(after.as_ref(), STEP).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        documents.extend(page.iter().map(document));
    }
    tracing::info!(listings = documents.len(), "rebuilding the search index");
    services.search.rebuild(documents, position)
}

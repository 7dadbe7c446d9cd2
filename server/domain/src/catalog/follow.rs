//! Keeping the search index in step with the database: it follows the feed of changes, and is rebuilt when it holds
//! nothing usable.

use super::categories::CategoryTree;
use super::markdown;
use crate::ports::{CategoryName, IndexChange, Listing, SearchDocument};
use crate::{Result, Services};
use contract::manifest::{AuthKind, CapabilityKind};
use std::collections::BTreeSet;

/// Changes taken in one step.
const STEP: u64 = 500;

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
    let auth = if manifest.installable() {
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
        pricing: (manifest.pricing.model.as_str().to_owned(), manifest.pricing.model.label().to_owned()),
        support: (manifest.support.as_str().to_owned(), manifest.support.label().to_owned()),
        capabilities: kinds.into_iter().map(|kind| (kind.to_owned(), label(kind).to_owned())).collect(),
        auth,
        rating: 0.0,
        requests: listing.requests,
        published_at: listing.published_at,
    }
}

/// Brings the index up to the database. Gives whether anything changed.
pub async fn follow(services: &Services) -> Result<bool> {
    let newest = services.catalogue.last_change().await?;
    let position = match services.search.position() {
        // A feed that went back belongs to another database.
        Some(position) if position <= newest => position,
        _ => return rebuild(services, newest).await.map(|()| true),
    };
    if position == newest {
        return Ok(false);
    }
    let changes = services.catalogue.changes_after(position, STEP).await?;
    let Some(last) = changes.last().map(|change| change.sequence) else { return Ok(false) };
    if changes.len() as u64 == STEP {
        return rebuild(services, newest).await.map(|()| true);
    }
    let ids: BTreeSet<_> = changes.into_iter().map(|change| change.listing).collect();
    let mut steps = Vec::with_capacity(ids.len());
    for id in ids {
        steps.push(match services.catalogue.listing(&id).await? {
            Some(listing) => IndexChange::Put(Box::new(document(&listing))),
            None => IndexChange::Delete(id),
        });
    }
    services.search.apply(steps, last)?;
    Ok(true)
}

async fn rebuild(services: &Services, position: i64) -> Result<()> {
    let listings = services.catalogue.listings().await?;
    tracing::info!(listings = listings.len(), "rebuilding the search index");
    services.search.rebuild(listings.iter().map(document).collect(), position)
}

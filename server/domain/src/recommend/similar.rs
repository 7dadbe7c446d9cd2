//! What is like a listing, and what makes it so.

use super::SHOWN;
use crate::catalog::categories::CategoryTree;
use crate::ports::Listing;
use crate::{Result, Services};
use contract::ListingId;
use contract::recommend::Recommendation;

/// Tags that are named.
const TAGS: usize = 2;

/// The most similar listings, in the order of the index.
pub async fn to(services: &Services, listing: &Listing) -> Result<Vec<Recommendation>> {
    let cards = services.search.similar(&listing.id, SHOWN)?;
    let ids: Vec<ListingId> = cards.iter().map(|card| card.id.clone()).collect();
    let others = services.catalogue.listings_of(&ids).await?;
    let other = |id: &ListingId| others.iter().find(|other| other.id == *id);
    Ok(cards
        .into_iter()
        .map(|card| Recommendation { why: other(&card.id).map(|it| why(listing, it)).unwrap_or_default(), card })
        .collect())
}

/// What both have: a category, tags, a maker.
fn why(one: &Listing, other: &Listing) -> String {
    let tree = CategoryTree::builtin();
    let (mine, theirs) = (&one.manifest, &other.manifest);
    let leaf = mine.categories.iter().find(|path| theirs.categories.contains(path)).and_then(|path| tree.name(path));
    let tags: Vec<&str> =
        mine.tags.iter().filter(|tag| theirs.tags.contains(tag)).map(String::as_str).take(TAGS).collect();
    match (leaf, tags.is_empty()) {
        (Some(leaf), true) => format!("Also in {leaf}"),
        (Some(leaf), false) => format!("Also in {leaf}; both: {}", tags.join(", ")),
        (None, false) => format!("Both: {}", tags.join(", ")),
        (None, true) if one.partner.id == other.partner.id => format!("Also by {}", other.partner.name),
        (None, true) => "In a neighbouring category".to_owned(),
    }
}

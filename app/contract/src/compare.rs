//! Several listings side by side, and collections of listings.

use crate::json::FromJson;
use crate::listing::ListingCard;
use serde::{Deserialize, Serialize};

/// Listings that can be compared at once.
pub const MAX_COMPARED: usize = 4;

/// One property of the listings that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ComparedRow {
    /// What it is, such as `Authentication`.
    pub label: String,
    /// For each listing what it has: one line each, none where it has nothing.
    pub values: Vec<Vec<String>>,
    /// Whether all listings have the same.
    pub same: bool,
}

/// Listings side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Comparison {
    /// The listings, in the order they were asked for.
    pub listings: Vec<ListingCard>,
    /// Their properties.
    pub rows: Vec<ComparedRow>,
    /// Ids that are no listings.
    pub unknown: Vec<String>,
    /// What could be added: results of the search, or listings similar to the first.
    pub offers: Vec<ListingCard>,
}

/// A curated collection in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CollectionCard {
    /// Slug, `/collections/{slug}`.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How many integrations are in it.
    pub size: u32,
}

/// A listing in a collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CollectionItem {
    /// The listing.
    pub card: ListingCard,
    /// Why it is in there.
    pub why: String,
    /// The installation that whoever looks has of it: its id, once there is one.
    pub installation: Option<crate::InstallationId>,
}

/// A collection's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CollectionView {
    /// The part that is also in lists.
    pub card: CollectionCard,
    /// Whom it is for.
    pub audience: String,
    /// What is in it, in the order to install it.
    pub items: Vec<CollectionItem>,
}

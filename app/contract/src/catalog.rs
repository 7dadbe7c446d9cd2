//! The category tree, partners, and the home page.

use crate::PartnerId;
use crate::json::FromJson;
use crate::listing::ListingCard;
use crate::recommend::Shelf;
use serde::{Deserialize, Serialize};

/// A leaf of the category tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CategoryLeaf {
    /// Full path, such as `monitoring/metrics`.
    pub path: String,
    /// Display name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Listings filed under it.
    pub count: u32,
}

/// A top-level group of the category tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CategoryGroup {
    /// Path, such as `monitoring`.
    pub path: String,
    /// Display name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Name of its icon in the sprite.
    pub icon: String,
    /// Listings in any of its leaves, each counted once.
    pub count: u32,
    /// Its leaves, in order.
    pub leaves: Vec<CategoryLeaf>,
}

/// Who publishes listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PartnerSummary {
    /// Slug.
    pub id: PartnerId,
    /// Display name.
    pub name: String,
    /// Home page, https.
    pub homepage: String,
    /// One sentence.
    pub summary: String,
    /// Number of listings.
    pub listings: u32,
}

/// Everything on the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct HomeView {
    /// Number of listings.
    pub listings: u32,
    /// How many of them can be installed.
    pub installable: u32,
    /// Number of partners.
    pub partners: u32,
    /// The category tree with counts.
    pub categories: Vec<CategoryGroup>,
    /// Most installed, then most wanted.
    pub popular: Vec<ListingCard>,
    /// Latest additions and releases.
    pub newest: Vec<ListingCard>,
    /// What fits what the viewer's organization has installed; nothing for everybody else.
    pub for_you: Shelf,
}

//! Recommendations. Each says why.

use crate::json::FromJson;
use crate::listing::ListingCard;
use serde::{Deserialize, Serialize};

/// A listing, and why it is recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Recommendation {
    /// The listing.
    pub card: ListingCard,
    /// Why, in one short line.
    pub why: String,
}

/// Some recommendations; may be none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Shelf {
    /// What they are taken from, in one sentence.
    pub note: String,
    /// The best first.
    pub items: Vec<Recommendation>,
}

/// What is recommended beside a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Advice {
    /// What goes well with it.
    pub with: Shelf,
    /// What is like it.
    pub similar: Vec<Recommendation>,
}

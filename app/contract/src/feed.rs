//! What importing a catalogue feed did.

use serde::{Deserialize, Serialize};

/// A line that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedRefusal {
    /// Its number, from 1; empty lines count.
    pub line: u64,
    /// The id it names, as far as it could be read.
    pub id: Option<String>,
    /// What is wrong and what to do about it.
    pub reason: String,
}

/// What an import did. Every line that is not empty is counted once: added, changed, unchanged or refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedReport {
    /// Lines that are not empty.
    pub lines: u64,
    /// New listings.
    pub added: u64,
    /// Listings that changed.
    pub changed: u64,
    /// Listings that are as they were; nothing was written for them.
    pub unchanged: u64,
    /// Lines that were not taken.
    pub refused: u64,
    /// The first 1,000 refused lines, in their order.
    pub refusals: Vec<FeedRefusal>,
    /// Keys that mean nothing in a feed and were ignored; at most 20 are named.
    pub ignored_keys: Vec<String>,
}

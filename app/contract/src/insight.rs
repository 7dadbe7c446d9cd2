//! How people look for integrations: what is counted, and what staff see of it.

use crate::json::FromJson;
use crate::listing::ListingCard;
use serde::{Deserialize, Serialize};

/// What a visitor did. Who they are is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Looked at the results of a query for a while.
    Search,
    /// Opened a result of a query.
    Open,
    /// Looked at a listing.
    View,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// What.
    pub deed: Deed,
    /// The query, or the listing's id.
    pub text: String,
    /// Place of the result that was opened, from 1; otherwise 0.
    pub position: u32,
}

/// A query and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct AskedFor {
    /// In lower case.
    pub q: String,
    /// How often it was searched for.
    pub searches: u32,
    /// How often a result was opened.
    pub opened: u32,
}

/// A listing on its way from being looked at to being proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Funnel {
    /// The listing.
    pub card: ListingCard,
    /// Looks at it.
    pub views: u32,
    /// Installations begun.
    pub begun: u32,
    /// Installations whose data flows, of those.
    pub proven: u32,
}

/// What staff see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Default)]
pub struct Insight {
    /// Days looked at, today included.
    pub days: u32,
    /// Searches.
    pub searches: u32,
    /// Of those without any result.
    pub empty: u32,
    /// Results opened.
    pub opened: u32,
    /// Most frequent queries.
    pub top: Vec<AskedFor>,
    /// Most frequent queries that found nothing; none of them was opened.
    pub nothing: Vec<AskedFor>,
    /// Results opened at each place, the first place first.
    pub positions: Vec<u32>,
    /// Listings that were looked at most.
    pub listings: Vec<Funnel>,
}

//! The search index as the use cases see it.

use crate::error::Result;
use contract::listing::ListingCard;
use contract::search::{SearchPage, SearchQuery, Suggestion};
use contract::{ListingId, Timestamp};

/// What is indexed of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchDocument {
    /// What results show.
    pub card: ListingCard,
    /// Other names.
    pub aliases: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Category leaves: path (`monitoring/metrics`) and name of group and leaf.
    pub categories: Vec<CategoryName>,
    /// README as plain text.
    pub readme: String,
    /// Wire value and label of the pricing model.
    pub pricing: (String, String),
    /// Wire value and label of the support promise.
    pub support: (String, String),
    /// Wire value and label of each kind of capability.
    pub capabilities: Vec<(String, String)>,
    /// Wire value and label of the authentication.
    pub auth: (String, String),
    /// Bayesian average of the ratings, 0 when there are none.
    pub rating: f64,
    /// How often it was asked for.
    pub requests: u32,
    /// How often it is looked at, as far as that orders anything.
    pub looks: u32,
    /// When it first appeared.
    pub published_at: Timestamp,
}

/// A category leaf with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryName {
    /// `monitoring/metrics`.
    pub path: String,
    /// `Monitoring & observability`.
    pub group: String,
    /// `Metrics`.
    pub leaf: String,
}

/// One step of the index after the database.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexChange {
    /// Add or replace.
    Put(Box<SearchDocument>),
    /// Remove.
    Delete(ListingId),
}

/// The index. Calls block for microseconds to milliseconds; `apply` and `rebuild` block longer and belong on a blocking thread.
pub trait SearchIndex: Send + Sync {
    /// Answers a query.
    fn search(&self, query: &SearchQuery) -> Result<SearchPage>;

    /// Completes what somebody types: names and aliases, at most `limit`.
    fn suggest(&self, q: &str, limit: usize) -> Result<Vec<Suggestion>>;

    /// Listings like this one, best first, without itself.
    fn similar(&self, id: &ListingId, limit: usize) -> Result<Vec<ListingCard>>;

    /// Position in the change feed up to which the index holds everything; `None` when it must be rebuilt.
    fn position(&self) -> Option<i64>;

    /// Applies changes and commits them together with the new position.
    fn apply(&self, changes: Vec<IndexChange>, position: i64) -> Result<()>;

    /// Replaces everything.
    fn rebuild(&self, documents: Vec<SearchDocument>, position: i64) -> Result<()>;
}

//! Counts of how people look for integrations.

use crate::error::Result;
use async_trait::async_trait;
use contract::{ListingId, Timestamp};

/// What is counted, each by its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Searches, by query.
    Search,
    /// Searches that found nothing, by query.
    Empty,
    /// Results opened, by query.
    Opened,
    /// Results opened, by place.
    Position,
    /// Looks at a listing, by its id.
    View,
}

impl Counted {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Empty => "empty",
            Self::Opened => "opened",
            Self::Position => "position",
            Self::View => "view",
        }
    }
}

/// Installations begun in some time, and how many of them were proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The listing.
    pub listing: ListingId,
    /// Installations begun.
    pub begun: u32,
    /// Of those proven.
    pub proven: u32,
}

/// Where counts are kept: by day, and without any person.
#[async_trait]
pub trait DiscoveryCounts: Send + Sync {
    /// Counts each once more, all or none. New subjects are not taken on a day that has `most` already.
    async fn count(&self, day: i64, what: &[(Counted, &str)], most: u64) -> Result<()>;

    /// Sums from a day on, by subject: the largest first, at most `most`.
    async fn sums(&self, what: Counted, from: i64, most: u64) -> Result<Vec<(String, u32)>>;

    /// The sums of these subjects, in any order; what was never counted is left out.
    async fn sums_of(&self, what: Counted, from: i64, subjects: &[String]) -> Result<Vec<(String, u32)>>;

    /// The sum over all subjects.
    async fn total(&self, what: Counted, from: i64) -> Result<u32>;

    /// Installations begun since then, by listing; what was uninstalled since counts too.
    async fn begun(&self, since: Timestamp) -> Result<Vec<Begun>>;

    /// Deletes what is older.
    async fn forget(&self, before: i64) -> Result<u64>;
}

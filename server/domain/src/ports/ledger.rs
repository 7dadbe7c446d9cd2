//! Where the books are kept.

use crate::billing::ledger::{Balances, Posting};
use crate::error::Result;
use async_trait::async_trait;
use contract::PartnerId;

/// A posting and its place in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Rises with each posting.
    pub sequence: i64,
    /// The posting.
    pub posting: Posting,
}

/// The books: postings are added and read, and nothing else.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Adds postings, all or none. What has a key that is there already was posted before and is left as it is. Gives how many
    /// are new.
    async fn post(&self, postings: &[Posting]) -> Result<u64>;

    /// Postings after a place, oldest first, at most so many.
    async fn posted_after(&self, sequence: i64, limit: u64) -> Result<Vec<Posted>>;

    /// Postings that concern a partner, oldest first, at most so many.
    async fn posted_for(&self, partner: &PartnerId, after: i64, limit: u64) -> Result<Vec<Posted>>;

    /// Balances of all accounts.
    async fn balances(&self) -> Result<Balances>;
}

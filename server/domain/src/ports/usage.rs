//! What organizations run, as numbers. Which organizations these are never leaves the store, nor does a number below the
//! least that is asked for.

use crate::error::Result;
use async_trait::async_trait;
use contract::{ListingId, Timestamp};

/// A listing beside another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The listing.
    pub listing: ListingId,
    /// Organizations that run it.
    pub here: u32,
    /// Organizations that run both.
    pub both: u32,
}

/// A listing and what runs beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Organizations that run anything.
    pub all: u32,
    /// Organizations that run the listing.
    pub here: u32,
    /// Other listings.
    pub neighbours: Vec<Neighbour>,
}

/// Numbers over all organizations. An organization counts for a listing once data has flowed: to begin an installation is
/// free, so it proves nothing.
#[async_trait]
pub trait Usage: Send + Sync {
    /// What at least `least` of the organizations that run a listing run too.
    async fn neighbourhood(&self, listing: &ListingId, least: u32) -> Result<Neighbourhood>;

    /// How many organizations began to run each listing in this time and still do, where these are at least `least`.
    async fn begun(&self, from: Timestamp, to: Timestamp, least: u32) -> Result<Vec<(ListingId, u32)>>;
}

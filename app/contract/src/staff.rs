//! What partners and staff see.

use crate::json::FromJson;
use crate::listing::ListingCard;
use crate::{PartnerId, Timestamp};
use serde::{Deserialize, Serialize};

/// A partner's own listing in the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PartnerListing {
    /// The listing.
    pub card: ListingCard,
    /// Current release.
    pub version: String,
    /// When it appeared.
    pub updated_at: Timestamp,
    /// Installations that receive events or are otherwise proven.
    pub proven: u32,
    /// Requests for it.
    pub requests: u32,
}

/// The partner's dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PartnerDashboard {
    /// The partner.
    pub partner_id: PartnerId,
    /// Its name.
    pub partner_name: String,
    /// Its listings.
    pub listings: Vec<PartnerListing>,
}

/// Demand for one listing that can't be installed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct RequestedListing {
    /// The listing.
    pub card: ListingCard,
    /// How many asked.
    pub requests: u32,
    /// When somebody asked last.
    pub last_requested_at: Timestamp,
}

//! Private offers.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::billing::Interval;
use contract::money::Money;
use contract::offer::OfferState;
use contract::{ListingId, OrganizationId, PartnerId, Timestamp, UserId};

/// An offer as it is kept. What it says never changes; only its state does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Id.
    pub id: String,
    /// Who makes it.
    pub partner: PartnerId,
    /// Whom it is for.
    pub organization: OrganizationId,
    /// The listing.
    pub listing: ListingId,
    /// The plan it gives.
    pub plan: String,
    /// What the partner says to it.
    pub message: String,
    /// What is paid each time, before tax.
    pub price: Money,
    /// How often.
    pub interval: Interval,
    /// How long it lasts, in months.
    pub months: u32,
    /// State.
    pub state: OfferState,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// Repository of offers.
#[async_trait]
pub trait Offers: Send + Sync {
    /// Keeps a new one.
    async fn add_offer(&self, offer: &Offer, effects: &Effects) -> Result<()>;

    /// Offers of a partner, the newest first.
    async fn offers_of(&self, partner: &PartnerId) -> Result<Vec<Offer>>;

    /// Offers for an organization, the newest first.
    async fn offers_for(&self, organization: &OrganizationId) -> Result<Vec<Offer>>;

    /// Changes the state of an open one; gives whether it was open.
    async fn end_offer(&self, id: &str, state: OfferState, effects: &Effects) -> Result<bool>;
}

//! Private offers: a price that a partner makes to one organization.

use crate::billing::Interval;
use crate::json::FromJson;
use crate::money::Money;
use crate::{ListingId, Timestamp};
use serde::{Deserialize, Serialize};

/// State of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// Waits for an answer.
    Open,
    /// Accepted and paid.
    Accepted,
    /// Declined by the customer.
    Declined,
    /// Taken back by the partner.
    Withdrawn,
}

impl OfferState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Accepted, Self::Declined, Self::Withdrawn];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Accepted => "Accepted",
            Self::Declined => "Declined",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// Reads the wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct OfferView {
    /// Id.
    pub id: String,
    /// The listing.
    pub listing: ListingId,
    /// Its name.
    pub listing_name: String,
    /// Who offers it.
    pub partner_name: String,
    /// Whom it is for.
    pub organization: String,
    /// Their name.
    pub organization_name: String,
    /// The plan it gives.
    pub plan_name: String,
    /// What the partner says to it.
    pub message: String,
    /// What is paid each time, before tax.
    pub price: Money,
    /// How often.
    pub interval: Interval,
    /// How long it lasts, in months.
    pub months: u32,
    /// State; an open one whose time is over can't be accepted.
    pub state: OfferState,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// A plan that can be offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct OfferChoice {
    /// Listing and plan, as in `monitor.enterprise`.
    pub id: String,
    /// Their names.
    pub name: String,
}

/// Offers of a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct OfferList {
    /// Offers, the newest first.
    pub offers: Vec<OfferView>,
    /// Whether the viewer may make some.
    pub may_manage: bool,
    /// What can be offered.
    pub choices: Vec<OfferChoice>,
    /// Now.
    pub now: Timestamp,
}

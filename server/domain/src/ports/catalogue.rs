//! The catalogue: listings, releases, partners, demand, and the feed of changes that search follows.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::listing::{Certification, ListingCard};
use contract::manifest::Manifest;
use contract::money::Currency;
use contract::review::Rating;
use contract::{ListingId, OrganizationId, PartnerId, Timestamp, UserId};
use std::sync::Arc;

/// A partner as stored.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Slug.
    pub id: PartnerId,
    /// Display name.
    pub name: String,
    /// https address.
    pub homepage: String,
    /// One sentence.
    pub summary: String,
}

/// A listing with its current release.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Slug.
    pub id: ListingId,
    /// Its publisher.
    pub partner: Partner,
    /// The current release's manifest.
    pub manifest: Arc<Manifest>,
    /// The current release's README, markdown as published.
    pub readme: String,
    /// Hash of the icon, where there is one; part of its address.
    pub icon: Option<String>,
    /// Level, earned by rules.
    pub certification: Certification,
    /// Organizations that have it installed.
    pub installs: u32,
    /// Average of its reviews in thousandths of a star; see [`crate::review::average`].
    pub rating: u32,
    /// How many reviews there are.
    pub reviews: u32,
    /// How often it was asked for.
    pub requests: u32,
    /// How often it is looked at in four weeks, rounded down to a power of two: see [`crate::discovery::weigh`].
    pub looks: u32,
    /// When it first appeared.
    pub published_at: Timestamp,
    /// When the current release appeared.
    pub updated_at: Timestamp,
    /// Where it was taken from, for entries of catalogues that are kept elsewhere. Such a manifest states what the feed
    /// did; its support, price, licence and deployment mean nothing.
    pub feed: Option<FeedOrigin>,
}

impl Listing {
    /// The part that cards show.
    pub fn card(&self) -> ListingCard {
        ListingCard {
            id: self.id.clone(),
            name: self.manifest.name.clone(),
            summary: self.manifest.summary.clone(),
            partner_id: self.partner.id.clone(),
            partner_name: self.partner.name.clone(),
            icon: self.icon.as_ref().map(|hash| format!("/icons/{}.svg?v={hash}", self.id)),
            certification: self.certification,
            installable: self.manifest.connects(),
            category: self.manifest.categories.first().cloned().unwrap_or_default(),
            installs: self.installs,
            rating: Rating::of(self.rating, self.reviews),
            price: self.manifest.pricing.summary(Currency::USD),
        }
    }
}

/// Where an entry of a catalogue feed comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedOrigin {
    /// The catalogue; empty where the feed names none.
    pub source: String,
    /// The entry's id there.
    pub entry: String,
    /// Who lists it there, in the feed's words; may be empty.
    pub listed_by: String,
}

/// An entry of a catalogue feed about to be stored.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// What it states, as a manifest that can't be installed. Its partner is empty unless it is one we know.
    pub manifest: Manifest,
    /// Its description, markdown.
    pub readme: String,
    /// Where it comes from.
    pub origin: FeedOrigin,
    /// What the eye takes its id for; no two entries share one.
    pub skeleton: String,
    /// Hash of all that is stored of it.
    pub digest: String,
}

/// What storing an entry did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryOutcome {
    /// The listing is new.
    Added,
    /// It changed.
    Changed,
    /// It is as it was; nothing was written.
    Unchanged,
    /// It is not the feed's to change.
    Refused(Clash),
}

/// Why an entry is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Somebody publishes the listing here.
    Published,
    /// The id belongs to this entry, of the same or another source.
    OtherEntry(String),
    /// Somebody has it installed.
    Installed,
    /// The id could be taken for this one.
    LooksLike(ListingId),
}

/// A release about to be published.
#[derive(Clone, Debug)]
pub struct NewRelease {
    /// Its manifest, checked.
    pub manifest: Manifest,
    /// Its README, markdown.
    pub readme: String,
    /// Its icon, a checked SVG, and the icon's hash.
    pub icon: Option<(String, String)>,
    /// Level after the automated checks.
    pub certification: Certification,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// The listing is new.
    Added,
    /// The listing changed.
    Changed,
    /// Nothing differs from what is stored.
    Unchanged,
}

/// One step in the feed of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Rises without gaps that matter.
    pub sequence: i64,
    /// The listing that changed.
    pub listing: ListingId,
}

/// Repository of the catalogue.
#[async_trait]
pub trait Catalogue: Send + Sync {
    /// One listing.
    async fn listing(&self, id: &ListingId) -> Result<Option<Listing>>;

    /// All listings that are published here, so not those that feeds brought, by name.
    async fn listings(&self) -> Result<Vec<Listing>>;

    /// Listings by id, after the one that is named.
    async fn listings_after(&self, after: Option<&ListingId>, limit: u64) -> Result<Vec<Listing>>;

    /// These listings, as far as they exist, in any order.
    async fn listings_of(&self, ids: &[ListingId]) -> Result<Vec<Listing>>;

    /// Ids of the listings that are published here, so not of those that feeds brought.
    async fn published(&self) -> Result<Vec<ListingId>>;

    /// Stores entries of a catalogue feed and appends to the feed of changes, in one transaction; the outcomes are in the
    /// order of the entries. When nothing changes, nothing is written, and `effects` are not stored either.
    async fn put_entries(&self, entries: &[NewEntry], effects: &Effects, now: Timestamp) -> Result<Vec<EntryOutcome>>;

    /// A release that is or was current: its manifest.
    async fn release(&self, id: &ListingId, version: &str) -> Result<Option<Arc<Manifest>>>;

    /// Versions and dates of a listing's releases, newest first.
    async fn releases(&self, id: &ListingId) -> Result<Vec<(String, Timestamp)>>;

    /// The icon: SVG text.
    async fn icon(&self, id: &ListingId) -> Result<Option<String>>;

    /// One partner.
    async fn partner(&self, id: &PartnerId) -> Result<Option<Partner>>;

    /// All partners, by name.
    async fn partners(&self) -> Result<Vec<Partner>>;

    /// Adds or updates a partner.
    async fn put_partner(&self, partner: &Partner, effects: &Effects, now: Timestamp) -> Result<Published>;

    /// Publishes a release and appends to the feed, in one transaction. Idempotent. An entry of a catalogue feed with this
    /// id becomes the publisher's.
    async fn publish(&self, release: &NewRelease, effects: &Effects, now: Timestamp) -> Result<Published>;

    /// Stores that an organization asked for a listing; once each. `true` when it was new.
    async fn request(
        &self,
        id: &ListingId,
        organization: &OrganizationId,
        user: &UserId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;

    /// Whether an organization asked for a listing.
    async fn requested(&self, id: &ListingId, organization: &OrganizationId) -> Result<bool>;

    /// Listings that were asked for, most wanted first, with number and time of the last request.
    async fn demand(&self) -> Result<Vec<(ListingId, u32, Timestamp)>>;

    /// Sets how often these listings are looked at, and that all others are not. Gives how many of them that changed.
    async fn set_looks(&self, looks: &[(ListingId, u32)], now: Timestamp) -> Result<u64>;

    /// Changes after `sequence`, oldest first, at most `limit`.
    async fn changes_after(&self, sequence: i64, limit: u64) -> Result<Vec<Change>>;

    /// The newest sequence; 0 when nothing ever changed.
    async fn last_change(&self) -> Result<i64>;
}

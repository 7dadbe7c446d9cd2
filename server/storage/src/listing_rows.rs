//! From rows to listings: each with its current release, its publisher and, for entries of feeds, where it is from.

use crate::Database;
use crate::convert::{count, from_json};
use crate::entity::{feed_entry, listing, partner, release};
use crate::feed_entries::to_origin;
use contract::listing::Certification;
use contract::{ListingId, PartnerId, Timestamp};
use domain::ports::{Catalogue, FeedOrigin, Listing, Partner};
use domain::{Error, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) fn to_partner(row: partner::Model) -> Partner {
    Partner { id: PartnerId(row.id), name: row.name, homepage: row.homepage, summary: row.summary }
}

/// `publisher` is missing where nobody here publishes it: an entry of a feed then shows who lists it there.
pub(crate) fn to_listing(
    row: listing::Model,
    current: release::Model,
    publisher: Option<Partner>,
    feed: Option<feed_entry::Model>,
) -> Result<Listing> {
    let feed = feed.map(to_origin);
    let nobody = |origin: &FeedOrigin| Partner {
        id: PartnerId::default(),
        name: origin.listed_by.clone(),
        homepage: String::new(),
        summary: String::new(),
    };
    let unclaimed = feed.as_ref().filter(|_| row.partner_id.is_empty()).map(nobody);
    let partner = publisher.or(unclaimed).ok_or_else(|| Error::Corrupt(format!("partner of {} is missing", row.id)))?;
    let certification = Certification::parse(&row.certification)
        .ok_or_else(|| Error::Corrupt(format!("certification {:?} of {}", row.certification, row.id)))?;
    Ok(Listing {
        manifest: Arc::new(from_json(&current.manifest, &format!("manifest of {}", row.id))?),
        id: ListingId(row.id),
        partner,
        readme: current.readme,
        icon: row.icon_hash,
        certification,
        installs: count(row.installs),
        rating: count(row.rating),
        reviews: count(row.reviews),
        requests: count(row.requests),
        looks: count(row.looks),
        published_at: Timestamp(row.published_at),
        updated_at: Timestamp(row.updated_at),
        feed,
    })
}

impl Database {
    /// Listings with their current releases, in the order of the rows.
    pub(crate) async fn assemble(&self, rows: Vec<listing::Model>) -> Result<Vec<Listing>> {
        let ids = || rows.iter().map(|row| row.id.clone());
        let releases = release::Entity::find().filter(release::Column::ListingId.is_in(ids()));
        let releases = releases.all(&self.connection).await.map_err(Error::storage)?;
        let feeds = feed_entry::Entity::find().filter(feed_entry::Column::ListingId.is_in(ids()));
        let feeds = feeds.all(&self.connection).await.map_err(Error::storage)?;
        let mut feeds: HashMap<String, feed_entry::Model> =
            feeds.into_iter().map(|row| (row.listing_id.clone(), row)).collect();
        let partners: HashMap<String, Partner> =
            self.partners().await?.into_iter().map(|partner| (partner.id.0.clone(), partner)).collect();
        let mut releases: HashMap<(String, String), release::Model> =
            releases.into_iter().map(|row| ((row.listing_id.clone(), row.version.clone()), row)).collect();
        rows.into_iter()
            .map(|row| {
                let current = releases
                    .remove(&(row.id.clone(), row.version.clone()))
                    .ok_or_else(|| Error::Corrupt(format!("release {} of {} is missing", row.version, row.id)))?;
                let publisher = partners.get(&row.partner_id).cloned();
                let feed = feeds.remove(&row.id);
                to_listing(row, current, publisher, feed)
            })
            .collect()
    }
}

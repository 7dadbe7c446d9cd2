//! Listings, releases, partners, demand, and the feed of changes.

use crate::Database;
use crate::convert::{count, from_json, to_json};
use crate::effects::apply;
use crate::entity::{change, feed_entry, listing, listing_request, partner, release};
use crate::feed_entries;
use crate::listing_rows::{to_listing, to_partner};
use async_trait::async_trait;
use contract::manifest::Manifest;
use contract::{ListingId, OrganizationId, PartnerId, Timestamp, UserId};
use domain::ports::{Catalogue, Change, Effects, EntryOutcome, Listing, NewEntry, NewRelease, Partner, Published};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, TryInsertResult,
};
use std::collections::HashMap;
use std::sync::Arc;

/// Appends to the feed of changes, in the transaction of the change itself.
///
/// Whoever follows the feed remembers how far it got, so numbers must appear in their order. On PostgreSQL a transaction
/// with a lower number could commit after one with a higher: one appends at a time, until it commits. To keep this short
/// and free of deadlocks, appending is the last thing that a transaction locks.
pub(crate) async fn append_changes(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = &str>,
    now: Timestamp,
) -> Result<()> {
    if db.get_database_backend() == DatabaseBackend::Postgres {
        db.execute_unprepared("LOCK TABLE change IN SHARE ROW EXCLUSIVE MODE").await.map_err(Error::storage)?;
    }
    let rows = ids.into_iter().map(|id| change::ActiveModel {
        listing_id: Set(id.to_owned()),
        at: Set(now.0),
        ..Default::default()
    });
    change::Entity::insert_many(rows).exec(db).await.map_err(Error::storage)?;
    Ok(())
}

/// [`append_changes`] of one listing.
pub(crate) async fn append_change(db: &impl ConnectionTrait, id: &str, now: Timestamp) -> Result<()> {
    append_changes(db, [id], now).await
}

/// Listings assembled at once.
const STEP: usize = 1000;

/// Everything but what feeds brought.
fn published_here() -> SimpleExpr {
    let feeds = feed_entry::Entity::find().select_only().column(feed_entry::Column::ListingId).into_query();
    listing::Column::Id.not_in_subquery(feeds)
}

#[async_trait]
impl Catalogue for Database {
    async fn listing(&self, id: &ListingId) -> Result<Option<Listing>> {
        let db = &self.connection;
        let Some(row) = listing::Entity::find_by_id(&id.0).one(db).await.map_err(Error::storage)? else {
            return Ok(None);
        };
        let current = release::Entity::find_by_id((id.0.clone(), row.version.clone()));
        let current = current.one(db).await.map_err(Error::storage)?;
        let current = current.ok_or_else(|| Error::Corrupt(format!("release {} of {id} is missing", row.version)))?;
        let publisher = partner::Entity::find_by_id(&row.partner_id).one(db).await.map_err(Error::storage)?;
        let feed = feed_entry::Entity::find_by_id(&id.0).one(db).await.map_err(Error::storage)?;
        to_listing(row, current, publisher.map(to_partner), feed).map(Some)
    }

    async fn listings(&self) -> Result<Vec<Listing>> {
        let own = listing::Entity::find().filter(published_here()).order_by_asc(listing::Column::Name);
        let mut rows = own.all(&self.connection).await.map_err(Error::storage)?;
        let mut listings = Vec::with_capacity(rows.len());
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(STEP));
            listings.extend(self.assemble(std::mem::replace(&mut rows, rest)).await?);
        }
        Ok(listings)
    }

    async fn listings_after(&self, after: Option<&ListingId>, limit: u64) -> Result<Vec<Listing>> {
        let mut wanted = listing::Entity::find().order_by_asc(listing::Column::Id).limit(limit);
        if let Some(after) = after {
            wanted = wanted.filter(listing::Column::Id.gt(&after.0));
        }
        let rows = wanted.all(&self.connection).await.map_err(Error::storage)?;
        self.assemble(rows).await
    }

    async fn listings_of(&self, ids: &[ListingId]) -> Result<Vec<Listing>> {
        let wanted = listing::Entity::find().filter(listing::Column::Id.is_in(ids.iter().map(|id| id.0.clone())));
        self.assemble(wanted.all(&self.connection).await.map_err(Error::storage)?).await
    }

    async fn published(&self) -> Result<Vec<ListingId>> {
        let ids: Vec<String> = listing::Entity::find()
            .select_only()
            .column(listing::Column::Id)
            .filter(published_here())
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(ids.into_iter().map(ListingId).collect())
    }

    async fn put_entries(&self, entries: &[NewEntry], effects: &Effects, now: Timestamp) -> Result<Vec<EntryOutcome>> {
        feed_entries::put(self, entries, effects, now).await
    }

    async fn release(&self, id: &ListingId, version: &str) -> Result<Option<Arc<Manifest>>> {
        let row = release::Entity::find_by_id((id.0.clone(), version.to_owned())).one(&self.connection).await;
        row.map_err(Error::storage)?
            .map(|row| from_json(&row.manifest, &format!("manifest {version} of {id}")).map(Arc::new))
            .transpose()
    }

    async fn releases(&self, id: &ListingId) -> Result<Vec<(String, Timestamp)>> {
        let rows = release::Entity::find()
            .filter(release::Column::ListingId.eq(&id.0))
            .order_by_desc(release::Column::PublishedAt)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(|row| (row.version, Timestamp(row.published_at))).collect())
    }

    async fn icon(&self, id: &ListingId) -> Result<Option<String>> {
        let row = listing::Entity::find_by_id(&id.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.and_then(|row| row.icon))
    }

    async fn partner(&self, id: &PartnerId) -> Result<Option<Partner>> {
        let row = partner::Entity::find_by_id(&id.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.map(to_partner))
    }

    async fn partners(&self) -> Result<Vec<Partner>> {
        let rows = partner::Entity::find().order_by_asc(partner::Column::Name).all(&self.connection).await;
        Ok(rows.map_err(Error::storage)?.into_iter().map(to_partner).collect())
    }

    async fn put_partner(&self, new: &Partner, effects: &Effects, now: Timestamp) -> Result<Published> {
        let tx = self.begin().await?;
        let stored = partner::Entity::find_by_id(&new.id.0).one(&tx).await.map_err(Error::storage)?;
        let row = partner::ActiveModel {
            id: Set(new.id.0.clone()),
            name: Set(new.name.clone()),
            homepage: Set(new.homepage.clone()),
            summary: Set(new.summary.clone()),
            updated_at: Set(now.0),
        };
        let outcome = match stored {
            Some(stored) if to_partner(stored.clone()) == *new => Published::Unchanged,
            Some(_) => {
                partner::Entity::update(row).exec(&tx).await.map_err(Error::storage)?;
                let listings = listing::Entity::find().filter(listing::Column::PartnerId.eq(&new.id.0));
                for listing in listings.all(&tx).await.map_err(Error::storage)? {
                    append_change(&tx, &listing.id, now).await?;
                }
                Published::Changed
            }
            None => {
                partner::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
                Published::Added
            }
        };
        if outcome != Published::Unchanged {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(outcome)
    }

    async fn publish(&self, new: &NewRelease, effects: &Effects, now: Timestamp) -> Result<Published> {
        let tx = self.begin().await?;
        let id = &new.manifest.id;
        let manifest = to_json(&new.manifest, "manifest")?;
        // An entry of a feed becomes the publisher's. First of all, because imports lock these rows first.
        let claimed = feed_entry::Entity::delete_by_id(id).exec(&tx).await.map_err(Error::storage)?.rows_affected > 0;
        // Publishing the same twice at once is publishing it once: a partner's releases are published one by one.
        partner::Entity::find_by_id(&new.manifest.partner).lock_exclusive().one(&tx).await.map_err(Error::storage)?;
        let stored = listing::Entity::find_by_id(id).one(&tx).await.map_err(Error::storage)?;
        let key = (id.clone(), new.manifest.version.clone());
        let stored_release = release::Entity::find_by_id(key).one(&tx).await.map_err(Error::storage)?;
        let (icon_hash, icon) =
            new.icon.as_ref().map_or((None, None), |(svg, hash)| (Some(hash.clone()), Some(svg.clone())));
        if let (Some(stored), Some(stored_release)) = (&stored, &stored_release)
            && !claimed
            && stored.version == new.manifest.version
            && stored.certification == new.certification.as_str()
            && stored.icon_hash == icon_hash
            && stored_release.manifest == manifest
            && stored_release.readme == new.readme
        {
            return Ok(Published::Unchanged);
        }
        let row = release::ActiveModel {
            listing_id: Set(id.clone()),
            version: Set(new.manifest.version.clone()),
            manifest: Set(manifest),
            readme: Set(new.readme.clone()),
            published_at: Set(stored_release.as_ref().map_or(now.0, |release| release.published_at)),
        };
        match stored_release {
            Some(_) => release::Entity::update(row).exec(&tx).await.map(|_| ()),
            None => release::Entity::insert(row).exec(&tx).await.map(|_| ()),
        }
        .map_err(Error::storage)?;
        let row = listing::ActiveModel {
            id: Set(id.clone()),
            partner_id: Set(new.manifest.partner.clone()),
            name: Set(new.manifest.name.clone()),
            version: Set(new.manifest.version.clone()),
            certification: Set(new.certification.as_str().to_owned()),
            // Counted by others in the meantime, so never written back.
            installs: stored.as_ref().map_or(Set(0), |_| NotSet),
            requests: stored.as_ref().map_or(Set(0), |_| NotSet),
            icon_hash: Set(icon_hash),
            icon: Set(icon),
            published_at: Set(stored.as_ref().map_or(now.0, |listing| listing.published_at)),
            updated_at: Set(now.0),
            // Zero until there is a review; see `review_figures`.
            rating: NotSet,
            reviews: NotSet,
            // Counted once a day.
            looks: NotSet,
        };
        let outcome = if stored.is_some() {
            listing::Entity::update(row).exec(&tx).await.map_err(Error::storage)?;
            Published::Changed
        } else {
            listing::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
            Published::Added
        };
        append_change(&tx, id, now).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(outcome)
    }

    async fn request(
        &self,
        id: &ListingId,
        organization: &OrganizationId,
        user: &UserId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let row = listing_request::ActiveModel {
            listing_id: Set(id.0.clone()),
            organization_id: Set(organization.0.clone()),
            person_id: Set(user.0.clone()),
            at: Set(now.0),
        };
        let inserted = listing_request::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
        let new = matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_));
        if new {
            listing::Entity::update_many()
                .col_expr(listing::Column::Requests, Expr::col(listing::Column::Requests).add(1))
                .filter(listing::Column::Id.eq(&id.0))
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
            append_change(&tx, &id.0, now).await?;
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(new)
    }

    async fn requested(&self, id: &ListingId, organization: &OrganizationId) -> Result<bool> {
        let key = (id.0.clone(), organization.0.clone());
        let row = listing_request::Entity::find_by_id(key).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.is_some())
    }

    async fn demand(&self) -> Result<Vec<(ListingId, u32, Timestamp)>> {
        let rows: Vec<(String, i64, i64)> = listing_request::Entity::find()
            .select_only()
            .column(listing_request::Column::ListingId)
            .column_as(listing_request::Column::OrganizationId.count(), "number")
            .column_as(listing_request::Column::At.max(), "last")
            .group_by(listing_request::Column::ListingId)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let mut demand: Vec<_> =
            rows.into_iter().map(|(id, number, last)| (ListingId(id), count(number), Timestamp(last))).collect();
        demand.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.cmp(&a.2)).then(a.0.cmp(&b.0)));
        Ok(demand)
    }

    async fn set_looks(&self, looks: &[(ListingId, u32)], now: Timestamp) -> Result<u64> {
        let wanted: HashMap<&str, i64> = looks.iter().map(|(id, number)| (id.as_str(), i64::from(*number))).collect();
        let tx = self.begin().await?;
        let known: Vec<(String, i64)> = listing::Entity::find()
            .select_only()
            .columns([listing::Column::Id, listing::Column::Looks])
            .filter(listing::Column::Looks.gt(0).or(listing::Column::Id.is_in(wanted.keys().copied())))
            .order_by_asc(listing::Column::Id)
            .into_tuple()
            .all(&tx)
            .await
            .map_err(Error::storage)?;
        let now_is = |id: &str| wanted.get(id).copied().unwrap_or_default();
        let changed: Vec<String> =
            known.into_iter().filter(|(id, before)| now_is(id) != *before).map(|(id, _)| id).collect();
        for id in &changed {
            listing::Entity::update_many()
                .col_expr(listing::Column::Looks, Expr::value(now_is(id)))
                .filter(listing::Column::Id.eq(id))
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
        }
        if !changed.is_empty() {
            append_changes(&tx, changed.iter().map(String::as_str), now).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(changed.len() as u64)
    }

    async fn changes_after(&self, sequence: i64, limit: u64) -> Result<Vec<Change>> {
        let rows = change::Entity::find()
            .filter(change::Column::Sequence.gt(sequence))
            .order_by_asc(change::Column::Sequence)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(|row| Change { sequence: row.sequence, listing: ListingId(row.listing_id) }).collect())
    }

    async fn last_change(&self) -> Result<i64> {
        let row = change::Entity::find().order_by_desc(change::Column::Sequence).one(&self.connection).await;
        Ok(row.map_err(Error::storage)?.map_or(0, |row| row.sequence))
    }
}

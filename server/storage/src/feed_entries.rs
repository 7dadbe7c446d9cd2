//! Storing entries of catalogue feeds: what stands in their way, and the rows of a batch in one transaction.

use crate::Database;
use crate::catalogue::append_changes;
use crate::convert::to_json;
use crate::effects::apply;
use crate::entity::{feed_entry, installation, listing, release};
use contract::listing::Certification;
use contract::{ListingId, Timestamp};
use domain::ports::{Clash, Effects, EntryOutcome, FeedOrigin, NewEntry};
use domain::{Error, Result};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait,
    QueryFilter, QuerySelect,
};
use std::collections::{HashMap, HashSet};

/// The feed that a row stands for.
pub(crate) fn to_origin(row: feed_entry::Model) -> FeedOrigin {
    FeedOrigin { source: row.source, entry: row.entry_id, listed_by: row.listed_by }
}

/// An entry's whole id, for people.
fn full_id(row: &feed_entry::Model) -> String {
    if row.source.is_empty() { row.entry_id.clone() } else { format!("{}/{}", row.source, row.entry_id) }
}

/// What is there already of a batch.
struct Standing {
    entries: HashMap<String, feed_entry::Model>,
    by_skeleton: HashMap<String, String>,
    listings: HashSet<String>,
    installed: HashSet<String>,
}

impl Standing {
    async fn of(tx: &DatabaseTransaction, batch: &[NewEntry]) -> Result<Self> {
        let ids: Vec<&str> = batch.iter().map(|it| it.manifest.id.as_str()).collect();
        let skeletons = batch.iter().map(|it| it.skeleton.as_str());
        let known = Condition::any()
            .add(feed_entry::Column::ListingId.is_in(ids.iter().copied()))
            .add(feed_entry::Column::Skeleton.is_in(skeletons));
        let known = feed_entry::Entity::find().filter(known).all(tx).await.map_err(Error::storage)?;
        let listings: Vec<String> = listing::Entity::find()
            .select_only()
            .column(listing::Column::Id)
            .filter(listing::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(tx)
            .await
            .map_err(Error::storage)?;
        let installed: Vec<String> = installation::Entity::find()
            .select_only()
            .column(installation::Column::ListingId)
            .distinct()
            .filter(installation::Column::ListingId.is_in(ids))
            .into_tuple()
            .all(tx)
            .await
            .map_err(Error::storage)?;
        Ok(Self {
            by_skeleton: known.iter().map(|row| (row.skeleton.clone(), row.listing_id.clone())).collect(),
            entries: known.into_iter().map(|row| (row.listing_id.clone(), row)).collect(),
            listings: listings.into_iter().collect(),
            installed: installed.into_iter().collect(),
        })
    }

    fn judge(&self, new: &NewEntry) -> EntryOutcome {
        let id = &new.manifest.id;
        if self.installed.contains(id) {
            return EntryOutcome::Refused(Clash::Installed);
        }
        match self.entries.get(id) {
            Some(row) if row.source != new.origin.source || row.entry_id != new.origin.entry => {
                EntryOutcome::Refused(Clash::OtherEntry(full_id(row)))
            }
            Some(row) if row.digest == new.digest => EntryOutcome::Unchanged,
            Some(_) => EntryOutcome::Changed,
            None if self.listings.contains(id) => EntryOutcome::Refused(Clash::Published),
            None => match self.by_skeleton.get(&new.skeleton) {
                Some(other) => EntryOutcome::Refused(Clash::LooksLike(ListingId(other.clone()))),
                None => EntryOutcome::Added,
            },
        }
    }
}

/// Stores a batch whose ids and skeletons are all different. See [`domain::ports::Catalogue::put_entries`].
pub(crate) async fn put(
    db: &Database,
    batch: &[NewEntry],
    effects: &Effects,
    now: Timestamp,
) -> Result<Vec<EntryOutcome>> {
    let tx = db.begin().await?;
    // One import at a time decides what there is and writes; publishing such a listing waits too.
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        tx.execute_unprepared("LOCK TABLE feed_entry IN SHARE ROW EXCLUSIVE MODE").await.map_err(Error::storage)?;
    }
    let standing = Standing::of(&tx, batch).await?;
    let outcomes: Vec<EntryOutcome> = batch.iter().map(|new| standing.judge(new)).collect();
    let writes = |outcome: &EntryOutcome| matches!(outcome, EntryOutcome::Added | EntryOutcome::Changed);
    let written: Vec<&NewEntry> =
        batch.iter().zip(&outcomes).filter(|(_, outcome)| writes(outcome)).map(|(new, _)| new).collect();
    if written.is_empty() {
        return Ok(outcomes);
    }
    put_rows(&tx, &written, now).await?;
    append_changes(&tx, written.iter().map(|new| new.manifest.id.as_str()), now).await?;
    apply(&tx, effects).await?;
    tx.commit().await.map_err(Error::storage)?;
    Ok(outcomes)
}

async fn put_rows(tx: &DatabaseTransaction, written: &[&NewEntry], now: Timestamp) -> Result<()> {
    let entries = written.iter().map(|new| feed_entry::ActiveModel {
        listing_id: Set(new.manifest.id.clone()),
        source: Set(new.origin.source.clone()),
        entry_id: Set(new.origin.entry.clone()),
        listed_by: Set(new.origin.listed_by.clone()),
        skeleton: Set(new.skeleton.clone()),
        digest: Set(new.digest.clone()),
    });
    let replace = OnConflict::column(feed_entry::Column::ListingId)
        .update_columns([feed_entry::Column::ListedBy, feed_entry::Column::Digest])
        .to_owned();
    feed_entry::Entity::insert_many(entries).on_conflict(replace).exec(tx).await.map_err(Error::storage)?;

    let mut releases = Vec::with_capacity(written.len());
    for new in written {
        releases.push(release::ActiveModel {
            listing_id: Set(new.manifest.id.clone()),
            version: Set(new.manifest.version.clone()),
            manifest: Set(to_json(&new.manifest, "manifest")?),
            readme: Set(new.readme.clone()),
            published_at: Set(now.0),
        });
    }
    let replace = OnConflict::columns([release::Column::ListingId, release::Column::Version])
        .update_columns([release::Column::Manifest, release::Column::Readme])
        .to_owned();
    release::Entity::insert_many(releases).on_conflict(replace).exec(tx).await.map_err(Error::storage)?;

    let listings = written.iter().map(|new| listing::ActiveModel {
        id: Set(new.manifest.id.clone()),
        partner_id: Set(new.manifest.partner.clone()),
        name: Set(new.manifest.name.clone()),
        version: Set(new.manifest.version.clone()),
        certification: Set(Certification::None.as_str().to_owned()),
        installs: Set(0),
        requests: Set(0),
        looks: Set(0),
        icon_hash: Set(None),
        icon: Set(None),
        published_at: Set(now.0),
        updated_at: Set(now.0),
        rating: Set(0),
        reviews: Set(0),
    });
    // What others count, and when it first appeared, stays.
    let replace = OnConflict::column(listing::Column::Id)
        .update_columns([
            listing::Column::PartnerId,
            listing::Column::Name,
            listing::Column::Version,
            listing::Column::UpdatedAt,
        ])
        .to_owned();
    listing::Entity::insert_many(listings).on_conflict(replace).exec(tx).await.map_err(Error::storage)?;
    Ok(())
}

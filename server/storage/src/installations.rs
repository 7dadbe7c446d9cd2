//! Installations with their checks, probes and events.

use crate::Database;
use crate::arrivals::store;
use crate::catalogue::append_change;
use crate::convert::{count, to_json};
use crate::effects::apply;
use crate::entity::{connection_check, event, installation, listing, person, probe, raw_payload, rejection};
use crate::installation_rows::{from_installation, to_check, to_event, to_installation, to_probe};
use async_trait::async_trait;
use contract::install::{CheckView, ConnectionState, EventView};
use contract::{EventId, InstallationId, ListingId, OrganizationId, Timestamp};
use domain::ports::{Arrival, Effects, Installation, Installations, NewCheck, ProbeRecord, Stored};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

const GONE: &str = ConnectionState::Uninstalled.as_str();

/// Counts the organizations that run a listing and tells search, when that number changed. One counts at a time, or two
/// that begin in the same moment would not see each other.
pub(crate) async fn recount(db: &impl ConnectionTrait, id: &ListingId, now: Timestamp) -> Result<()> {
    listing::Entity::find_by_id(&id.0).lock_exclusive().one(db).await.map_err(Error::storage)?;
    let organizations: Vec<String> = installation::Entity::find()
        .select_only()
        .column(installation::Column::OrganizationId)
        .distinct()
        .filter(installation::Column::ListingId.eq(&id.0))
        .filter(installation::Column::State.is_not_in([GONE, ConnectionState::Setup.as_str()]))
        .into_tuple()
        .all(db)
        .await
        .map_err(Error::storage)?;
    let installs = i64::try_from(organizations.len()).unwrap_or(i64::MAX);
    let changed = listing::Entity::update_many()
        .col_expr(listing::Column::Installs, Expr::value(installs))
        .filter(listing::Column::Id.eq(&id.0))
        .filter(listing::Column::Installs.ne(installs))
        .exec(db)
        .await
        .map_err(Error::storage)?;
    if changed.rows_affected > 0 {
        append_change(db, &id.0, now).await?;
    }
    Ok(())
}

impl Database {
    async fn with_names(&self, rows: Vec<installation::Model>) -> Result<Vec<Installation>> {
        let ids: Vec<String> = rows.iter().map(|row| row.created_by.clone()).collect();
        let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(&self.connection).await;
        let names: HashMap<String, String> =
            people.map_err(Error::storage)?.into_iter().map(|row| (row.id, row.name)).collect();
        rows.into_iter()
            .map(|row| {
                let name = names.get(&row.created_by).cloned().unwrap_or_default();
                to_installation(row, name)
            })
            .collect()
    }

    /// Whether the installation belongs to the tenant: the guard in front of every finder below it.
    async fn owns(&self, organization: &OrganizationId, id: &InstallationId) -> Result<bool> {
        let number = installation::Entity::find_by_id(&id.0)
            .filter(installation::Column::OrganizationId.eq(&organization.0))
            .count(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(number == 1)
    }
}

#[async_trait]
impl Installations for Database {
    async fn create(&self, new: &Installation, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        installation::Entity::insert(from_installation(new)?).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn find(&self, organization: &OrganizationId, id: &InstallationId) -> Result<Option<Installation>> {
        let rows = installation::Entity::find_by_id(&id.0)
            .filter(installation::Column::OrganizationId.eq(&organization.0))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(self.with_names(rows).await?.pop())
    }

    async fn find_by_token(&self, token_hash: &str) -> Result<Option<Installation>> {
        let rows = installation::Entity::find()
            .filter(installation::Column::TokenHash.eq(token_hash))
            .filter(installation::Column::State.ne(GONE))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(self.with_names(rows).await?.pop())
    }

    async fn list(&self, organization: &OrganizationId) -> Result<Vec<Installation>> {
        let rows = installation::Entity::find()
            .filter(installation::Column::OrganizationId.eq(&organization.0))
            .filter(installation::Column::State.ne(GONE))
            .order_by_desc(installation::Column::CreatedAt)
            .order_by_desc(installation::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.with_names(rows).await
    }

    async fn of_listing(&self, organization: &OrganizationId, listing: &ListingId) -> Result<Vec<InstallationId>> {
        let rows = installation::Entity::find()
            .filter(installation::Column::OrganizationId.eq(&organization.0))
            .filter(installation::Column::ListingId.eq(&listing.0))
            .filter(installation::Column::State.ne(GONE))
            .order_by_desc(installation::Column::CreatedAt)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(|row| InstallationId(row.id)).collect())
    }

    async fn organizations_of(&self, listing: &ListingId) -> Result<Vec<OrganizationId>> {
        let ids: Vec<String> = installation::Entity::find()
            .select_only()
            .column(installation::Column::OrganizationId)
            .distinct()
            .filter(installation::Column::ListingId.eq(&listing.0))
            .filter(installation::Column::State.ne(GONE))
            .order_by_asc(installation::Column::OrganizationId)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(ids.into_iter().map(OrganizationId).collect())
    }

    async fn update(&self, it: &Installation, effects: &Effects, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let changed = installation::Entity::update_many()
            .set(installation::ActiveModel {
                state: Set(it.state.as_str().to_owned()),
                config: Set(to_json(&it.config, "configuration")?),
                sealed: Set(it.sealed.clone()),
                connected: Set(it.connected),
                first_proof_at: Set(it.first_proof_at.map(|at| at.0)),
                version: Set(it.version.clone()),
                revision: Set(it.revision + 1),
                uninstalled_at: Set((it.state == ConnectionState::Uninstalled).then_some(now.0)),
                ..Default::default()
            })
            .filter(installation::Column::Id.eq(&it.id.0))
            .filter(installation::Column::OrganizationId.eq(&it.organization.0))
            .filter(installation::Column::Revision.eq(it.revision))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        recount(&tx, &it.listing, now).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn record_check(&self, id: &InstallationId, check: &NewCheck) -> Result<()> {
        let row = connection_check::ActiveModel {
            id: Set(check.id.0.clone()),
            installation_id: Set(id.0.clone()),
            kind: Set(check.kind.clone()),
            capability: Set(check.capability.clone()),
            report: Set(to_json(&check.report, "report")?),
            at: Set(check.at.0),
        };
        connection_check::Entity::insert(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn checks(&self, organization: &OrganizationId, id: &InstallationId, limit: u64) -> Result<Vec<CheckView>> {
        if !self.owns(organization, id).await? {
            return Ok(Vec::new());
        }
        let rows = connection_check::Entity::find()
            .filter(connection_check::Column::InstallationId.eq(&id.0))
            .order_by_desc(connection_check::Column::At)
            .order_by_desc(connection_check::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.iter().map(to_check).collect()
    }

    async fn create_probe(&self, id: &InstallationId, new: &ProbeRecord) -> Result<()> {
        let row = probe::ActiveModel {
            id: Set(new.id.0.clone()),
            installation_id: Set(id.0.clone()),
            capability: Set(new.capability.clone()),
            sent_at: Set(new.sent_at.0),
            arrived_at: Set(new.arrived_at.map(|at| at.0)),
        };
        probe::Entity::insert(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn probes(&self, organization: &OrganizationId, id: &InstallationId, limit: u64) -> Result<Vec<ProbeRecord>> {
        if !self.owns(organization, id).await? {
            return Ok(Vec::new());
        }
        let rows = probe::Entity::find()
            .filter(probe::Column::InstallationId.eq(&id.0))
            .order_by_desc(probe::Column::SentAt)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(to_probe).collect())
    }

    async fn store_arrival(&self, owner: &Installation, arrival: &Arrival, woken: &Effects) -> Result<Stored> {
        store(self, owner, arrival, woken).await
    }

    async fn events(&self, organization: &OrganizationId, id: &InstallationId, limit: u64) -> Result<Vec<EventView>> {
        let rows = event::Entity::find()
            .filter(event::Column::OrganizationId.eq(&organization.0))
            .filter(event::Column::InstallationId.eq(&id.0))
            .order_by_desc(event::Column::Sequence)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_event).collect()
    }

    async fn events_after(
        &self,
        organization: &OrganizationId,
        id: &InstallationId,
        sequence: i64,
        limit: u64,
    ) -> Result<Vec<EventView>> {
        let rows = event::Entity::find()
            .filter(event::Column::OrganizationId.eq(&organization.0))
            .filter(event::Column::InstallationId.eq(&id.0))
            .filter(event::Column::Sequence.gt(sequence))
            .order_by_asc(event::Column::Sequence)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_event).collect()
    }

    async fn event(&self, organization: &OrganizationId, id: &EventId) -> Result<Option<EventView>> {
        let row = event::Entity::find()
            .filter(event::Column::OrganizationId.eq(&organization.0))
            .filter(event::Column::Id.eq(&id.0))
            .one(&self.connection)
            .await
            .map_err(Error::storage)?;
        row.map(to_event).transpose()
    }

    async fn record_rejection(&self, id: &InstallationId, reason: &str, now: Timestamp) -> Result<()> {
        let row = rejection::ActiveModel {
            id: NotSet,
            installation_id: Set(id.0.clone()),
            reason: Set(reason.to_owned()),
            at: Set(now.0),
        };
        rejection::Entity::insert(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn rejections_since(&self, id: &InstallationId, since: Timestamp) -> Result<u32> {
        let refused = rejection::Entity::find()
            .filter(rejection::Column::InstallationId.eq(&id.0))
            .filter(rejection::Column::At.gte(since.0))
            .count(&self.connection)
            .await
            .map_err(Error::storage)?;
        let unmapped = raw_payload::Entity::find()
            .filter(raw_payload::Column::InstallationId.eq(&id.0))
            .filter(raw_payload::Column::Problem.is_not_null())
            .filter(raw_payload::Column::At.gte(since.0))
            .count(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(u32::try_from(refused + unmapped).unwrap_or(u32::MAX))
    }

    async fn purge_raw(&self, before: Timestamp) -> Result<u64> {
        let db = &self.connection;
        let raw = raw_payload::Entity::delete_many().filter(raw_payload::Column::At.lt(before.0)).exec(db).await;
        let refused = rejection::Entity::delete_many().filter(rejection::Column::At.lt(before.0)).exec(db).await;
        Ok(raw.map_err(Error::storage)?.rows_affected + refused.map_err(Error::storage)?.rows_affected)
    }

    async fn proven_by_listing(&self) -> Result<Vec<(ListingId, u32)>> {
        let rows: Vec<(String, i64)> = installation::Entity::find()
            .select_only()
            .column(installation::Column::ListingId)
            .column_as(installation::Column::Id.count(), "number")
            .filter(installation::Column::FirstProofAt.is_not_null())
            .filter(installation::Column::State.ne(GONE))
            .group_by(installation::Column::ListingId)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(|(id, number)| (ListingId(id), count(number))).collect())
    }
}

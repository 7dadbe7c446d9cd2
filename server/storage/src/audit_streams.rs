//! Streams of the audit trail.

use crate::Database;
use crate::convert::count;
use crate::effects::{apply, conclude, locked_head};
use crate::entity::audit_stream::{ActiveModel, Column, Entity, Model};
use async_trait::async_trait;
use contract::{OrganizationId, Timestamp};
use domain::ports::{AuditStream, AuditStreams, Effects};
use domain::{Error, Result};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

fn to_stream(row: Model) -> AuditStream {
    AuditStream {
        organization: OrganizationId(row.organization_id),
        address: row.address,
        hint: row.hint,
        sealed: row.sealed,
        set_at: Timestamp(row.set_at),
        delivered: row.delivered,
        delivered_at: row.delivered_at.map(Timestamp),
        failures: count(row.failures),
        failing_since: row.failing_since.map(Timestamp),
        next_try_at: row.next_try_at.map(Timestamp),
        last_error: row.last_error,
        paused_at: row.paused_at.map(Timestamp),
        revision: row.revision,
    }
}

/// The columns that say how it stands.
fn standing(it: &AuditStream) -> ActiveModel {
    ActiveModel {
        delivered: Set(it.delivered),
        delivered_at: Set(it.delivered_at.map(|at| at.0)),
        failures: Set(i64::from(it.failures)),
        failing_since: Set(it.failing_since.map(|at| at.0)),
        next_try_at: Set(it.next_try_at.map(|at| at.0)),
        last_error: Set(it.last_error.clone()),
        paused_at: Set(it.paused_at.map(|at| at.0)),
        revision: Set(it.revision + 1),
        ..Default::default()
    }
}

#[async_trait]
impl AuditStreams for Database {
    async fn stream(&self, organization: &OrganizationId) -> Result<Option<AuditStream>> {
        let row = Entity::find_by_id(&organization.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.map(to_stream))
    }

    async fn put_stream(&self, stream: &AuditStream, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        // The stream is locked before the chain, here as when it is changed. Nothing is recorded between the end of the
        // chain and the effects; and who else has put a stream meanwhile is seen after the wait for the chain only.
        let row = || Entity::find_by_id(&stream.organization.0);
        row().lock_exclusive().one(&tx).await.map_err(Error::storage)?;
        let (end, _) = locked_head(&tx, stream.organization.as_str()).await?;
        let before = row().one(&tx).await.map_err(Error::storage)?;
        let present = AuditStream {
            delivered: before.as_ref().map_or(end, |row| row.delivered),
            delivered_at: before.as_ref().and_then(|row| row.delivered_at.map(Timestamp)),
            // Not from 0: a worker that still holds an earlier stream of this organization must not mistake this for it.
            revision: before.as_ref().map_or(stream.set_at.0, |row| row.revision),
            ..stream.clone()
        };
        let row = ActiveModel {
            organization_id: Set(stream.organization.0.clone()),
            address: Set(stream.address.clone()),
            hint: Set(stream.hint.clone()),
            sealed: Set(stream.sealed.clone()),
            set_at: Set(stream.set_at.0),
            ..standing(&present)
        };
        if before.is_some() {
            Entity::update(row).exec(&tx).await.map_err(Error::storage)?;
        } else {
            Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn change_stream(&self, stream: &AuditStream, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let changed = Entity::update_many()
            .set(standing(stream))
            .filter(Column::OrganizationId.eq(&stream.organization.0))
            .filter(Column::Revision.eq(stream.revision))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        conclude(tx, changed.rows_affected, effects).await
    }

    async fn remove_stream(&self, organization: &OrganizationId, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let removed = Entity::delete_by_id(&organization.0).exec(&tx).await.map_err(Error::storage)?;
        conclude(tx, removed.rows_affected, effects).await
    }

    async fn active_streams(&self) -> Result<Vec<OrganizationId>> {
        let ids: Vec<String> = Entity::find()
            .select_only()
            .column(Column::OrganizationId)
            .filter(Column::PausedAt.is_null())
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(ids.into_iter().map(OrganizationId).collect())
    }
}

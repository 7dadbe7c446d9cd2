//! The durable queue: `FOR UPDATE SKIP LOCKED` on PostgreSQL, an immediate transaction on SQLite.

use crate::Database;
use crate::convert::{count, from_json, to_json};
use crate::entity::job;
use async_trait::async_trait;
use contract::Timestamp;
use domain::ports::{Job, Queue};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    TransactionTrait as _,
};
use serde_json::Value;

/// Adds a job unless one with this kind and key is open.
pub(crate) async fn enqueue(
    tx: &DatabaseTransaction,
    kind: &str,
    key: &str,
    payload: &Value,
    run_at: Timestamp,
) -> Result<()> {
    let open = job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Key.eq(key))
        .filter(job::Column::Dead.eq(false))
        .one(tx)
        .await
        .map_err(Error::storage)?;
    if open.is_some() {
        return Ok(());
    }
    let row = job::ActiveModel {
        id: NotSet,
        kind: Set(kind.to_owned()),
        key: Set(key.to_owned()),
        payload: Set(to_json(payload, "job")?),
        attempts: Set(0),
        run_at: Set(run_at.0),
        leased_until: Set(None),
        leased_by: Set(None),
        last_error: Set(None),
        dead: Set(false),
    };
    let nested = tx.begin().await.map_err(Error::storage)?;
    match job::Entity::insert(row).exec(&nested).await {
        Ok(_) => nested.commit().await.map_err(Error::storage),
        // Somebody else was faster: the partial unique index keeps one open job per kind and key.
        Err(error) if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => Ok(()),
        Err(error) => Err(Error::storage(error)),
    }
}

#[async_trait]
impl Queue for Database {
    async fn enqueue(&self, kind: &str, key: &str, payload: &Value, run_at: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        enqueue(&tx, kind, key, payload, run_at).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn claim(&self, worker: &str, now: Timestamp, lease_ms: i64) -> Result<Option<Job>> {
        let tx = self.begin().await?;
        let free = Condition::any().add(job::Column::LeasedUntil.is_null()).add(job::Column::LeasedUntil.lte(now.0));
        let mut due = job::Entity::find()
            .filter(job::Column::Dead.eq(false))
            .filter(job::Column::RunAt.lte(now.0))
            .filter(free)
            .order_by_asc(job::Column::RunAt)
            .order_by_asc(job::Column::Id);
        if self.is_postgres() {
            due = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        }
        let Some(row) = due.one(&tx).await.map_err(Error::storage)? else {
            return Ok(None);
        };
        job::Entity::update(job::ActiveModel {
            id: Set(row.id),
            attempts: Set(row.attempts + 1),
            leased_until: Set(Some(now.0 + lease_ms)),
            leased_by: Set(Some(worker.to_owned())),
            ..Default::default()
        })
        .exec(&tx)
        .await
        .map_err(Error::storage)?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(Some(Job {
            id: row.id,
            payload: from_json(&row.payload, "job")?,
            kind: row.kind,
            key: row.key,
            attempt: count(row.attempts + 1),
        }))
    }

    async fn complete(&self, id: i64) -> Result<()> {
        job::Entity::delete_by_id(id).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn reschedule(&self, id: i64, run_at: Timestamp, error: Option<&str>) -> Result<()> {
        let mut change = job::Entity::update_many()
            .col_expr(job::Column::RunAt, Expr::value(run_at.0))
            .col_expr(job::Column::LeasedUntil, Expr::value(None::<i64>))
            .col_expr(job::Column::LastError, Expr::value(error.map(ToOwned::to_owned)));
        if error.is_none() {
            change = change.col_expr(job::Column::Attempts, Expr::value(0i64));
        }
        change.filter(job::Column::Id.eq(id)).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn dead_letter(&self, id: i64, error: &str) -> Result<()> {
        job::Entity::update_many()
            .col_expr(job::Column::Dead, Expr::value(true))
            .col_expr(job::Column::LastError, Expr::value(error))
            .filter(job::Column::Id.eq(id))
            .exec(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(())
    }

    async fn cancel(&self, kind: &str, key: &str) -> Result<()> {
        job::Entity::delete_many()
            .filter(job::Column::Kind.eq(kind))
            .filter(job::Column::Key.eq(key))
            .filter(job::Column::Dead.eq(false))
            .exec(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(())
    }
}

//! What is used of metered plans, by subscription, hour and unit.

use crate::Database;
use crate::entity::metered_usage::{ActiveModel, Column, Entity, Model};
use async_trait::async_trait;
use contract::Timestamp;
use contract::pricing::MeterUnit;
use domain::ports::{Metered, Metering, UsageOfHour};
use domain::{Error, Result};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

fn counted(row: Model) -> Result<UsageOfHour> {
    let unit = MeterUnit::parse(&row.unit).ok_or_else(|| Error::Corrupt(format!("there is no unit {:?}", row.unit)))?;
    Ok(UsageOfHour {
        at: Metered { subscription: row.subscription, hour: Timestamp(row.hour), unit },
        quantity: row.quantity,
        reported: row.reported,
        sending: row.sending.zip(row.sending_at.map(Timestamp)),
        reports: row.reports,
    })
}

fn key(at: &Metered) -> (String, i64, String) {
    (at.subscription.clone(), at.hour.0, at.unit.as_str().to_owned())
}

/// One row, which nobody else changes until the transaction ends.
async fn locked(tx: &DatabaseTransaction, at: &Metered) -> Result<Option<Model>> {
    Entity::find_by_id(key(at)).lock_exclusive().one(tx).await.map_err(Error::storage)
}

/// Stores a row as it is now, open as long as something is left to report.
async fn put(tx: &DatabaseTransaction, row: Model) -> Result<()> {
    let row = Model { open: row.sending.is_some() || row.quantity != row.reported, ..row };
    row.into_active_model().reset_all().update(tx).await.map(|_| ()).map_err(Error::storage)
}

/// Adds to what was counted, in the transaction of what is counted.
pub(crate) async fn count(tx: &DatabaseTransaction, at: &Metered, by: i64) -> Result<()> {
    if by == 0 {
        return Ok(());
    }
    let fresh = ActiveModel {
        subscription: Set(at.subscription.clone()),
        hour: Set(at.hour.0),
        unit: Set(at.unit.as_str().to_owned()),
        quantity: Set(0),
        reported: Set(0),
        sending: Set(None),
        sending_at: Set(None),
        reports: Set(0),
        open: Set(false),
    };
    Entity::insert(fresh).on_conflict_do_nothing().exec(tx).await.map_err(Error::storage)?;
    let row = locked(tx, at).await?.ok_or_else(|| Error::Corrupt(format!("{at:?} is gone")))?;
    put(tx, Model { quantity: row.quantity.saturating_add(by).max(0), ..row }).await
}

fn span(subscription: &str, unit: MeterUnit, from: Timestamp, until: Timestamp) -> Condition {
    Condition::all()
        .add(Column::Subscription.eq(subscription))
        .add(Column::Hour.gte(from.0))
        .add(Column::Hour.lt(until.0))
        .add(Column::Unit.eq(unit.as_str()))
}

#[async_trait]
impl Metering for Database {
    async fn count(&self, at: &Metered, by: i64) -> Result<()> {
        let tx = self.begin().await?;
        count(&tx, at, by).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn used(&self, subscription: &str, unit: MeterUnit, from: Timestamp, until: Timestamp) -> Result<i64> {
        let hours = self.used_by_hour(subscription, unit, from, until).await?;
        Ok(hours.into_iter().fold(0, |sum, (_, quantity)| sum.saturating_add(quantity)))
    }

    async fn used_by_hour(
        &self,
        subscription: &str,
        unit: MeterUnit,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(Timestamp, i64)>> {
        let rows: Vec<(i64, i64)> = Entity::find()
            .select_only()
            .column(Column::Hour)
            .column(Column::Quantity)
            .filter(span(subscription, unit, from, until))
            .order_by_asc(Column::Hour)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(|(hour, quantity)| (Timestamp(hour), quantity)).collect())
    }

    async fn unreported(&self, skip: u64, limit: u64) -> Result<Vec<UsageOfHour>> {
        let rows = Entity::find()
            .filter(Column::Open.eq(true))
            .order_by_asc(Column::Hour)
            .order_by_asc(Column::Subscription)
            .order_by_asc(Column::Unit)
            .offset(skip)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(counted).collect()
    }

    async fn begin_report(&self, at: &Metered, now: Timestamp) -> Result<Option<UsageOfHour>> {
        let tx = self.begin().await?;
        let Some(mut row) = locked(&tx, at).await? else { return Ok(None) };
        if row.sending.is_none() {
            if row.quantity == row.reported {
                return Ok(None);
            }
            (row.sending, row.sending_at) = (Some(row.quantity), Some(now.0));
            put(&tx, row.clone()).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        counted(row).map(Some)
    }

    async fn reported(&self, it: &UsageOfHour) -> Result<()> {
        let Some((quantity, _)) = it.sending else { return Ok(()) };
        let tx = self.begin().await?;
        let Some(row) = locked(&tx, &it.at).await? else { return Ok(()) };
        // Another worker may have been faster.
        if row.reports != it.reports {
            return Ok(());
        }
        let reports = row.reports + 1;
        put(&tx, Model { reported: quantity, sending: None, sending_at: None, reports, ..row }).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn reported_of(
        &self,
        subscriptions: &[String],
        unit: MeterUnit,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<i64> {
        let rows: Vec<i64> = Entity::find()
            .select_only()
            .column(Column::Reported)
            .filter(Column::Subscription.is_in(subscriptions))
            .filter(Column::Hour.gte(from.0))
            .filter(Column::Hour.lt(until.0))
            .filter(Column::Unit.eq(unit.as_str()))
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().sum())
    }
}

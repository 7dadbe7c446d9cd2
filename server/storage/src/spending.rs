//! Caps, budgets, and what people were told once.

use crate::Database;
use crate::billing::{kept, locked, put};
use crate::effects::apply;
use crate::entity::{budget, subscription, told_once, usage_cap};
use async_trait::async_trait;
use contract::money::{Currency, Money};
use contract::usage::AtCap;
use contract::{OrganizationId, Timestamp};
use domain::billing::entitlement::Status;
use domain::ports::{Bought, Budget, Cap, Effects, Kept, KeptSubscription, ProcessorSubscription, Spending};
use domain::{Error, Result};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, TryInsertResult};

fn to_cap(row: usage_cap::Model) -> Cap {
    Cap {
        subscription: row.subscription,
        organization: OrganizationId(row.organization_id),
        cap: row.cap,
        at: if row.stops { AtCap::Stop } else { AtCap::Warn },
    }
}

fn to_budget(row: budget::Model) -> Result<Budget> {
    let wrong = |what: &str| Error::Corrupt(format!("{what} of the budget of {}", row.organization_id));
    let currency = Currency::parse(&row.currency).ok_or_else(|| wrong("currency"))?;
    let alerts = row.alerts.split(',').filter(|it| !it.is_empty()).map(|it| it.parse().map_err(|_| wrong("alerts")));
    let alerts = alerts.collect::<Result<_>>()?;
    Ok(Budget { amount: Money::new(row.amount, currency), alerts, organization: OrganizationId(row.organization_id) })
}

#[async_trait]
impl Spending for Database {
    async fn keep_told(
        &self,
        before: Option<&KeptSubscription>,
        it: &ProcessorSubscription,
        bought: &Bought,
        asked: Timestamp,
        effects: &Effects,
    ) -> Result<Kept> {
        let tx = self.begin().await?;
        let row = locked(&tx, &it.id).await?;
        if row.as_ref().is_some_and(|row| row.asked_at > asked.0) {
            return Ok(Kept::Later);
        }
        if row.clone().map(kept).transpose()?.as_ref() != before {
            return Ok(Kept::Changed);
        }
        put(&tx, row, it, bought, asked).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(Kept::Now)
    }

    async fn trials_until(&self, until: Timestamp) -> Result<Vec<KeptSubscription>> {
        let rows = subscription::Entity::find()
            .filter(subscription::Column::Status.eq(Status::Trialing.as_str()))
            .filter(subscription::Column::PeriodEnd.lte(until.0))
            .order_by_asc(subscription::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(kept).collect()
    }

    async fn cap(&self, subscription: &str) -> Result<Option<Cap>> {
        let row = usage_cap::Entity::find_by_id(subscription).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.map(to_cap))
    }

    async fn caps(&self) -> Result<Vec<Cap>> {
        let rows = usage_cap::Entity::find().order_by_asc(usage_cap::Column::Subscription).all(&self.connection).await;
        Ok(rows.map_err(Error::storage)?.into_iter().map(to_cap).collect())
    }

    async fn set_cap(&self, subscription: &str, cap: Option<&Cap>, effects: &Effects, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        usage_cap::Entity::delete_by_id(subscription).exec(&tx).await.map_err(Error::storage)?;
        if let Some(cap) = cap {
            let row = usage_cap::ActiveModel {
                subscription: Set(subscription.to_owned()),
                organization_id: Set(cap.organization.0.clone()),
                cap: Set(cap.cap),
                stops: Set(cap.at == AtCap::Stop),
                updated_at: Set(now.0),
            };
            let all = [usage_cap::Column::Cap, usage_cap::Column::Stops, usage_cap::Column::UpdatedAt];
            let replace = OnConflict::column(usage_cap::Column::Subscription).update_columns(all).to_owned();
            usage_cap::Entity::insert(row).on_conflict(replace).exec(&tx).await.map_err(Error::storage)?;
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn budget(&self, organization: &OrganizationId) -> Result<Option<Budget>> {
        let row = budget::Entity::find_by_id(&organization.0).one(&self.connection).await.map_err(Error::storage)?;
        row.map(to_budget).transpose()
    }

    async fn budgets(&self) -> Result<Vec<Budget>> {
        let rows = budget::Entity::find().order_by_asc(budget::Column::OrganizationId).all(&self.connection).await;
        rows.map_err(Error::storage)?.into_iter().map(to_budget).collect()
    }

    async fn set_budget(
        &self,
        organization: &OrganizationId,
        new: Option<&Budget>,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<()> {
        let tx = self.begin().await?;
        budget::Entity::delete_by_id(&organization.0).exec(&tx).await.map_err(Error::storage)?;
        if let Some(new) = new {
            let alerts: Vec<String> = new.alerts.iter().map(ToString::to_string).collect();
            let row = budget::ActiveModel {
                organization_id: Set(organization.0.clone()),
                amount: Set(new.amount.minor),
                currency: Set(new.amount.currency.code().to_owned()),
                alerts: Set(alerts.join(",")),
                updated_at: Set(now.0),
            };
            let all =
                [budget::Column::Amount, budget::Column::Currency, budget::Column::Alerts, budget::Column::UpdatedAt];
            let replace = OnConflict::column(budget::Column::OrganizationId).update_columns(all).to_owned();
            budget::Entity::insert(row).on_conflict(replace).exec(&tx).await.map_err(Error::storage)?;
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn told_once(&self, key: &str) -> Result<bool> {
        let row = told_once::Entity::find_by_id(key).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.is_some())
    }

    async fn tell_once(
        &self,
        key: &str,
        organization: &OrganizationId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let row = told_once::ActiveModel {
            key: Set(key.to_owned()),
            organization_id: Set(organization.0.clone()),
            at: Set(now.0),
        };
        let inserted = told_once::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
        let new = matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_));
        if new {
            apply(&tx, effects).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        Ok(new)
    }
}

//! Partners' accounts at the payment processor.

use crate::Database;
use crate::effects::apply;
use crate::entity::partner_account;
use async_trait::async_trait;
use contract::{PartnerId, Timestamp};
use domain::ports::{Effects, PartnerAccount, PartnerAccounts, ProcessorAccount};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, TryInsertResult};

fn kept(row: partner_account::Model) -> PartnerAccount {
    PartnerAccount {
        partner: PartnerId(row.partner_id),
        state: ProcessorAccount {
            id: row.account,
            charges_enabled: row.charges_enabled,
            payouts_enabled: row.payouts_enabled,
            details_submitted: row.details_submitted,
            transfers_enabled: row.transfers_enabled,
        },
    }
}

#[async_trait]
impl PartnerAccounts for Database {
    async fn add_account(&self, it: &PartnerAccount, asked: Timestamp, effects: &Effects) -> Result<PartnerAccount> {
        let tx = self.begin().await?;
        let row = partner_account::ActiveModel {
            partner_id: Set(it.partner.0.clone()),
            account: Set(it.state.id.clone()),
            charges_enabled: Set(it.state.charges_enabled),
            payouts_enabled: Set(it.state.payouts_enabled),
            details_submitted: Set(it.state.details_submitted),
            transfers_enabled: Set(it.state.transfers_enabled),
            asked_at: Set(asked.0),
        };
        let inserted = partner_account::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
        if matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_)) {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        self.account_of(&it.partner)
            .await?
            .ok_or_else(|| Error::Corrupt(format!("the account of {} was not kept", it.partner)))
    }

    async fn keep_account(&self, it: &ProcessorAccount, asked: Timestamp) -> Result<()> {
        use partner_account::Column;
        partner_account::Entity::update_many()
            .col_expr(Column::ChargesEnabled, Expr::value(it.charges_enabled))
            .col_expr(Column::PayoutsEnabled, Expr::value(it.payouts_enabled))
            .col_expr(Column::DetailsSubmitted, Expr::value(it.details_submitted))
            .col_expr(Column::TransfersEnabled, Expr::value(it.transfers_enabled))
            .col_expr(Column::AskedAt, Expr::value(asked.0))
            .filter(Column::Account.eq(&it.id))
            .filter(Column::AskedAt.lte(asked.0))
            .exec(&self.connection)
            .await
            .map(|_| ())
            .map_err(Error::storage)
    }

    async fn account_of(&self, partner: &PartnerId) -> Result<Option<PartnerAccount>> {
        let row = partner_account::Entity::find_by_id(partner.as_str()).one(&self.connection).await;
        Ok(row.map_err(Error::storage)?.map(kept))
    }

    async fn holder_of(&self, account: &str) -> Result<Option<PartnerAccount>> {
        let found = partner_account::Entity::find().filter(partner_account::Column::Account.eq(account));
        Ok(found.one(&self.connection).await.map_err(Error::storage)?.map(kept))
    }

    async fn accounts(&self) -> Result<Vec<PartnerAccount>> {
        let found = partner_account::Entity::find().order_by_asc(partner_account::Column::PartnerId);
        Ok(found.all(&self.connection).await.map_err(Error::storage)?.into_iter().map(kept).collect())
    }
}

//! The books by invoice.

use crate::Database;
use crate::entity::{invoice, ledger_posting};
use crate::ledger::post;
use async_trait::async_trait;
use domain::billing::ledger::Posting;
use domain::ports::{InvoiceBooks, Posted};
use domain::{Error, Result};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

#[async_trait]
impl InvoiceBooks for Database {
    async fn posted_of(&self, invoice: &str) -> Result<Vec<Posted>> {
        let found = ledger_posting::Entity::find().filter(ledger_posting::Column::Invoice.eq(invoice));
        self.with_entries(found, u64::from(u32::MAX)).await
    }

    async fn posted_as(&self, key: &str) -> Result<Option<Posting>> {
        let found = ledger_posting::Entity::find().filter(ledger_posting::Column::Key.eq(key));
        Ok(self.with_entries(found, 1).await?.pop().map(|it| it.posting))
    }

    async fn post_of(&self, invoice: &str, seen: i64, postings: &[Posting]) -> Result<bool> {
        let tx = self.begin().await?;
        // Whoever posts of the same invoice waits here.
        invoice::Entity::find_by_id(invoice).lock_exclusive().one(&tx).await.map_err(Error::storage)?;
        let later = ledger_posting::Entity::find()
            .filter(ledger_posting::Column::Invoice.eq(invoice))
            .filter(ledger_posting::Column::Sequence.gt(seen))
            .count(&tx)
            .await
            .map_err(Error::storage)?;
        if later > 0 {
            return Ok(false);
        }
        post(&tx, postings).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }
}

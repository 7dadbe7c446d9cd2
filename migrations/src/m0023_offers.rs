//! Private offers, and which order or subscription comes from one.

use crate::columns::{add, big, index, table, text, text_default};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let offer = vec![
            text("id"),
            text("partner_id"),
            text("organization_id"),
            text("listing_id"),
            text("plan"),
            text("message"),
            text("currency"),
            big("minor"),
            text("interval"),
            big("months"),
            text("state"),
            text("created_by"),
            big("created_at"),
            big("expires_at"),
        ];
        manager.create_table(table("offer", &["id"], offer)).await?;
        manager.create_index(index("offer", "offer_partner", &["partner_id", "created_at"], false)).await?;
        manager.create_index(index("offer", "offer_organization", &["organization_id", "created_at"], false)).await?;
        for owner in ["purchase", "subscription"] {
            manager.alter_table(add(owner, text_default("offer"))).await?;
        }
        Ok(())
    }
}

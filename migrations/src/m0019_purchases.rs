//! Selling: customers and prices at the payment processor, orders on their way, and what a subscription was bought at.

use crate::columns::{add, big, index, table, text, text_default, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let customer = vec![text("organization_id"), text("currency"), text("customer"), big("created_at")];
        manager.create_table(table("billing_customer", &["organization_id", "currency"], customer)).await?;
        let price = vec![
            text("id"),
            text("key"),
            text("listing_id"),
            // The plan as it was declared, as JSON: who bought at this price keeps its terms.
            text("plan"),
            text("interval"),
            big("created_at"),
        ];
        manager.create_table(table("price", &["id"], price)).await?;
        manager.create_index(index("price", "price_listing", &["listing_id"], false)).await?;
        let purchase = vec![
            text("id"),
            text("organization_id"),
            text("person_id"),
            text("listing_id"),
            text("plan"),
            text("interval"),
            big("seats"),
            text_null("session"),
            text_null("url"),
            text("state"),
            big("created_at"),
        ];
        manager.create_table(table("purchase", &["id"], purchase)).await?;
        manager
            .create_index(index("purchase", "purchase_open", &["organization_id", "listing_id", "state"], false))
            .await?;
        manager.create_index(index("purchase", "purchase_session", &["session"], true)).await?;
        for column in [text_default("item"), text_default("price"), text_default("currency")] {
            manager.alter_table(add("subscription", column)).await?;
        }
        Ok(())
    }
}

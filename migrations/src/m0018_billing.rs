//! What we keep of the payment processor: its notices, subscriptions and invoices.

use crate::columns::{big, big_null, flag, index, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let notice = vec![
            text("id"),
            text("kind"),
            text("object"),
            big("at"),
            big("received_at"),
            // When it was followed up; null while it waits, however often that failed.
            big_null("followed_at"),
        ];
        manager.create_table(table("payment_notice", &["id"], notice)).await?;
        manager
            .create_index(index("payment_notice", "payment_notice_waiting", &["followed_at", "received_at"], false))
            .await?;
        let subscription = vec![
            text("id"),
            text("organization_id"),
            text("listing_id"),
            text("plan"),
            text("customer"),
            text("status"),
            big("period_end"),
            flag("cancel_at_period_end"),
            big_null("past_due_since"),
            big("seats"),
            big("created_at"),
            // When the processor was asked for this state.
            big("asked_at"),
        ];
        manager.create_table(table("subscription", &["id"], subscription)).await?;
        manager
            .create_index(index("subscription", "subscription_organization", &["organization_id", "created_at"], false))
            .await?;
        let invoice = vec![
            text("id"),
            text("organization_id"),
            text("customer"),
            text("number"),
            text("status"),
            text("currency"),
            big("total"),
            big("paid"),
            big("created_at"),
            big_null("paid_at"),
            text("url"),
            big("asked_at"),
        ];
        manager.create_table(table("invoice", &["id"], invoice)).await?;
        manager.create_index(index("invoice", "invoice_organization", &["organization_id", "created_at"], false)).await
    }
}

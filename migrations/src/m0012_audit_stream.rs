//! The address that an organization's audit trail is streamed to, and how far it got.

use crate::columns::{big, big_null, blob, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("organization_id"),
            text("address"),
            text("hint"),
            blob("sealed"),
            big("set_at"),
            big("delivered"),
            big_null("delivered_at"),
            big("failures"),
            big_null("failing_since"),
            big_null("next_try_at"),
            text_null("last_error"),
            big_null("paused_at"),
            big("revision"),
        ];
        manager.create_table(table("audit_stream", &["organization_id"], columns)).await
    }
}

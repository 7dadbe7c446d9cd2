//! API tokens, and the answers to repeated requests.

use crate::columns::{big, big_null, index, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "api_token",
                &["id"],
                vec![
                    text("id"),
                    text("organization_id"),
                    text("person_id"),
                    text("name"),
                    text("hint"),
                    text("token_hash"),
                    text("scopes"),
                    big("created_at"),
                    big("expires_at"),
                    big_null("last_used_at"),
                    big_null("revoked_at"),
                ],
            ),
            table(
                "idempotency",
                &["organization_id", "key"],
                vec![
                    text("organization_id"),
                    text("key"),
                    text("fingerprint"),
                    big("status"),
                    text("body"),
                    big("created_at"),
                ],
            ),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        manager.create_index(index("api_token", "api_token_by_hash", &["token_hash"], true)).await?;
        manager.create_index(index("api_token", "api_token_by_person", &["organization_id", "person_id"], false)).await
    }
}

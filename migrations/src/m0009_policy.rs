//! Install policy and approval requests.

use crate::columns::{big, big_null, counter, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "install_policy",
                &["organization_id"],
                vec![text("organization_id"), text("rules"), big("revision"), text("updated_by"), big("updated_at")],
            ),
            table(
                "approval",
                &["id"],
                vec![
                    text("id"),
                    text("organization_id"),
                    text("listing_id"),
                    text("version"),
                    text("requested_by"),
                    text("reason"),
                    text("why"),
                    text("state"),
                    big("created_at"),
                    big("expires_at"),
                    text_null("answered_by"),
                    big_null("answered_at"),
                    text_null("answer"),
                    big("revision"),
                ],
            ),
            table(
                "approval_comment",
                &[],
                vec![
                    counter("id"),
                    text("approval_id"),
                    text("organization_id"),
                    text("person_id"),
                    text("text"),
                    big("at"),
                ],
            ),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        manager
            .create_index(index("approval", "approval_by_organization", &["organization_id", "created_at"], false))
            .await?;
        manager.create_index(index("approval_comment", "comment_by_approval", &["approval_id"], false)).await?;
        // One open request for each person and release; the answered ones stay beside it.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX approval_open ON approval (organization_id, listing_id, version, requested_by) \
                 WHERE state = 'open'",
            )
            .await?;
        Ok(())
    }
}

//! Invitations, and the end of an organization.

use crate::columns::{add, big, big_null, index, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
                "invitation",
                &["id"],
                vec![
                    text("id"),
                    text("organization_id"),
                    text("email"),
                    text("role"),
                    text("token_hash"),
                    text("invited_by"),
                    big("created_at"),
                    big("expires_at"),
                    big_null("accepted_at"),
                    big_null("revoked_at"),
                ],
            ))
            .await?;
        manager.create_index(index("invitation", "invitation_by_token", &["token_hash"], true)).await?;
        manager.create_index(index("invitation", "invitation_by_organization", &["organization_id"], false)).await?;
        manager.create_index(index("membership", "membership_by_organization", &["organization_id"], false)).await?;
        // Deleted for good at this time, unless somebody changes their mind.
        manager.alter_table(add("organization", big_null("delete_at"))).await
    }
}

//! An organization's own issuer, its e-mail domains, and sessions that count for one organization only.

use crate::columns::{add, big, big_null, blob_null, flag_default, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let issuer = table(
            "organization_issuer",
            &["organization_id"],
            vec![
                text("organization_id"),
                text("issuer"),
                text("client_id"),
                blob_null("client_secret"),
                text("groups_claim"),
                text("roles"),
                text_null("otherwise"),
                big_null("proven_at"),
                big("updated_at"),
            ],
        );
        // A domain may be claimed by many and verified by one: `verified` repeats its name once that is done, and is unique.
        let domain = table(
            "organization_domain",
            &["organization_id", "domain"],
            vec![
                text("organization_id"),
                text("domain"),
                text("token"),
                big("created_at"),
                big_null("verified_at"),
                text_null("verified").unique_key().take(),
            ],
        );
        manager.create_table(issuer).await?;
        manager.create_table(domain).await?;
        manager.alter_table(add("organization", flag_default("sign_in_required"))).await?;
        manager.alter_table(add("session", flag_default("bound"))).await
    }
}

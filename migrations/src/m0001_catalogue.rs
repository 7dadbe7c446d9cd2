//! Partners, listings, releases, demand, and the feed of changes.

use crate::columns::{big, counter, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "partner",
                &["id"],
                vec![text("id"), text("name"), text("homepage"), text("summary"), big("updated_at")],
            ),
            table(
                "listing",
                &["id"],
                vec![
                    text("id"),
                    text("partner_id"),
                    text("name"),
                    text("version"),
                    text("certification"),
                    big("installs"),
                    big("requests"),
                    text_null("icon_hash"),
                    text_null("icon"),
                    big("published_at"),
                    big("updated_at"),
                ],
            ),
            table(
                "release",
                &["listing_id", "version"],
                vec![text("listing_id"), text("version"), text("manifest"), text("readme"), big("published_at")],
            ),
            table("change", &[], vec![counter("sequence"), text("listing_id"), big("at")]),
            table(
                "listing_request",
                &["listing_id", "organization_id"],
                vec![text("listing_id"), text("organization_id"), text("person_id"), big("at")],
            ),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        manager.create_index(index("listing", "listing_by_partner", &["partner_id"], false)).await?;
        Ok(())
    }
}

//! Entries of catalogues that are kept elsewhere: which listings they are, and from where.

use crate::columns::{index, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("listing_id"),
            text("source"),
            text("entry_id"),
            text("listed_by"),
            // What the eye takes the id for: no two look alike.
            text("skeleton"),
            // Of everything that was imported: the same again changes nothing.
            text("digest"),
        ];
        manager.create_table(table("feed_entry", &["listing_id"], columns)).await?;
        manager.create_index(index("feed_entry", "feed_entry_by_skeleton", &["skeleton"], true)).await
    }
}

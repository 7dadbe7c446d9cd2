//! How often what was searched for, opened and looked at, by day. There is no person in it.

use crate::columns::{big, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Days since 1970.
        let columns = vec![big("day"), text("kind"), text("subject"), big("number")];
        manager.create_table(table("discovery_count", &["day", "kind", "subject"], columns)).await
    }
}

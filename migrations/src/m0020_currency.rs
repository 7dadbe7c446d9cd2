//! The currency an organization sees prices and pays in.

use crate::columns::{add, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(add("organization", text("currency").default("USD").take())).await
    }
}

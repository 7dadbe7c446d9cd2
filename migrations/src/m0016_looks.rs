//! How often a listing is looked at, so that what nobody has installed yet has an order too.

use crate::columns::{add, big_default};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(add("listing", big_default("looks"))).await
    }
}

//! What is used, what it may cost, and what was told of it.

use crate::columns::{add, big, big_default, big_null, flag, index, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(add("subscription", big_default("period_start"))).await?;
        let metered_usage = vec![
            text("subscription"),
            // Begin of the hour, or of the billing period where that began within the hour.
            big("hour"),
            text("unit"),
            big("quantity"),
            // What the processor knows of it.
            big("reported"),
            // What it is being told, and since when; null while nothing is on its way.
            big_null("sending"),
            big_null("sending_at"),
            // How often it was told; part of what makes each report unique.
            big("reports"),
            // Whether something is left to report.
            flag("open"),
        ];
        manager.create_table(table("metered_usage", &["subscription", "hour", "unit"], metered_usage)).await?;
        manager.create_index(index("metered_usage", "metered_usage_open", &["open", "hour"], false)).await?;
        let usage_cap = vec![
            text("subscription"),
            text("organization_id"),
            big("cap"),
            // Whether anything is refused at the cap, or people are only told.
            flag("stops"),
            big("updated_at"),
        ];
        manager.create_table(table("usage_cap", &["subscription"], usage_cap)).await?;
        let budget = vec![
            text("organization_id"),
            big("amount"),
            text("currency"),
            // Percent at which people are told, such as `50,80,100`.
            text("alerts"),
            big("updated_at"),
        ];
        manager.create_table(table("budget", &["organization_id"], budget)).await?;
        let told_once = vec![text("key"), text("organization_id"), big("at")];
        manager.create_table(table("told_once", &["key"], told_once)).await
    }
}

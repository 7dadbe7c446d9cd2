//! Where a session comes from and how fresh it is; verified addresses; the roles of a partner's team.

use crate::columns::{add, big_default, flag_default, text_default, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("person", text_null("partner_role")),
            ("person", flag_default("email_verified")),
            ("session", big_default("authenticated_at")),
            ("session", big_default("last_seen_at")),
            ("session", text_default("ip")),
            ("session", text_default("user_agent")),
            ("session", text_default("issuer")),
        ];
        for (table, column) in columns {
            manager.alter_table(add(table, column)).await?;
        }
        let index = crate::columns::index("session", "session_by_person", &["person_id"], false);
        manager.create_index(index).await
    }
}

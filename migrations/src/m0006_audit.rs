//! The audit trail: hash-chained events, and the end of each chain.

use crate::columns::{big, index, table, text};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "audit_event",
                &["chain", "sequence"],
                vec![
                    text("chain"),
                    big("sequence"),
                    text("id"),
                    big("at"),
                    text("actor_kind"),
                    text("actor_id"),
                    text("actor_name"),
                    text("via"),
                    text("action"),
                    text("subject_kind"),
                    text("subject_id"),
                    text("subject_name"),
                    text("before"),
                    text("after"),
                    text("ip"),
                    text("user_agent"),
                    text("trace_id"),
                    text("hash"),
                ],
            ),
            table("audit_head", &["chain"], vec![text("chain"), big("sequence"), text("hash")]),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        manager.create_index(index("audit_event", "audit_event_by_id", &["id"], true)).await?;
        manager.create_index(index("audit_event", "audit_event_by_time", &["chain", "at"], false)).await
    }
}

//! Notices, what people want to hear of, and the outbox of mail.

use crate::columns::{big, big_null, flag, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "notice",
                &["id"],
                vec![
                    text("id"),
                    text("person_id"),
                    text("organization_id"),
                    text("kind"),
                    text("title"),
                    text("body"),
                    text("link"),
                    big("at"),
                    big_null("read_at"),
                    flag("digest"),
                ],
            ),
            table("notice_preference", &["person_id", "kind"], vec![text("person_id"), text("kind"), text("mail")]),
            table(
                "mail",
                &["id"],
                vec![
                    text("id"),
                    text("recipient"),
                    text("subject"),
                    text("body"),
                    text_null("unsubscribe"),
                    big("created_at"),
                    big_null("sent_at"),
                    text_null("last_error"),
                ],
            ),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        manager.create_index(index("notice", "notice_by_person", &["person_id", "at"], false)).await?;
        manager.create_index(index("notice", "notice_for_digest", &["digest", "person_id"], false)).await
    }
}

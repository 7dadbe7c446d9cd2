//! The durable queue.

use crate::columns::{big, big_null, counter, flag, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
                "job",
                &[],
                vec![
                    counter("id"),
                    text("kind"),
                    text("key"),
                    text("payload"),
                    big("attempts"),
                    big("run_at"),
                    big_null("leased_until"),
                    text_null("leased_by"),
                    text_null("last_error"),
                    flag("dead"),
                ],
            ))
            .await?;
        manager.create_index(index("job", "job_due", &["dead", "run_at"], false)).await?;
        // One open job per kind and key; given-up jobs stay beside it.
        manager
            .get_connection()
            .execute_unprepared(r#"CREATE UNIQUE INDEX job_open ON job (kind, "key") WHERE dead = FALSE"#)
            .await?;
        Ok(())
    }
}

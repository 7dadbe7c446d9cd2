//! Installations, checks, probes, events, raw payloads.

use crate::columns::{big, big_null, blob, counter, flag, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "installation",
                &["id"],
                vec![
                    text("id"),
                    text("organization_id"),
                    text("listing_id"),
                    text("version"),
                    text("state"),
                    text("token_hash"),
                    text("config"),
                    blob("sealed"),
                    flag("connected"),
                    text("created_by"),
                    big("created_at"),
                    big_null("first_proof_at"),
                    big_null("last_event_at"),
                    big("events"),
                    big("revision"),
                ],
            ),
            table(
                "connection_check",
                &["id"],
                vec![text("id"), text("installation_id"), text("kind"), text("capability"), text("report"), big("at")],
            ),
            table(
                "probe",
                &["id"],
                vec![text("id"), text("installation_id"), text("capability"), big("sent_at"), big_null("arrived_at")],
            ),
            table(
                "event",
                &[],
                vec![
                    counter("sequence"),
                    text("id"),
                    text("installation_id"),
                    text("organization_id"),
                    text("capability"),
                    text("summary"),
                    text("severity"),
                    text("status"),
                    text("source"),
                    text_null("link"),
                    text("dedup_key"),
                    text("unique_key"),
                    text("extra"),
                    big("occurred_at"),
                    big("received_at"),
                    big("count"),
                    flag("synthetic"),
                ],
            ),
            table(
                "raw_payload",
                &[],
                vec![
                    counter("id"),
                    text("installation_id"),
                    text("capability"),
                    blob("payload"),
                    text_null("problem"),
                    big("at"),
                ],
            ),
            table("rejection", &[], vec![counter("id"), text("installation_id"), text("reason"), big("at")]),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        let indexes = [
            index("installation", "installation_by_organization", &["organization_id", "created_at"], false),
            index("installation", "installation_by_token", &["token_hash"], true),
            index("installation", "installation_by_listing", &["listing_id"], false),
            index("connection_check", "check_by_installation", &["installation_id", "at"], false),
            index("probe", "probe_by_installation", &["installation_id", "sent_at"], false),
            index("event", "event_by_id", &["id"], true),
            index("event", "event_by_installation", &["installation_id", "sequence"], false),
            index("event", "event_unique", &["installation_id", "unique_key"], true),
            index("raw_payload", "raw_payload_by_age", &["at"], false),
            index("rejection", "rejection_by_installation", &["installation_id", "at"], false),
        ];
        for statement in indexes {
            manager.create_index(statement).await?;
        }
        Ok(())
    }
}

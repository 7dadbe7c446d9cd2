//! People, organizations, sessions, sign-ins under way.

use crate::columns::{big, blob_null, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            table(
                "person",
                &["id"],
                vec![
                    text("id"),
                    text("name"),
                    text("email"),
                    text_null("partner_id"),
                    text_null("staff_role"),
                    big("created_at"),
                ],
            ),
            table(
                "identity",
                &["issuer", "subject"],
                vec![text("issuer"), text("subject"), text("person_id"), big("created_at")],
            ),
            table("organization", &["id"], vec![text("id"), text("name"), blob_null("wrapped_key"), big("created_at")]),
            table(
                "membership",
                &["person_id", "organization_id"],
                vec![text("person_id"), text("organization_id"), text("role"), big("created_at")],
            ),
            table(
                "session",
                &["id"],
                vec![
                    text("id"),
                    text("token_hash"),
                    text("person_id"),
                    text("organization_id"),
                    big("created_at"),
                    big("expires_at"),
                ],
            ),
            table(
                "pending_sign_in",
                &["state_hash"],
                vec![
                    text("state_hash"),
                    text("browser_hash"),
                    text("provider"),
                    text("nonce"),
                    text("pkce_verifier"),
                    text("return_to"),
                    big("expires_at"),
                ],
            ),
        ];
        for statement in tables {
            manager.create_table(statement).await?;
        }
        manager.create_index(index("session", "session_by_token", &["token_hash"], true)).await?;
        manager.create_index(index("identity", "identity_by_person", &["person_id"], false)).await?;
        Ok(())
    }
}

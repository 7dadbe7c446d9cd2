//! Reviews: what people who use an integration say of it, how they said it before, who finds it helpful or reports it.

use crate::columns::{
    add, big, big_default, big_null, counter, flag_default, index, table, text, text_default, text_null,
};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

fn tables() -> [TableCreateStatement; 5] {
    [
        table(
            "review",
            &["id"],
            vec![
                text("id"),
                text("listing_id"),
                text("author_id"),
                // Whom they acted for; empty once that organization is deleted.
                text("organization_id"),
                text("version"),
                text("size"),
                big("stars"),
                big_null("setup"),
                big_null("docs"),
                big_null("reliability"),
                big_null("support"),
                text("title"),
                text("body"),
                // The time of use that stands beside the review.
                big("used_since"),
                big("used_until"),
                big("helpful"),
                flag_default("hidden"),
                big("created_at"),
                big_null("edited_at"),
                text_null("answer"),
                text_null("answered_by"),
                big_null("answered_at"),
                big_null("answer_edited_at"),
                text_null("decided_by"),
                big_null("decided_at"),
                text_null("decision_reason"),
                big("revision"),
            ],
        ),
        table(
            "review_version",
            &[],
            vec![
                counter("sequence"),
                text("review_id"),
                text("version"),
                big("stars"),
                text("title"),
                text("body"),
                big("written_at"),
            ],
        ),
        table("review_vote", &["review_id", "person_id"], vec![text("review_id"), text("person_id"), big("at")]),
        table(
            "review_report",
            &["review_id", "person_id"],
            vec![
                text("review_id"),
                text("person_id"),
                text("organization_id"),
                text("reason"),
                text_default("note"),
                big("at"),
                big_null("closed_at"),
            ],
        ),
        // What somebody did with reviews lately, for limits.
        table("review_effort", &[], vec![counter("sequence"), text("person_id"), text("kind"), big("at")]),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in tables() {
            manager.create_table(statement).await?;
        }
        for (on, name, columns, unique) in [
            ("review", "review_by_author", &["listing_id", "author_id"][..], true),
            ("review", "review_by_help", &["listing_id", "helpful", "id"], false),
            ("review", "review_by_person", &["author_id"], false),
            ("review", "review_by_organization", &["organization_id"], false),
            ("review_version", "review_version_by_review", &["review_id"], false),
            ("review_report", "review_report_open", &["closed_at"], false),
            ("review_effort", "review_effort_by_person", &["person_id", "kind", "at"], false),
        ] {
            manager.create_index(index(on, name, columns, unique)).await?;
        }
        // What cards and search show of the reviews: thousandths of a star, and how many there are.
        manager.alter_table(add("listing", big_default("rating"))).await?;
        manager.alter_table(add("listing", big_default("reviews"))).await?;
        // Who uninstalled may still write for a while.
        manager.alter_table(add("installation", big_null("uninstalled_at"))).await
    }
}

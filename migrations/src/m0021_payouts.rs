//! The partners' side of money: shares that were agreed on, their accounts, and the runs that pay them.

use crate::columns::{add, big, big_null, flag, index, table, text, text_null};
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The partner's account that a notice is about; null for our own.
        manager.alter_table(add("payment_notice", text_null("account"))).await?;
        let rule = vec![
            text("id"),
            // `contract`, `feature`, `listing` or `partner`, and what of it.
            text("scope"),
            text("subject"),
            // The feature, or the way of selling.
            text("part"),
            // Hundredths of a percent.
            big("share"),
            big("valid_from"),
            big_null("valid_until"),
        ];
        manager.create_table(table("share_rule", &["id"], rule)).await?;
        let account = vec![
            text("partner_id"),
            text("account"),
            flag("charges_enabled"),
            flag("payouts_enabled"),
            flag("details_submitted"),
            flag("transfers_enabled"),
            // When the processor was asked for this state.
            big("asked_at"),
        ];
        manager.create_table(table("partner_account", &["partner_id"], account)).await?;
        manager.create_index(index("partner_account", "partner_account_account", &["account"], true)).await?;
        let run = vec![
            text("id"),
            text("partner_id"),
            text("currency"),
            // `2026-11`.
            text("month"),
            big("amount"),
            text("state"),
            text_null("transfer"),
            big("attempt"),
            text("waits"),
            // The last posting that is in the statement, and the instant its sales are before.
            big("through"),
            big("cutoff"),
            big("made_at"),
            big_null("reversed_at"),
        ];
        manager.create_table(table("payout_run", &["id"], run)).await?;
        let unique = ["partner_id", "currency", "month"];
        manager.create_index(index("payout_run", "payout_run_month", &unique, true)).await?;
        manager.create_index(index("payout_run", "payout_run_state", &["state"], false)).await?;
        manager.create_index(index("ledger_posting", "ledger_posting_invoice", &["invoice"], false)).await
    }
}

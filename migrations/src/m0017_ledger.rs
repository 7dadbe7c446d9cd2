//! The books. Rows are only ever added: the database itself refuses to change or delete them.

use crate::columns::{big, counter, index, table, text};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["ledger_posting", "ledger_entry"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let posting = vec![
            counter("sequence"),
            // What happened and to what, such as `sale:il_1`.
            text("key"),
            big("at"),
            text("invoice"),
            text("line"),
            text("listing_id"),
            text("plan"),
            text("rule"),
            // Hundredths of a percent.
            big("share"),
        ];
        let entry = vec![
            counter("sequence"),
            big("posting"),
            text("account"),
            // The organization or partner whose account it is; empty for our own.
            text("owner"),
            text("currency"),
            // Minor units; debits are positive.
            big("minor"),
        ];
        manager.create_table(table(TABLES[0], &[], posting)).await?;
        manager.create_table(table(TABLES[1], &[], entry)).await?;
        manager.create_index(index(TABLES[0], "ledger_posting_key", &["key"], true)).await?;
        manager.create_index(index(TABLES[1], "ledger_entry_posting", &["posting"], false)).await?;
        manager.create_index(index(TABLES[1], "ledger_entry_account", &["account", "owner"], false)).await?;
        for statement in append_only(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

fn append_only(backend: DatabaseBackend) -> Vec<String> {
    const SAYS: &str = "the ledger is append-only";
    if backend == DatabaseBackend::Postgres {
        let function = format!(
            "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
        );
        let triggers = TABLES.map(|table| {
            format!(
                "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
            )
        });
        return std::iter::once(function).chain(triggers).collect();
    }
    let trigger = |table: &str, deed: &str| {
        let name = format!("{table}_no_{}", deed.to_lowercase());
        format!("CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")
    };
    TABLES.iter().flat_map(|table| ["UPDATE", "DELETE"].map(|deed| trigger(table, deed))).collect()
}

//! The database's schema, step by step. See `README.md` for how a step is written so that two versions of the server
//! can run side by side while it is applied.
//!
//! Instants are `BIGINT` Unix milliseconds, ids and JSON are `TEXT`: the same on SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

mod columns;
mod m0001_catalogue;
mod m0002_identity;
mod m0003_installations;
mod m0004_queue;
mod m0005_sessions;
mod m0006_audit;
mod m0007_notices;
mod m0008_members;
mod m0009_policy;
mod m0010_tokens;
mod m0011_single_sign_on;
mod m0012_audit_stream;
mod m0013_feed;
mod m0014_reviews;
mod m0015_discovery;
mod m0016_looks;
mod m0017_ledger;
mod m0018_billing;
mod m0019_purchases;
mod m0020_currency;
mod m0021_payouts;
mod m0022_usage;
mod m0023_offers;

/// Runs the steps.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_catalogue::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0003_installations::Migration),
            Box::new(m0004_queue::Migration),
            Box::new(m0005_sessions::Migration),
            Box::new(m0006_audit::Migration),
            Box::new(m0007_notices::Migration),
            Box::new(m0008_members::Migration),
            Box::new(m0009_policy::Migration),
            Box::new(m0010_tokens::Migration),
            Box::new(m0011_single_sign_on::Migration),
            Box::new(m0012_audit_stream::Migration),
            Box::new(m0013_feed::Migration),
            Box::new(m0014_reviews::Migration),
            Box::new(m0015_discovery::Migration),
            Box::new(m0016_looks::Migration),
            Box::new(m0017_ledger::Migration),
            Box::new(m0018_billing::Migration),
            Box::new(m0019_purchases::Migration),
            Box::new(m0020_currency::Migration),
            Box::new(m0023_offers::Migration),
            Box::new(m0022_usage::Migration),
            Box::new(m0021_payouts::Migration),
        ]
    }
}

//! SeaORM entities and repositories for SQLite and PostgreSQL: the same code for both.
//!
//! [`Database`] holds the connections and implements the domain's repositories, one file each. Rows become the domain's
//! types here; nothing outside sees a model. Every finder takes the tenant where the port says so.

mod approvals;
mod audit;
mod audit_streams;
mod billing;
mod catalogue;
mod convert;
mod database;
mod deletion;
mod discovery_counts;
mod effects;
mod entity;
mod feed_entries;
mod identities;
mod installation_rows;
mod installations;
mod invitations;
mod keys;
mod ledger;
mod listing_rows;
mod memberships;
mod notices;
mod organizations;
mod policies;
mod queue;
mod review_figures;
mod review_rows;
mod reviews;
mod sessions;
mod single_sign_on;
mod tokens;
mod usage;

pub use database::Database;

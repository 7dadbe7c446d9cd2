//! SeaORM entities and repositories for SQLite and PostgreSQL: the same code for both.
//!
//! [`Database`] holds the connections and implements the domain's repositories, one file each. Rows become the domain's
//! types here; nothing outside sees a model. Every finder takes the tenant where the port says so.

mod approvals;
mod arrivals;
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
mod invoice_books;
mod keys;
mod ledger;
mod listing_rows;
mod memberships;
mod metering;
mod notices;
mod offers;
mod organizations;
mod partner_accounts;
mod payout_runs;
mod policies;
mod purchases;
mod queue;
mod review_figures;
mod review_rows;
mod reviews;
mod sessions;
mod share_rules;
mod single_sign_on;
mod spending;
mod tokens;
mod usage;

pub use database::Database;

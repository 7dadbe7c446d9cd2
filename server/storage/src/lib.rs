//! SeaORM entities and repositories for SQLite and PostgreSQL: the same code for both.
//!
//! [`Database`] holds the connections and implements the domain's repositories, one file each. Rows become the domain's
//! types here; nothing outside sees a model. Every finder takes the tenant where the port says so.

mod catalogue;
mod convert;
mod database;
mod entity;
mod identities;
mod installation_rows;
mod installations;
mod keys;
mod queue;

pub use database::Database;

//! Connections, and transactions that begin the right way on each database.

use domain::{Error, Result};
use migrations::Migrator;
use sea_orm::{
    ConnectOptions, DatabaseBackend, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use std::time::Duration;

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) connection: DatabaseConnection,
}

impl Database {
    /// Connects to `sqlite://path?mode=rwc` or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(16).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
        if url.starts_with("sqlite") {
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                    .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(20))
                    .pragma("temp_store", "memory")
                    .pragma("mmap_size", "134217728")
            });
        }
        let connection = sea_orm::Database::connect(options).await.map_err(Error::storage)?;
        Ok(Self { connection })
    }

    /// Applies the migrations that are missing.
    pub async fn migrate(&self) -> Result<()> {
        Migrator::up(&self.connection, None).await.map_err(Error::storage)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.connection.ping().await.map_err(Error::storage)
    }

    /// `SQLite` or `PostgreSQL`, for people.
    pub fn kind(&self) -> &'static str {
        if self.is_postgres() { "PostgreSQL" } else { "SQLite" }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DatabaseBackend::Postgres
    }

    /// A transaction that writes. SQLite takes its write lock at once, so that two writers queue instead of failing when
    /// the second one turns from reading to writing.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (!self.is_postgres()).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.connection.begin_with_options(options).await.map_err(Error::storage)
    }
}

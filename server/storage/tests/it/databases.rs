//! A database of its own for each test: an SQLite file, or a fresh PostgreSQL database that is dropped afterwards.
//!
//! The HTTP tests of the server use this file too.

use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};
use std::hash::{BuildHasher, Hasher, RandomState};
use storage::Database;

/// Where PostgreSQL is and may create databases, such as `postgres://user@127.0.0.1:5432/postgres`.
const SERVER: &str = "TEST_POSTGRES_URL";

/// One test's database, migrated.
pub struct Scratch {
    /// Its address.
    pub url: String,
    /// A connection beside the repositories, to see and break what they store.
    pub raw: DatabaseConnection,
    /// Keeps the file, or names the database to drop.
    place: Place,
}

enum Place {
    File(#[allow(dead_code, reason = "dropping it removes the folder")] tempfile::TempDir),
    Name(String),
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| panic!("{SERVER} is not set: run scripts/with-postgres.sh or make unit"))
}

/// A new SQLite database.
pub async fn sqlite() -> Scratch {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
    Scratch::new(url, Place::File(folder)).await
}

/// A new PostgreSQL database.
pub async fn postgres() -> Scratch {
    let server = server();
    // Tests run side by side in several processes, so the name is random.
    let name = format!("t_{:016x}", RandomState::new().build_hasher().finish());
    let admin = sea_orm::Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Scratch::new(format!("{base}/{name}"), Place::Name(name)).await
}

impl Scratch {
    async fn new(url: String, place: Place) -> Self {
        Database::connect(&url).await.unwrap().migrate().await.unwrap();
        let raw = sea_orm::Database::connect(&url).await.unwrap();
        Self { url, raw, place }
    }

    /// The repositories, over connections of their own.
    pub async fn open(&self) -> Database {
        Database::connect(&self.url).await.unwrap()
    }

    /// Rows of a query.
    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        self.raw.query_all_raw(Statement::from_string(self.raw.get_database_backend(), sql)).await.unwrap()
    }

    /// The one number that a query gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql).await;
        assert_eq!(rows.len(), 1, "{sql} gives one row");
        rows[0].try_get_by_index(0).unwrap()
    }

    /// The texts in the first column of a query.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        self.rows(sql).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// The bytes in the first column of a query.
    pub async fn bytes(&self, sql: &str) -> Vec<Vec<u8>> {
        self.rows(sql).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// Changes rows behind everybody's back.
    pub async fn change(&self, sql: &str) {
        let changed = self.raw.execute_unprepared(sql).await.unwrap().rows_affected();
        assert!(changed > 0, "{sql} changes something");
    }

    /// Changes the schema, to see what happens when something is missing.
    pub async fn change_schema(&self, sql: &str) {
        self.raw.execute_unprepared(sql).await.unwrap();
    }

    /// Drops the database. A test that fails keeps its PostgreSQL database for whoever looks into it.
    pub async fn remove(&self) {
        if let Place::Name(name) = &self.place {
            let admin = sea_orm::Database::connect(&server()).await.unwrap();
            admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

//! `SQLite` FTS5: stemming, BM25 with the name first, the last word as a beginning. It has no spelling correction.

use super::{FACETS, Rival, facet_values, texts, words};
use domain::ports::SearchDocument;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use std::error::Error;
use tokio::runtime::Runtime;

/// Weights of the columns, the id first.
const RANK: &str = "bm25(text, 0, 10, 4, 3, 4, 4, 1)";

/// A database file.
pub struct Sqlite {
    pool: SqlitePool,
    runtime: Runtime,
    dir: tempfile::TempDir,
}

impl Sqlite {
    /// Indexes the listings.
    pub fn new(listings: &[SearchDocument]) -> Result<Self, Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let dir = tempfile::tempdir()?;
        let pool = runtime.block_on(fill(dir.path(), listings))?;
        Ok(Self { pool, runtime, dir })
    }
}

async fn fill(dir: &std::path::Path, listings: &[SearchDocument]) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(dir.join("search.db"))
        .create_if_missing(true)
        .pragma("journal_mode", "WAL")
        .pragma("synchronous", "NORMAL")
        .pragma("cache_size", "-262144");
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    for sql in [
        "CREATE VIRTUAL TABLE text USING fts5(id UNINDEXED, name, partner, summary, tags, categories, readme, \
         tokenize = 'porter unicode61', prefix = '2 3')",
        "CREATE TABLE listing (category, certification, pricing, support, auth, partner)",
    ] {
        sqlx::query(sql).execute(&pool).await?;
    }
    let mut transaction = pool.begin().await?;
    for listing in listings {
        let mut insert = sqlx::query("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?, ?)").bind(listing.card.id.as_str());
        for text in texts(listing) {
            insert = insert.bind(text);
        }
        insert.execute(&mut *transaction).await?;
        let mut insert = sqlx::query("INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?)");
        for value in facet_values(listing) {
            insert = insert.bind(value);
        }
        insert.execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    sqlx::query("INSERT INTO text(text) VALUES ('optimize')").execute(&pool).await?;
    Ok(pool)
}

/// Any of the words; the last may go on.
fn expression(q: &str) -> Option<String> {
    let words: Vec<String> = words(q).iter().map(|word| format!("\"{word}\"")).collect();
    (!words.is_empty()).then(|| words.join(" OR ") + "*")
}

impl Rival for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite FTS5"
    }

    fn search(&self, q: &str, limit: u32) -> Result<Vec<String>, Box<dyn Error>> {
        let Some(expression) = expression(q) else { return Ok(Vec::new()) };
        let sql = format!("SELECT id FROM text WHERE text MATCH ? ORDER BY {RANK} LIMIT ?");
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(expression).bind(limit);
        Ok(self.runtime.block_on(query.fetch_all(&self.pool))?)
    }

    fn facets(&self, q: &str) -> Result<usize, Box<dyn Error>> {
        let Some(expression) = expression(q) else { return Ok(0) };
        let mut values = 0;
        for facet in FACETS {
            let sql = format!(
                "SELECT listing.{facet}, count(*) FROM text JOIN listing ON listing.rowid = text.rowid \
                 WHERE text MATCH ? GROUP BY 1"
            );
            let query = sqlx::query_as::<_, (String, i64)>(sqlx::AssertSqlSafe(sql)).bind(&expression);
            values += self.runtime.block_on(query.fetch_all(&self.pool))?.len();
        }
        Ok(values)
    }

    fn size(&self) -> Result<u64, Box<dyn Error>> {
        Ok(std::fs::metadata(self.dir.path().join("search.db"))?.len())
    }
}

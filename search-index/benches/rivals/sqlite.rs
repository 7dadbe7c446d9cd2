//! `SQLite` FTS5: stemming, BM25 with the name first, the last word as a beginning. What has no result is looked for by the
//! trigrams of names.

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
        "CREATE VIRTUAL TABLE similar USING fts5(name, tokenize = 'trigram')",
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
        sqlx::query("INSERT INTO similar VALUES (?)").bind(&listing.card.name).execute(&mut *transaction).await?;
        let mut insert = sqlx::query("INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?)");
        for value in facet_values(listing) {
            insert = insert.bind(value);
        }
        insert.execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    for sql in ["INSERT INTO text(text) VALUES ('optimize')", "INSERT INTO similar(similar) VALUES ('optimize')"] {
        sqlx::query(sql).execute(&pool).await?;
    }
    Ok(pool)
}

/// Any of the words; the last may go on.
fn expression(q: &str) -> Option<String> {
    let words: Vec<String> = words(q).iter().map(|word| format!("\"{word}\"")).collect();
    (!words.is_empty()).then(|| words.join(" OR ") + "*")
}

/// Any of the trigrams.
fn trigrams(q: &str) -> Option<String> {
    let characters: Vec<char> = q.to_lowercase().chars().filter(|c| *c != '"' && *c != '\0').collect();
    let trigrams: Vec<String> =
        characters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect();
    (!trigrams.is_empty()).then(|| trigrams.join(" OR "))
}

impl Sqlite {
    fn ids(&self, sql: String, expression: String, limit: u32) -> Result<Vec<String>, Box<dyn Error>> {
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(expression).bind(limit);
        Ok(self.runtime.block_on(query.fetch_all(&self.pool))?)
    }

    /// Number of values of all facets; 0 where nothing matches.
    fn values(&self, table: &str, expression: &str) -> Result<usize, Box<dyn Error>> {
        let mut values = 0;
        for facet in FACETS {
            let sql = format!(
                "SELECT listing.{facet}, count(*) FROM {table} JOIN listing ON listing.rowid = {table}.rowid \
                 WHERE {table} MATCH ? GROUP BY 1"
            );
            let query = sqlx::query_as::<_, (String, i64)>(sqlx::AssertSqlSafe(sql)).bind(expression);
            values += self.runtime.block_on(query.fetch_all(&self.pool))?.len();
            if values == 0 {
                break;
            }
        }
        Ok(values)
    }
}

impl Rival for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite FTS5"
    }

    fn search(&self, q: &str, limit: u32) -> Result<Vec<String>, Box<dyn Error>> {
        let Some(expression) = expression(q) else { return Ok(Vec::new()) };
        let sql = format!("SELECT id FROM text WHERE text MATCH ? ORDER BY {RANK} LIMIT ?");
        let found = self.ids(sql, expression, limit)?;
        match trigrams(q) {
            Some(trigrams) if found.is_empty() => {
                let sql = "SELECT text.id FROM similar JOIN text ON text.rowid = similar.rowid \
                           WHERE similar MATCH ? ORDER BY bm25(similar) LIMIT ?";
                self.ids(sql.to_owned(), trigrams, limit)
            }
            _ => Ok(found),
        }
    }

    fn facets(&self, q: &str) -> Result<usize, Box<dyn Error>> {
        let Some(expression) = expression(q) else { return Ok(0) };
        let values = self.values("text", &expression)?;
        match trigrams(q) {
            Some(trigrams) if values == 0 => self.values("similar", &trigrams),
            _ => Ok(values),
        }
    }

    fn size(&self) -> Result<u64, Box<dyn Error>> {
        Ok(std::fs::metadata(self.dir.path().join("search.db"))?.len())
    }
}

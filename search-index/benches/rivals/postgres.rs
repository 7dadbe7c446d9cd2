//! PostgreSQL: full text with weights, and trigrams of the name for misspellings. Needs `TEST_POSTGRES_URL`.

use super::{FACETS, Rival, facet_values, texts, words};
use domain::ports::SearchDocument;
use sqlx::postgres::{PgPool, PgPoolOptions};
use std::error::Error;
use tokio::runtime::Runtime;

/// Listings sent at once.
const BATCH: usize = 500;

/// What matches, with the query as `$1` and the text as typed as `$2`.
const MATCHES: &str = "FROM listing WHERE words @@ to_tsquery('english', $1) OR name % $2";

/// A database of its own, on a server that is thrown away.
pub struct Postgres {
    pool: PgPool,
    runtime: Runtime,
}

impl Postgres {
    /// Indexes the listings; `None` where no server was named.
    pub fn new(listings: &[SearchDocument]) -> Result<Option<Self>, Box<dyn Error>> {
        let Ok(url) = std::env::var("TEST_POSTGRES_URL") else { return Ok(None) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let pool = runtime.block_on(fill(&url, listings))?;
        Ok(Some(Self { pool, runtime }))
    }
}

async fn fill(url: &str, listings: &[SearchDocument]) -> Result<PgPool, sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await?;
    for sql in [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "DROP TABLE IF EXISTS listing",
        "CREATE TABLE listing (id text, name text, words tsvector, \
         category text, certification text, pricing text, support text, auth text, partner text)",
    ] {
        sqlx::query(sql).execute(&pool).await?;
    }
    for batch in listings.chunks(BATCH) {
        let mut transaction = pool.begin().await?;
        for listing in batch {
            let mut insert = sqlx::query(
                "INSERT INTO listing SELECT $1, $2, setweight(to_tsvector('english', $2), 'A') \
                 || setweight(to_tsvector('english', concat_ws(' ', $3::text, $5::text, $6::text)), 'B') \
                 || setweight(to_tsvector('english', $4), 'C') || to_tsvector('english', $7), $8, $9, $10, $11, $12, $13",
            )
            .bind(listing.card.id.as_str());
            for text in texts(listing).into_iter().chain(facet_values(listing)) {
                insert = insert.bind(text.replace('\0', " "));
            }
            insert.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
    }
    for sql in [
        "CREATE INDEX ON listing USING gin (words)",
        "CREATE INDEX ON listing USING gin (name gin_trgm_ops)",
        "VACUUM ANALYZE listing",
    ] {
        sqlx::query(sql).execute(&pool).await?;
    }
    Ok(pool)
}

/// Any of the words; the last may go on.
fn expression(q: &str) -> Option<String> {
    let words = words(q);
    (!words.is_empty()).then(|| words.join(" | ") + ":*")
}

impl Rival for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn search(&self, q: &str, limit: u32) -> Result<Vec<String>, Box<dyn Error>> {
        let Some(expression) = expression(q) else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT id {MATCHES} ORDER BY ts_rank(words, to_tsquery('english', $1)) + similarity(name, $2) DESC, id LIMIT $3"
        );
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(expression).bind(q).bind(i64::from(limit));
        Ok(self.runtime.block_on(query.fetch_all(&self.pool))?)
    }

    fn facets(&self, q: &str) -> Result<usize, Box<dyn Error>> {
        let Some(expression) = expression(q) else { return Ok(0) };
        let mut values = 0;
        for facet in FACETS {
            let sql = format!("SELECT {facet}, count(*) {MATCHES} GROUP BY 1");
            let query = sqlx::query_as::<_, (String, i64)>(sqlx::AssertSqlSafe(sql)).bind(&expression).bind(q);
            values += self.runtime.block_on(query.fetch_all(&self.pool))?.len();
        }
        Ok(values)
    }

    fn size(&self) -> Result<u64, Box<dyn Error>> {
        let query = sqlx::query_scalar::<_, i64>("SELECT pg_total_relation_size('listing')");
        Ok(u64::try_from(self.runtime.block_on(query.fetch_one(&self.pool))?)?)
    }
}

//! `marketplace search-eval`: how good the order of search results is, measured against judged queries.

use crate::compose;
use crate::config::Config;
use contract::search::{MAX_LIMIT, SearchQuery};
use domain::ports::SearchIndex;
use search_index::TantivyIndex;
use search_index::evaluation::{Judged, Run, comparison, listings, table};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// What to measure and what to compare it with.
#[derive(Debug, clap::Args)]
pub struct SearchEval {
    /// Judged queries: one JSON object a line with query, kind, coverage and judgments.
    file: PathBuf,
    /// Search these integration records instead of the catalogue: one JSON object a line, `.gz` or not.
    #[arg(long)]
    records: Option<PathBuf>,
    /// Keep the answers in a file, to compare later runs with.
    #[arg(long)]
    save: Option<PathBuf>,
    /// Tell, query by query, what changed since a run that was kept.
    #[arg(long)]
    against: Option<PathBuf>,
}

/// Measures, prints, keeps and compares.
pub async fn run(config: &Config, what: &SearchEval) -> Result<ExitCode, String> {
    let text = |error: domain::Error| error.to_string();
    let judged = Judged::read(&what.file).map_err(text)?;
    let index: Arc<dyn SearchIndex> = if let Some(records) = &what.records {
        let index = TantivyIndex::in_memory().map_err(text)?;
        index.rebuild(listings(records).map_err(text)?, 1).map_err(text)?;
        Arc::new(index)
    } else {
        let services = Arc::new(compose::serving(config).await?);
        crate::follow::catch_up(&services).await.map_err(text)?;
        Arc::clone(&services.search)
    };
    let run = Run::of(&judged, |q| {
        let page = index.search(&SearchQuery { q: q.to_owned(), limit: MAX_LIMIT, ..SearchQuery::default() })?;
        Ok(page.hits.into_iter().map(|hit| hit.card.id.0).collect())
    })
    .map_err(text)?;
    if let Some(path) = &what.against {
        println!("{}", comparison(&Run::load(path).map_err(text)?, &run));
    }
    print!("{}", table(&run));
    if let Some(path) = &what.save {
        run.save(path).map_err(text)?;
    }
    Ok(ExitCode::SUCCESS)
}

//! How good the order of results is, next to other engines with the same listings:
//! `cargo bench -p search-index --bench relevance -- FOLDER`, where FOLDER has `integrations.jsonl.gz` and
//! `relevance-sample.jsonl`. PostgreSQL takes part when `TEST_POSTGRES_URL` names a server. At the end, how long the answers
//! to all these queries take: ours with facets and corrected spelling, theirs without.

#[path = "../rivals/mod.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod rivals;
#[path = "../scale/timing.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod timing;

use contract::search::SearchQuery;
use domain::ports::SearchIndex;
use rivals::{LIMIT, Plain, Postgres, Rival, Sqlite};
use search_index::TantivyIndex;
use search_index::evaluation::{Judged, Run, listings, side_by_side};
use std::error::Error;
use std::path::{Path, PathBuf};

/// Results of a page.
const PAGE: u32 = 20;

/// The allocator of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("relevance");
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let folder = PathBuf::from(folder.ok_or("which folder has the records?")?);
    let records = listings(&folder.join("integrations.jsonl.gz"))?;
    println!("{} listings", records.len());

    let mut rivals: Vec<Box<dyn Rival>> = vec![Box::new(Sqlite::new(&records)?)];
    match Postgres::new(&records)? {
        Some(postgres) => rivals.push(Box::new(postgres)),
        None => println!("PostgreSQL is left out: TEST_POSTGRES_URL names no server"),
    }
    rivals.push(Box::new(Plain::new(&records)?));
    let index = TantivyIndex::in_memory()?;
    index.rebuild(records, 1)?;

    let mut asked: Vec<String> = Vec::new();
    for file in [folder.join("relevance-sample.jsonl"), own.join("tuning.jsonl"), own.join("held-out.jsonl")] {
        let judged = Judged::read(&file)?;
        let ours = Run::of(&judged, |q| {
            asked.push(q.to_owned());
            ours(&index, q, LIMIT)
        })?;
        let mut runs = vec![("ours", ours)];
        for rival in &rivals {
            let run = Run::of(&judged, |q| {
                rival.search(q, LIMIT).map_err(|error| domain::Error::Corrupt(error.to_string()))
            })?;
            runs.push((rival.name(), run));
        }
        let runs: Vec<(&str, &Run)> = runs.iter().map(|(name, run)| (*name, run)).collect();
        println!("\n{}: {} queries\n{}", file.display(), judged.len(), side_by_side(&runs));
    }

    println!("\nAnswers of {PAGE} results to these {} queries; times in µs, ratio of p99 to ours", asked.len());
    let question = |n: usize| asked[n % asked.len()].as_str();
    let own = timing::time(|n| Ok(ours(&index, question(n), PAGE)?))?;
    println!("  {:<24} {own}", "ours, with facets");
    for rival in &rivals {
        let times = timing::time(|n| rival.search(question(n), PAGE))?;
        println!("  {:<24} {times}  {:>7.1} ×", rival.name(), times.p99 / own.p99);
    }
    Ok(())
}

fn ours(index: &TantivyIndex, q: &str, limit: u32) -> domain::Result<Vec<String>> {
    let page = index.search(&SearchQuery { q: q.to_owned(), limit, ..SearchQuery::default() })?;
    Ok(page.hits.into_iter().map(|hit| hit.card.id.0).collect())
}

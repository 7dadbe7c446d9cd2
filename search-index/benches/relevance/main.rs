//! How good the order of results is, next to other engines with the same listings:
//! `cargo bench -p search-index --bench relevance -- FOLDER`, where FOLDER has `integrations.jsonl.gz` and
//! `relevance-sample.jsonl`. PostgreSQL takes part when `TEST_POSTGRES_URL` names a server.

#[path = "../rivals/mod.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod rivals;

use contract::search::SearchQuery;
use domain::ports::SearchIndex;
use rivals::{LIMIT, Plain, Postgres, Rival, Sqlite};
use search_index::TantivyIndex;
use search_index::evaluation::{Judged, Run, listings, side_by_side};
use std::error::Error;
use std::path::{Path, PathBuf};

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

    for file in [folder.join("relevance-sample.jsonl"), own.join("tuning.jsonl"), own.join("held-out.jsonl")] {
        let judged = Judged::read(&file)?;
        let ours = Run::of(&judged, |q| ours(&index, q))?;
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
    Ok(())
}

fn ours(index: &TantivyIndex, q: &str) -> domain::Result<Vec<String>> {
    let page = index.search(&SearchQuery { q: q.to_owned(), limit: LIMIT, ..SearchQuery::default() })?;
    Ok(page.hits.into_iter().map(|hit| hit.card.id.0).collect())
}

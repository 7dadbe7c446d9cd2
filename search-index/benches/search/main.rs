//! Latency, build time, size and memory of the index, in process:
//! `cargo bench -p search-index --bench search -- [--catalog DIR] [--size N]`.
//!
//! `--size N` measures N generated listings; `--catalog DIR` the listings of a directory of `<id>/integration.toml` and
//! `README.md`. With neither, 200 and 100,000 generated listings.
#![allow(clippy::cast_precision_loss, reason = "a report of measured times")]

mod generate;

use contract::search::{FacetField, Filter, SearchQuery};
use domain::ports::{IndexChange, SearchDocument, SearchIndex};
use search_index::TantivyIndex;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longest time for one kind of question.
const BUDGET: Duration = Duration::from_millis(1500);
const MOST_ROUNDS: usize = 20_000;

type Outcome = Result<(), Box<dyn Error>>;

/// The allocator of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let (catalog, size) = (option("--catalog"), option("--size"));
    if let Some(dir) = catalog {
        measure(&format!("catalogue {dir}"), generate::catalogue(Path::new(dir))?)?;
    }
    if let Some(size) = size {
        measure(&format!("{size} generated"), generate::listings(size.parse()?))?;
    }
    if catalog.is_none() && size.is_none() {
        for size in [200, 100_000] {
            measure(&format!("{size} generated"), generate::listings(size))?;
        }
    }
    Ok(())
}

fn measure(title: &str, documents: Vec<SearchDocument>) -> Outcome {
    println!("\n{title}: {} listings", documents.len());
    let names: Vec<String> = documents.iter().map(|document| document.card.name.clone()).collect();
    let texts: Vec<String> = documents.iter().map(|document| document.card.summary.clone()).collect();
    let change = documents.first().cloned();
    let dir = tempfile::tempdir()?;
    let index = TantivyIndex::open(dir.path())?;
    let started = Instant::now();
    index.rebuild(documents, 1)?;
    println!("  build {:.2} s, {:.1} MB on disk", started.elapsed().as_secs_f64(), disk(dir.path())? as f64 / 1e6);
    drop(index);
    let started = Instant::now();
    let index = TantivyIndex::open(dir.path())?;
    println!("  open {:.3} s, resident memory {} MB", started.elapsed().as_secs_f64(), resident());

    let plain = |q: &str| SearchQuery { q: q.to_owned(), ..SearchQuery::default() };
    let filters = vec![
        Filter { field: FacetField::Category, value: "monitoring".to_owned() },
        Filter { field: FacetField::Pricing, value: "free".to_owned() },
    ];
    let word = |n: usize| texts[n % texts.len()].split(' ').nth(n % 5).unwrap_or("alerts").to_owned();
    time("no text", |_| index.search(&plain("")))?;
    time("name", |n| index.search(&plain(&names[n % names.len()])))?;
    time("frequent word", |n| index.search(&plain(&word(n))))?;
    time("two words, facets chosen", |n| {
        let q = format!("{} {}", word(n), word(n + 1));
        index.search(&SearchQuery { filters: filters.clone(), ..plain(&q) })
    })?;
    time("one typing mistake", |n| index.search(&plain(&misspelt(&names[n % names.len()]))))?;
    time("suggest", |n| {
        let name = &names[n % names.len()];
        let typed: String = name.chars().take(2 + n % 6).collect();
        index.suggest(&typed, 8)
    })?;
    if let Some(change) = change {
        time("apply one change", |_| index.apply(vec![IndexChange::Put(Box::new(change.clone()))], 2))?;
    }
    println!("  resident memory at the end {} MB", resident());
    Ok(())
}

/// The longest word without its third letter.
fn misspelt(name: &str) -> String {
    let longest = name.split(' ').max_by_key(|word| word.len()).unwrap_or(name);
    longest.chars().enumerate().filter(|(at, _)| *at != 2).map(|(_, c)| c).collect()
}

fn time<T>(what: &str, question: impl Fn(usize) -> domain::Result<T>) -> Outcome {
    let mut taken = Vec::new();
    let started = Instant::now();
    for n in 0..MOST_ROUNDS {
        let before = Instant::now();
        let answer = question(n.wrapping_mul(7919))?;
        taken.push(before.elapsed());
        drop(answer);
        if started.elapsed() > BUDGET {
            break;
        }
    }
    taken.sort_unstable();
    let percentile = |p: usize| taken[(taken.len() - 1) * p / 100].as_secs_f64() * 1e6;
    println!(
        "  {what:<26} p50 {:>8.0}  p95 {:>8.0}  p99 {:>8.0} µs  ({} rounds)",
        percentile(50),
        percentile(95),
        percentile(99),
        taken.len()
    );
    Ok(())
}

fn disk(dir: &Path) -> std::io::Result<u64> {
    std::fs::read_dir(dir)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}

/// Resident memory in MB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

//! Latency next to other engines with the same generated listings, in one run:
//! `cargo bench -p search-index --bench scale -- [--size N]`, 100,000 when nothing is said. PostgreSQL takes part when
//! `TEST_POSTGRES_URL` names a server.
//!
//! Ours answers with facet counts and corrects spelling. The others answer 20 results, and with "facets" count six fields
//! as well: the databases in six more queries, Tantivy in one more. Tantivy corrects nothing; the databases look for
//! misspelt names by trigrams. Ours is called in the process, `SQLite` through its driver's thread, PostgreSQL over
//! 127.0.0.1.
#![allow(clippy::cast_precision_loss, reason = "a report of measured times")]

#[path = "../search/generate.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod generate;
#[path = "../rivals/mod.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod rivals;
mod timing;

use contract::search::{SearchPage, SearchQuery};
use domain::ports::{IndexChange, SearchDocument, SearchIndex};
use rivals::{Plain, Postgres, Rival, Sqlite};
use search_index::TantivyIndex;
use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use timing::{Times, time};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Results of a page.
const PAGE: u32 = 20;
/// How often a change is written while searches are measured.
const EVERY: Duration = Duration::from_millis(100);

/// In a third of all listings.
const FREQUENT: &str = "alerts";

/// Sets another engine up; `None` where it is not there.
type Build = fn(&[SearchDocument]) -> Outcome<Option<Box<dyn Rival>>>;

/// One kind of question.
type Kind<'a> = (&'static str, Box<dyn Fn(usize) -> String + Sync + 'a>);

/// The allocator of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let size = args.iter().position(|arg| arg == "--size").and_then(|at| args.get(at + 1));
    let size: usize = size.map_or(Ok(100_000), |size| size.parse())?;
    let listings = generate::listings(size);
    println!("{size} generated listings; times in µs, ratios of p99 to ours");
    let kinds = kinds(&listings);

    let dir = tempfile::tempdir()?;
    let index = TantivyIndex::open(dir.path())?;
    let copy = listings.clone();
    let (before, started) = (timing::resident(), Instant::now());
    index.rebuild(copy, 1)?;
    let built = started.elapsed();
    println!("ours: built in {:.1} s, {:.0} MB on disk", built.as_secs_f64(), timing::disk(dir.path())? as f64 / 1e6);
    drop(index);
    let started = Instant::now();
    let index = TantivyIndex::open(dir.path())?;
    println!(
        "ours: opened in {:.2} s; memory of the process with listings and index {} MB, {before} MB before",
        started.elapsed().as_secs_f64(),
        timing::resident()
    );
    let ours = ours(&index, &kinds)?;
    suggestions(&index, &listings)?;
    two_threads_while_writing(&index, &listings, &kinds)?;

    let builders: [(&str, Build); 3] = [
        ("untuned Tantivy", |listings| Ok(Some(Box::new(Plain::new(listings)?)))),
        ("SQLite FTS5", |listings| Ok(Some(Box::new(Sqlite::new(listings)?)))),
        ("PostgreSQL", |listings| Ok(Postgres::new(listings)?.map(|rival| Box::new(rival) as Box<dyn Rival>))),
    ];
    for (name, build) in builders {
        let started = Instant::now();
        let Some(rival) = build(&listings)? else {
            println!("{name} is left out: TEST_POSTGRES_URL names no server");
            continue;
        };
        println!(
            "{name}: built in {:.1} s, {:.0} MB on disk",
            started.elapsed().as_secs_f64(),
            rival.size()? as f64 / 1e6
        );
        against(rival.as_ref(), &kinds, &ours)?;
    }
    Ok(())
}

fn kinds(listings: &[SearchDocument]) -> Vec<Kind<'_>> {
    let name = |n: usize| listings[n % listings.len()].card.name.as_str();
    let word = |n: usize| {
        let words = &listings[n % listings.len()].card.summary;
        words.split(' ').nth(n % 5).unwrap_or(FREQUENT).to_owned()
    };
    let two_words = move |n: usize| format!("{} {}", word(n), word(n + 1));
    let misspelt = move |n: usize| timing::misspelt(name(n));
    let any = move |n: usize| match n % 5 {
        0 => name(n).to_owned(),
        1 => word(n),
        2 => two_words(n),
        3 => FREQUENT.to_owned(),
        _ => misspelt(n),
    };
    vec![
        ("name", Box::new(move |n| name(n).to_owned())),
        ("word", Box::new(word)),
        ("two words", Box::new(two_words)),
        ("very frequent word", Box::new(|_| FREQUENT.to_owned())),
        ("typing mistake", Box::new(misspelt)),
        ("any of these", Box::new(any)),
    ]
}

fn ask(index: &TantivyIndex, q: String) -> domain::Result<SearchPage> {
    index.search(&SearchQuery { q, limit: PAGE, ..SearchQuery::default() })
}

fn ours(index: &TantivyIndex, kinds: &[Kind<'_>]) -> Outcome<Vec<Times>> {
    let mut all = Vec::new();
    for (kind, question) in kinds {
        let times = time(|n| ask(index, question(n)).map_err(Into::into))?;
        println!("  {kind:<22} ours, with facets        {times}");
        all.push(times);
    }
    Ok(all)
}

fn suggestions(index: &TantivyIndex, listings: &[SearchDocument]) -> Outcome {
    let times = time(|n| {
        let typed: String = listings[n % listings.len()].card.name.chars().take(2 + n % 6).collect();
        index.suggest(&typed, 8).map_err(Into::into)
    })?;
    println!("  {:<22} ours                     {times}", "suggestions");
    Ok(())
}

/// Two threads search while a third writes: the times are of the first.
fn two_threads_while_writing(index: &TantivyIndex, listings: &[SearchDocument], kinds: &[Kind<'_>]) -> Outcome {
    let done = AtomicBool::new(false);
    let change = listings.first().ok_or("no listings")?;
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut written = 0u32;
            while !done.load(Ordering::Relaxed) {
                if index.apply(vec![IndexChange::Put(Box::new(change.clone()))], 2).is_err() {
                    break;
                }
                written += 1;
                std::thread::sleep(EVERY);
            }
            written
        });
        scope.spawn(|| {
            let mut n = 0usize;
            while !done.load(Ordering::Relaxed) {
                n += 31;
                let _ = ask(index, kinds[n % kinds.len()].1(n));
            }
        });
        let times = time(|n| ask(index, kinds[n % kinds.len()].1(n)).map_err(Into::into));
        done.store(true, Ordering::Relaxed);
        let written = writer.join().unwrap_or(0);
        println!("  {:<22} ours, two threads        {}  ({written} commits meanwhile)", "all kinds, writing", times?);
        Ok(())
    })
}

fn against(rival: &dyn Rival, kinds: &[Kind<'_>], ours: &[Times]) -> Outcome {
    for ((kind, question), ours) in kinds.iter().zip(ours) {
        let times = time(|n| rival.search(&question(n), PAGE))?;
        let name = rival.name();
        println!("  {kind:<22} {name:<24} {times}  {:>7.1} ×", times.p99 / ours.p99);
        let times = time(|n| Ok((rival.search(&question(n), PAGE)?, rival.facets(&question(n))?)))?;
        let name = format!("{name}, facets");
        println!("  {kind:<22} {name:<24} {times}  {:>7.1} ×", times.p99 / ours.p99);
    }
    Ok(())
}

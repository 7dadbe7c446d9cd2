//! Dev loop.
#![allow(missing_docs)]
use contract::search::SearchQuery;
use domain::ports::SearchIndex;
use search_index::TantivyIndex;
use search_index::evaluation::{Judged, Run, comparison, listings, table};
use std::path::Path;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let opt = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let index = TantivyIndex::in_memory()?;
    let docs = listings(Path::new(&args[0]))?;
    let names: std::collections::HashMap<String, String> =
        docs.iter().map(|d| (d.card.id.0.clone(), d.card.name.clone())).collect();
    index.rebuild(docs, 1)?;
    if let Some(q) = opt("-q") {
        let page = index.search(&SearchQuery { q: q.clone(), limit: 20, ..SearchQuery::default() })?;
        println!("{} corrected {:?} {}us", page.total, page.corrected, page.took_us);
        for hit in &page.hits {
            println!("  {:7.2} {} «{}»", hit.score, hit.card.id, hit.card.name);
        }
        return Ok(());
    }
    let judged = Judged::read(Path::new(&args[1]))?;
    let mut totals = std::collections::HashMap::new();
    let run = Run::of(&judged, |q| {
        let page = index.search(&SearchQuery { q: q.to_owned(), limit: 100, ..SearchQuery::default() })?;
        totals.insert(q.to_owned(), (page.total, page.corrected.clone()));
        Ok(page.hits.iter().map(|hit| hit.card.id.0.clone()).collect())
    })?;
    if let Some(limit) = opt("-v") {
        let limit: f64 = limit.parse()?;
        for a in run.answers.iter().filter(|a| a.scores.ndcg < limit) {
            println!("\n{:?} ({}) {:.3} {:?}", a.query, a.kind, a.scores.ndcg, totals[&a.query]);
            for (id, g) in &a.first {
                println!("  {} {id} «{}»", g.map_or("?".to_owned(), |g| g.to_string()), names[id]);
            }
        }
    }
    if let Some(p) = opt("--against") {
        print!("{}", comparison(&Run::load(Path::new(p))?, &run));
    }
    if let Some(p) = opt("--save") {
        run.save(Path::new(p))?;
    }
    print!("{}", table(&run));
    Ok(())
}

//! Scores the index against judged queries:
//! `cargo run -p search-index --example relevance -- integrations.jsonl judgments.jsonl [-v]`.
//!
//! The first file has one catalogue record a line (`source`, `id`, `name`, `summary`, …), the second one query a line:
//! `{"query", "kind", "coverage": "full" | "pooled", "judgments": {"source/id": grade 1–3}, "judged_not_relevant": […]}`.
//! Gains are 2^grade − 1. Records without a judgment count as not relevant where coverage is full, and are left out of
//! the ranking where it is pooled. A query without relevant records is right when it finds nothing.
#![allow(clippy::cast_precision_loss, reason = "a report of small counts")]
#![allow(clippy::struct_field_names, reason = "named as in the files")]

use contract::Timestamp;
use contract::listing::{Certification, ListingCard};
use contract::search::SearchQuery;
use domain::ports::{CategoryName, SearchDocument, SearchIndex};
use search_index::TantivyIndex;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Source {
    source: String,
    id: String,
    slug: String,
    name: String,
    provider: String,
    summary: String,
    description_md: String,
    categories: Vec<String>,
    tags: Vec<String>,
    keywords: Vec<String>,
    capabilities: Vec<String>,
    i18n: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Judged {
    query: String,
    kind: String,
    coverage: String,
    judgments: HashMap<String, i32>,
    judged_not_relevant: Vec<String>,
}

fn lines<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn slug(text: &str) -> String {
    text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
}

fn document(from: Source) -> SearchDocument {
    let categories: Vec<CategoryName> = from
        .categories
        .iter()
        .map(|name| CategoryName { path: format!("all/{}", slug(name)), group: String::new(), leaf: name.clone() })
        .collect();
    let mut aliases: Vec<String> = from.i18n.values().filter_map(|texts| texts.get("name")).cloned().collect();
    aliases.push(from.slug.replace('-', " "));
    aliases.dedup();
    aliases.retain(|alias| *alias != from.name);
    let unset = || (String::new(), String::new());
    SearchDocument {
        card: ListingCard {
            id: format!("{}/{}", from.source, from.id).into(),
            name: from.name,
            summary: from.summary,
            partner_id: slug(&from.provider).into(),
            partner_name: from.provider,
            icon: None,
            certification: Certification::None,
            installable: false,
            category: categories.first().map(|category| category.path.clone()).unwrap_or_default(),
            installs: 0,
        },
        aliases,
        tags: from.tags.into_iter().chain(from.keywords).collect(),
        categories,
        readme: format!("{}\n{}", from.description_md, from.capabilities.join(", ")),
        pricing: unset(),
        support: unset(),
        capabilities: Vec::new(),
        auth: unset(),
        rating: 0.0,
        requests: 0,
        published_at: Timestamp(0),
    }
}

fn dcg(grades: &[i32]) -> f64 {
    grades.iter().take(10).enumerate().map(|(n, grade)| (2f64.powi(*grade) - 1.0) / (n as f64 + 2.0).log2()).sum()
}

/// nDCG@10, reciprocal rank, success@1.
type Scores = [f64; 3];

fn score(judged: &Judged, found: &[String]) -> Scores {
    let grade = |id: &String| judged.judgments.get(id).copied().unwrap_or(0);
    if judged.judgments.is_empty() {
        return [f64::from(u8::from(found.is_empty())); 3];
    }
    let known = |id: &&String| {
        judged.coverage == "full" || judged.judgments.contains_key(*id) || judged.judged_not_relevant.contains(id)
    };
    let grades: Vec<i32> = found.iter().filter(known).map(grade).collect();
    let mut ideal: Vec<i32> = judged.judgments.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let first = grades.iter().position(|grade| *grade > 0);
    let success = grades.first().is_some_and(|grade| *grade > 0);
    [dcg(&grades) / dcg(&ideal), first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)), f64::from(u8::from(success))]
}

fn print(kind: &str, scores: &[Scores]) {
    let mean = |n: usize| scores.iter().map(|score| score[n]).sum::<f64>() / scores.len() as f64;
    println!("{kind:<14} {:>3}   nDCG@10 {:.3}   MRR {:.3}   success@1 {:.3}", scores.len(), mean(0), mean(1), mean(2));
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [records, judgments, ..] = args.as_slice() else {
        return Err("usage: relevance integrations.jsonl judgments.jsonl [-v]".into());
    };
    let verbose = args.iter().any(|arg| arg == "-v");
    let index = TantivyIndex::in_memory()?;
    index.rebuild(lines::<Source>(records)?.into_iter().map(document).collect(), 1)?;

    let mut kinds: BTreeMap<String, Vec<Scores>> = BTreeMap::new();
    for judged in lines::<Judged>(judgments)? {
        let page = index.search(&SearchQuery { q: judged.query.clone(), limit: 100, ..SearchQuery::default() })?;
        let found: Vec<String> = page.hits.iter().map(|hit| hit.card.id.0.clone()).collect();
        let scores = score(&judged, &found);
        if verbose {
            println!(
                "\n{:?} ({}) {:.3}, {} found, corrected {:?}",
                judged.query, judged.kind, scores[0], page.total, page.corrected
            );
            for hit in page.hits.iter().take(14) {
                let grade = judged.judgments.get(&hit.card.id.0);
                println!(
                    "  {} {:6.1}  {}  «{}»",
                    grade.map_or("-".to_owned(), i32::to_string),
                    hit.score,
                    hit.card.id,
                    hit.card.name
                );
            }
        }
        kinds.entry(judged.kind).or_default().push(scores);
    }
    for (kind, scores) in &kinds {
        print(kind, scores);
    }
    let relevant: Vec<Scores> = kinds.iter().filter(|(kind, _)| *kind != "none").flat_map(|(_, s)| s.clone()).collect();
    print("overall", &relevant);
    println!("(overall without \"none\")");
    Ok(())
}

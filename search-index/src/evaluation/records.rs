//! A collection of integrations from public catalogues, as listings: one record a line with `source`, `id`, `name` …

use super::lines;
use crate::analysis::joined;
use contract::Timestamp;
use contract::listing::{Certification, ListingCard};
use domain::Result;
use domain::ports::{CategoryName, SearchDocument};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
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

/// The listings of a file; their ids are `source/id`.
pub fn listings(path: &Path) -> Result<Vec<SearchDocument>> {
    Ok(lines::read::<Record>(path)?.into_iter().map(listing).collect())
}

fn slug(text: &str) -> String {
    text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
}

fn category(name: &str) -> CategoryName {
    CategoryName { path: format!("all/{}", slug(name)), group: String::new(), leaf: name.replace('_', " ") }
}

/// Names in other languages, and the slug where it is another name.
fn aliases(record: &Record) -> Vec<String> {
    let mut aliases: Vec<String> = record.i18n.values().filter_map(|texts| texts.get("name")).cloned().collect();
    aliases.push(record.slug.replace('-', " "));
    let mut known = vec![joined(&record.name)];
    aliases.retain(|alias| {
        let new = !known.contains(&joined(alias));
        known.push(joined(alias));
        new
    });
    aliases
}

/// `Supported OS::Linux` is about Linux.
fn tags(record: &Record) -> Vec<String> {
    let all = record.tags.iter().chain(&record.keywords);
    let mut tags: Vec<String> = all.map(|tag| tag.rsplit("::").next().unwrap_or(tag).to_owned()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// `action:Create Incident` is the action to create an incident.
fn capability(stated: &str) -> (String, String) {
    let (kind, name) = stated.split_once(':').unwrap_or((stated, stated));
    (kind.to_owned(), name.replace('_', " "))
}

fn listing(record: Record) -> SearchDocument {
    let unset = || (String::new(), String::new());
    let texts = record.i18n.values().flat_map(|texts| ["summary", "description_md"].map(|key| texts.get(key)));
    let mut readme = record.description_md.clone();
    for text in texts.flatten().filter(|text| **text != record.summary && **text != record.description_md) {
        readme.push('\n');
        readme.push_str(text);
    }
    let categories: Vec<CategoryName> = record.categories.iter().map(|name| category(name)).collect();
    SearchDocument {
        aliases: aliases(&record),
        tags: tags(&record),
        readme,
        card: ListingCard {
            id: format!("{}/{}", record.source, record.id).into(),
            name: record.name,
            summary: record.summary,
            partner_id: slug(&record.provider).into(),
            partner_name: record.provider,
            icon: None,
            certification: Certification::None,
            installable: false,
            category: categories.first().map(|category| category.path.clone()).unwrap_or_default(),
            installs: 0,
            rating: None,
            price: None,
        },
        categories,
        pricing: unset(),
        support: unset(),
        capabilities: record.capabilities.iter().map(|stated| capability(stated)).collect(),
        auth: unset(),
        rating: 0.0,
        requests: 0,
        looks: 0,
        published_at: Timestamp(0),
    }
}

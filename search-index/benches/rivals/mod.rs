//! Other ways to search the same listings, set up as their manuals advise and no further: what ours is measured against.

mod plain;
mod postgres;
mod sqlite;

pub use plain::Plain;
pub use postgres::Postgres;
pub use sqlite::Sqlite;

use domain::ports::SearchDocument;
use std::error::Error;

/// Results of one answer.
pub const LIMIT: u32 = 100;

/// Another engine that holds all listings.
pub trait Rival {
    /// Its name in a table.
    fn name(&self) -> &'static str;

    /// Ids of the best results, best first, at most `limit`.
    fn search(&self, q: &str, limit: u32) -> Result<Vec<String>, Box<dyn Error>>;

    /// Number of values and their counts of the facets of all matches, in as many queries as it takes.
    fn facets(&self, q: &str) -> Result<usize, Box<dyn Error>>;

    /// Bytes it takes on disk.
    fn size(&self) -> Result<u64, Box<dyn Error>>;
}

/// Columns that are counted.
const FACETS: [&str; 6] = ["category", "certification", "pricing", "support", "auth", "partner"];

/// The listing's columns for searching: name, partner, summary, tags and aliases, categories, text.
fn texts(listing: &SearchDocument) -> [String; 6] {
    let categories = listing.categories.iter().flat_map(|category| [category.group.as_str(), category.leaf.as_str()]);
    let abilities = listing.capabilities.iter().map(|(_, label)| label.as_str());
    [
        listing.card.name.clone(),
        listing.card.partner_name.clone(),
        listing.card.summary.clone(),
        listing.tags.iter().chain(&listing.aliases).map(String::as_str).collect::<Vec<_>>().join(" "),
        categories.collect::<Vec<_>>().join(" "),
        std::iter::once(listing.readme.as_str()).chain(abilities).collect::<Vec<_>>().join("\n"),
    ]
}

/// The listing's columns for counting, as [`FACETS`].
fn facet_values(listing: &SearchDocument) -> [String; 6] {
    [
        listing.card.category.clone(),
        listing.card.certification.as_str().to_owned(),
        listing.pricing.0.clone(),
        listing.support.0.clone(),
        listing.auth.0.clone(),
        listing.card.partner_name.clone(),
    ]
}

/// The words of a query, for engines with a query syntax.
fn words(q: &str) -> Vec<String> {
    let words = q.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

//! The record kept with each document: everything a result shows, in a compact form that is read without copying.

use crate::analysis::fold;
use contract::listing::{Certification, ListingCard};
use contract::review::Rating;
use domain::ports::SearchDocument;
use serde::{Deserialize, Serialize};

/// A record as it lies in memory.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record<'a> {
    /// Listing id.
    pub id: &'a str,
    /// Name folded, for sorting by name. Id and this come first so that ordering reads no further.
    pub sort_name: &'a str,
    /// Display name.
    pub name: &'a str,
    /// One sentence.
    pub summary: &'a str,
    /// Partner slug.
    pub partner_id: &'a str,
    /// Partner name.
    pub partner_name: &'a str,
    /// Icon address.
    pub icon: Option<&'a str>,
    /// Wire name of the certification level.
    pub certification: &'a str,
    /// Whether it can be installed.
    pub installable: bool,
    /// First category leaf.
    pub category: &'a str,
    /// Organizations that have it installed.
    pub installs: u32,
    /// Other names.
    #[serde(borrow)]
    pub aliases: Vec<&'a str>,
    /// Tags.
    pub tags: Vec<&'a str>,
    /// Path, group name and leaf name of each category leaf.
    pub categories: Vec<(&'a str, &'a str, &'a str)>,
    /// What it costs in a few words.
    pub price: Option<&'a str>,
    /// Wire value and label.
    pub pricing: (&'a str, &'a str),
    /// Wire value and label.
    pub support: (&'a str, &'a str),
    /// Wire value and label of each kind.
    pub capabilities: Vec<(&'a str, &'a str)>,
    /// Wire value and label.
    pub auth: (&'a str, &'a str),
    /// Average rating.
    pub rating: f64,
    /// How many reviews there are.
    pub reviews: u32,
    /// How often it was asked for.
    pub requests: u32,
    /// How often it is looked at.
    pub looks: u32,
    /// When it first appeared, Unix milliseconds.
    pub published_at: i64,
}

/// The first two fields of a record.
#[derive(Deserialize)]
struct Head<'a>(&'a str, &'a str);

impl<'a> Record<'a> {
    /// Reads a record.
    pub fn decode(bytes: &'a [u8]) -> postcard::Result<Self> {
        postcard::from_bytes(bytes)
    }

    /// Reads id and sort name only.
    pub fn decode_head(bytes: &'a [u8]) -> postcard::Result<(&'a str, &'a str)> {
        postcard::take_from_bytes::<Head<'a>>(bytes).map(|(head, _)| (head.0, head.1))
    }

    /// The card of a result.
    pub fn card(&self) -> ListingCard {
        ListingCard {
            id: self.id.into(),
            name: self.name.to_owned(),
            summary: self.summary.to_owned(),
            partner_id: self.partner_id.into(),
            partner_name: self.partner_name.to_owned(),
            icon: self.icon.map(str::to_owned),
            certification: Certification::parse(self.certification).unwrap_or_default(),
            installable: self.installable,
            category: self.category.to_owned(),
            installs: self.installs,
            rating: Rating::of(thousandths(self.rating), self.reviews),
            price: self.price.map(str::to_owned),
        }
    }
}

/// Writes the record of a document.
pub fn encode(document: &SearchDocument) -> postcard::Result<Vec<u8>> {
    let card = &document.card;
    let sort_name = fold(&card.name);
    postcard::to_stdvec(&Record {
        id: card.id.as_str(),
        sort_name: &sort_name,
        name: &card.name,
        summary: &card.summary,
        partner_id: card.partner_id.as_str(),
        partner_name: &card.partner_name,
        icon: card.icon.as_deref(),
        certification: card.certification.as_str(),
        installable: card.installable,
        category: &card.category,
        installs: card.installs,
        aliases: document.aliases.iter().map(String::as_str).collect(),
        tags: document.tags.iter().map(String::as_str).collect(),
        categories: document
            .categories
            .iter()
            .map(|category| (category.path.as_str(), category.group.as_str(), category.leaf.as_str()))
            .collect(),
        price: card.price.as_deref(),
        pricing: pair(&document.pricing),
        support: pair(&document.support),
        capabilities: document.capabilities.iter().map(pair).collect(),
        auth: pair(&document.auth),
        rating: document.rating,
        reviews: card.rating.map_or(0, |rating| rating.count),
        requests: document.requests,
        looks: document.looks,
        published_at: document.published_at.0,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped, and no number becomes 0")]
fn thousandths(stars: f64) -> u32 {
    (stars * 1000.0).round().clamp(0.0, 5000.0) as u32
}

fn pair((value, label): &(String, String)) -> (&str, &str) {
    (value, label)
}

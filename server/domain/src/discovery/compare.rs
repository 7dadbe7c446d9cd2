//! Several listings side by side.

use crate::catalog::{
    listing_auth, listing_capabilities as capabilities, listing_hosts as hosts, listing_scopes as scopes, region_label,
};
use crate::ports::Listing;
use crate::{Result, Services};
use contract::ListingId;
use contract::compare::{ComparedRow, Comparison, MAX_COMPARED};
use contract::listing::{Certification, ListingCard, Permission};
use contract::search::{MAX_QUERY_CHARS, SearchQuery};

/// What could be added, at most.
const OFFERS: usize = 6;

/// A property by its name and what a listing has of it.
type Property = (&'static str, fn(&Listing) -> Vec<String>);

const PROPERTIES: [Property; 12] = [
    ("Summary", |it| vec![it.manifest.summary.clone()]),
    ("Published by", |it| vec![it.card().partner_name]),
    ("Certification", |it| match it.card().certification {
        Certification::None => Vec::new(),
        level => vec![level.label().to_owned()],
    }),
    ("What it can do", |it| capabilities(&it.manifest).into_iter().map(|it| it.title).collect()),
    ("Sign-in to the other side", |it| vec![listing_auth(&it.manifest)]),
    ("What the credential may do", |it| scopes(&it.manifest).into_iter().map(scope).collect()),
    ("Hosts it calls", |it| hosts(&it.manifest).into_iter().map(|host| host.name).collect()),
    ("Where data is kept", |it| it.manifest.data_regions.iter().map(|it| region_label(it)).collect()),
    ("How it runs", |it| vec![it.manifest.listing.label().to_owned()]),
    ("Price", |it| vec![it.manifest.pricing.model.label().to_owned()]),
    ("Support", |it| vec![it.manifest.support.label().to_owned()]),
    ("Current release", |it| vec![format!("{} of {}", it.manifest.version, it.updated_at.date())]),
];

fn scope(it: Permission) -> String {
    if it.access.is_empty() { it.name } else { format!("{} ({})", it.name, it.access) }
}

fn row((label, value): &Property, listings: &[Listing]) -> ComparedRow {
    let values: Vec<Vec<String>> = listings.iter().map(value).collect();
    let same = values.len() > 1 && values.windows(2).all(|pair| pair[0] == pair[1]);
    ComparedRow { label: (*label).to_owned(), values, same }
}

/// What could be compared too: what the search finds, or what is similar to the first; nothing once there are enough.
fn offers(services: &Services, listings: &[Listing], q: &str) -> Result<Vec<ListingCard>> {
    let q: String = q.trim().chars().take(MAX_QUERY_CHARS).collect();
    let found = match listings.first() {
        _ if listings.len() >= MAX_COMPARED => Vec::new(),
        Some(first) if q.is_empty() => services.search.similar(&first.id, OFFERS + MAX_COMPARED)?,
        _ => {
            let query = SearchQuery { q, limit: 10, ..SearchQuery::default() };
            services.search.search(&query)?.hits.into_iter().map(|hit| hit.card).collect()
        }
    };
    let new = |card: &ListingCard| listings.iter().all(|it| it.id != card.id);
    Ok(found.into_iter().filter(new).take(OFFERS).collect())
}

/// Compares listings. `ids` are their ids with commas between them; what is there twice or too much is left out.
pub async fn compare(services: &Services, ids: &str, q: &str) -> Result<Comparison> {
    let mut wanted: Vec<&str> = Vec::new();
    for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
        if !wanted.contains(&id) && wanted.len() < MAX_COMPARED {
            wanted.push(id);
        }
    }
    let (mut listings, mut unknown) = (Vec::new(), Vec::new());
    for id in wanted {
        match services.catalogue.listing(&ListingId(id.to_owned())).await? {
            Some(listing) => listings.push(listing),
            None => unknown.push(id.chars().take(100).collect()),
        }
    }
    Ok(Comparison {
        rows: PROPERTIES.iter().map(|property| row(property, &listings)).collect(),
        offers: offers(services, &listings, q)?,
        listings: listings.iter().map(Listing::card).collect(),
        unknown,
    })
}

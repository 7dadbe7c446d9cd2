//! What is on the rise in a category.

use super::significance::rises;
use super::{Candidate, LEAST, SHOWN, at_least};
use crate::discovery::installable;
use crate::{Result, Services};
use contract::ListingId;
use contract::recommend::{Recommendation, Shelf};
use contract::search::{FacetField, Filter, Sort};

/// The time that is compared with as much time before it.
const DAYS: i64 = 28;
const DAY_MS: i64 = 86_400_000;

/// What more organizations began to run than before, in the category with this path; where that can't be told, what is
/// new. Anybody may see it.
pub async fn trending(services: &Services, path: &str) -> Result<Shelf> {
    let rising = rising(services, path).await?;
    if !rising.is_empty() {
        let note = format!("From installations of the last {DAYS} days, compared with the {DAYS} days before.");
        return Ok(Shelf { note, items: rising });
    }
    let kind = Filter { field: FacetField::Category, value: path.to_owned() };
    let newest = installable(services, Some(kind), Sort::Newest, 2 * u32::try_from(SHOWN).unwrap_or_default())?;
    // As many as a shelf holds would be the whole category once more.
    if newest.len() <= SHOWN {
        return Ok(Shelf::default());
    }
    let items = newest.into_iter().take(SHOWN);
    let items = items.map(|card| Recommendation { card, why: "Among the latest that can be installed".to_owned() });
    Ok(Shelf {
        note: "Too few installations lately to speak of a trend; these are the latest instead.".to_owned(),
        items: items.collect(),
    })
}

async fn rising(services: &Services, path: &str) -> Result<Vec<Recommendation>> {
    let now = services.clock.now();
    let (middle, start) = (now.plus_ms(-DAYS * DAY_MS), now.plus_ms(-2 * DAYS * DAY_MS));
    let recent = services.usage.begun(middle, now, LEAST).await?;
    if recent.is_empty() {
        return Ok(Vec::new());
    }
    let earlier = services.usage.begun(start, middle, LEAST).await?;
    let mut candidates: Vec<Candidate> = recent
        .into_iter()
        .filter_map(|(listing, number)| {
            let before = earlier.iter().find(|(id, _)| *id == listing).map(|(_, number)| *number);
            // A number that is too small to be told may be as large as that.
            let weight = rises(before.unwrap_or(LEAST - 1), number)?;
            let before = before.map_or_else(|| format!("fewer than {LEAST}"), at_least);
            let why = format!("{} organizations began with it in {DAYS} days, {before} before", at_least(number));
            Some(Candidate { listing, weight, why })
        })
        .collect();
    candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.listing.cmp(&b.listing)));
    let ids: Vec<ListingId> = candidates.iter().map(|it| it.listing.clone()).collect();
    let listings = services.catalogue.listings_of(&ids).await?;
    let inside =
        |category: &String| category.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let found = candidates.into_iter().filter_map(|it| {
        let listing = listings.iter().find(|listing| listing.id == it.listing)?;
        let here = listing.manifest.categories.iter().any(inside);
        here.then(|| Recommendation { card: listing.card(), why: it.why })
    });
    Ok(found.take(SHOWN).collect())
}

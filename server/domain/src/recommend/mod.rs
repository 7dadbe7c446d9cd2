//! Recommendations: what goes well with a listing, what fits a stack, what is like it, what is on the rise. Each says why.
//!
//! What organizations run is evidence, and theirs: [`together`] uses it in numbers of at least [`LEAST`] organizations, and
//! only where chance does not explain them ([`significance`]). As long as there is too little of it, what editors and listings
//! state ([`declared`]) takes its place, and says so.

mod declared;
mod significance;
mod similar;
mod stack;
mod together;
mod trending;

pub use stack::{for_your_stack, home};
pub use trending::trending;

use crate::{Result, Services};
use contract::ListingId;
use contract::listing::ListingCard;
use contract::recommend::{Advice, Recommendation, Shelf};

/// Fewer organizations than this are never spoken of, in whatever way.
pub const LEAST: u32 = 5;
/// Recommendations on a shelf.
const SHOWN: usize = 4;

/// A listing that could be recommended.
#[derive(Clone, Debug, PartialEq)]
struct Candidate {
    listing: ListingId,
    /// Among others of the same origin, more is better.
    weight: f64,
    why: String,
}

/// A number of organizations as it is told: in steps, so that nobody sees one more join.
fn at_least(number: u32) -> String {
    format!("{}+", number / LEAST * LEAST)
}

/// The first candidates that are in the catalogue and wanted, each once, with their cards.
async fn shown(
    services: &Services,
    candidates: Vec<Candidate>,
    wanted: impl Fn(&ListingCard) -> bool + Send,
) -> Result<Vec<Recommendation>> {
    let mut first: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if !first.iter().any(|it| it.listing == candidate.listing) {
            first.push(candidate);
        }
    }
    // More than needed: some an operator does not list, some are not wanted.
    first.truncate(8 * SHOWN);
    let ids: Vec<ListingId> = first.iter().map(|it| it.listing.clone()).collect();
    let listings = services.catalogue.listings_of(&ids).await?;
    let card = |id: &ListingId| listings.iter().find(|listing| listing.id == *id).map(crate::ports::Listing::card);
    let found = first.into_iter().filter_map(|it| Some(Recommendation { card: card(&it.listing)?, why: it.why }));
    Ok(found.filter(|it| wanted(&it.card)).take(SHOWN).collect())
}

/// What is recommended on a listing's page. Anybody may see it.
pub async fn advice(services: &Services, id: &ListingId) -> Result<Advice> {
    let Some(listing) = services.catalogue.listing(id).await? else { return Ok(Advice::default()) };
    let card: ListingCard = listing.card();
    let mut candidates = together::with(services, &card).await?;
    let measured = !candidates.is_empty();
    candidates.extend(declared::with(services, &card)?);
    let items = shown(services, candidates, |_| true).await?;
    let note = match (items.is_empty(), measured) {
        (true, _) => String::new(),
        (_, true) => format!("From what organizations run together, never from fewer than {LEAST} of them."),
        (_, false) => {
            "Too few organizations run it to tell from use; this follows from collections and abilities.".to_owned()
        }
    };
    Ok(Advice { with: Shelf { note, items }, similar: similar::to(services, &listing).await? })
}

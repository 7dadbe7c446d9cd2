//! What organizations run together.

use super::significance::association;
use super::{Candidate, LEAST, at_least};
use crate::{Result, Services};
use contract::listing::ListingCard;

/// What is run with a listing more often than chance explains, the strongest first.
pub async fn with(services: &Services, card: &ListingCard) -> Result<Vec<Candidate>> {
    let all = services.usage.neighbourhood(&card.id, LEAST).await?;
    let candidates = all.neighbours.iter().filter_map(|other| {
        Some(Candidate {
            weight: association(&all, other)?,
            why: format!("{} organizations run it with {}, more than chance explains", at_least(other.both), card.name),
            listing: other.listing.clone(),
        })
    });
    let mut candidates: Vec<Candidate> = candidates.collect();
    candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.listing.cmp(&b.listing)));
    Ok(candidates)
}

//! What fits what an organization has installed.

use super::{Candidate, SHOWN, declared, shown, together};
use crate::coverage_map::jobs;
use crate::discovery::{self, popular};
use crate::permission::Permission;
use crate::{Actor, Result, Services};
use contract::ListingId;
use contract::catalog::HomeView;
use contract::listing::ListingCard;
use contract::recommend::{Recommendation, Shelf};
use coverage::Job;

/// Installed listings that are looked at, the newest first.
const LOOKED_AT: usize = 12;

/// Recommendations for the organization of whoever asks; where nothing is installed yet, what to begin with.
pub async fn for_your_stack(services: &Services, actor: &Actor) -> Result<Shelf> {
    match fitting(services, actor).await? {
        Some(shelf) => Ok(shelf),
        None => first(services),
    }
}

/// What fits what is installed, where anything is.
async fn fitting(services: &Services, actor: &Actor) -> Result<Option<Shelf>> {
    let organization = actor.require(Permission::SeeInstallations)?.organization();
    let mut ids: Vec<ListingId> = Vec::new();
    for it in services.installations.list(organization).await? {
        if !ids.contains(&it.listing) {
            ids.push(it.listing);
        }
    }
    if ids.is_empty() {
        return Ok(None);
    }
    let own: Vec<ListingCard> =
        services.catalogue.listings_of(&ids).await?.iter().map(crate::ports::Listing::card).collect();
    let (mut measured, mut stated) = (Vec::new(), Vec::new());
    let newest = ids.iter().filter_map(|id| own.iter().find(|card| card.id == *id)).take(LOOKED_AT);
    for card in newest {
        measured.extend(together::with(services, card).await?);
        stated.extend(declared::with(services, card)?);
    }
    measured.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let stated = combined(stated);
    let evident: Vec<ListingId> = measured.iter().map(|it| it.listing.clone()).collect();
    let done: Vec<Job> = own.iter().flat_map(|card| jobs(card.id.as_str(), &card.category)).collect();
    let candidates: Vec<Candidate> =
        measured.into_iter().chain(stated).filter(|it| !ids.contains(&it.listing)).collect();
    // Who is paged by one needs no second; what others run beside it speaks for itself.
    let wanted = |card: &ListingCard| evident.contains(&card.id) || !superfluous(card, &done);
    let items = shown(services, candidates, wanted).await?;
    let note = if evident.is_empty() {
        "From what you have: collections that hold it, and what completes it."
    } else {
        "From what organizations run beside what you have, and from collections and abilities."
    };
    Ok(Some(Shelf { note: if items.is_empty() { String::new() } else { note.to_owned() }, items }))
}

/// The home page with what fits the stack of whoever asks, when there is one.
pub async fn home(services: &Services, actor: &Actor) -> Result<HomeView> {
    let view = discovery::home(services).await?;
    if !actor.may(Permission::SeeInstallations) {
        return Ok(view);
    }
    Ok(HomeView { for_you: fitting(services, actor).await?.unwrap_or_default(), ..view })
}

/// Whether all that a listing is there for is done already.
fn superfluous(card: &ListingCard, done: &[Job]) -> bool {
    let jobs = jobs(card.id.as_str(), &card.category);
    !jobs.is_empty() && jobs.iter().all(|job| job.alone() && done.contains(job))
}

/// What several installed listings lead to comes first.
fn combined(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut sums: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match sums.iter_mut().find(|it| it.listing == candidate.listing) {
            Some(sum) => sum.weight += candidate.weight,
            None => sums.push(candidate),
        }
    }
    sums.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    sums
}

/// Where nothing is installed.
fn first(services: &Services) -> Result<Shelf> {
    let cards = popular(services)?.into_iter().take(SHOWN);
    let items = cards.map(|card| {
        let why = if card.installs > 0 { "Among the most installed here" } else { "A connection to begin with" };
        Recommendation { card, why: why.to_owned() }
    });
    let note = "You have nothing installed yet, so this does not follow from your stack.".to_owned();
    Ok(Shelf { note, items: items.collect() })
}

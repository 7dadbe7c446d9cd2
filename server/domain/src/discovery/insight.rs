//! How people look for integrations: counted by day without any person in it, and shown to staff.

use crate::permission::Permission;
use crate::ports::Counted;
use crate::{Actor, Result, Services};
use contract::insight::{AskedFor, Deed, Funnel, Happened, Insight};
use contract::search::{MAX_OFFSET, MAX_QUERY_CHARS, SearchQuery};
use contract::{ListingId, Timestamp};
use std::collections::HashMap;

const DAY_MS: i64 = 86_400_000;
/// Days that are shown.
const SHOWN: i64 = 28;
/// Days of looks that count in the order of listings.
const WEIGHED_DAYS: i64 = 28;
/// Most listings that have such an order.
const MOST_WEIGHED: u64 = 5_000;
/// Days that are kept.
const KEPT: i64 = 400;
/// Queries and listings counted on one day: what comes after is made up by somebody's script.
const MOST_A_DAY: u64 = 20_000;
/// Lines of each table.
const LINES: u64 = 20;
/// Places of results that are told apart.
const PLACES: usize = 20;
/// So many digits are somebody's number, not a product's.
const NUMBER: usize = 6;

/// Counts something a visitor did. What could be about a person is not counted.
pub async fn happened(services: &Services, it: &Happened) -> Result<()> {
    let day = services.clock.now().0.div_euclid(DAY_MS);
    let place = it.position.to_string();
    match it.deed {
        Deed::View => {
            let id = ListingId(it.text.clone());
            // The page of what does not exist is looked at too.
            if services.catalogue.listing(&id).await?.is_none() {
                return Ok(());
            }
            services.discovery_counts.count(day, &[(Counted::View, &it.text)], MOST_A_DAY).await
        }
        Deed::Search => {
            let Some(q) = impersonal(&it.text) else { return Ok(()) };
            let found = super::search(services, &SearchQuery { q: q.clone(), limit: 1, ..SearchQuery::default() })?;
            let mut counted = vec![(Counted::Search, q.as_str())];
            counted.extend((found.total == 0).then_some((Counted::Empty, q.as_str())));
            services.discovery_counts.count(day, &counted, MOST_A_DAY).await
        }
        Deed::Open if it.position == 0 || it.position > MAX_OFFSET => Ok(()),
        Deed::Open => {
            let Some(q) = impersonal(&it.text) else { return Ok(()) };
            let counted = [(Counted::Opened, q.as_str()), (Counted::Position, place.as_str())];
            services.discovery_counts.count(day, &counted, MOST_A_DAY).await
        }
    }
}

/// The query in one spelling; `None` for one that is empty or looks like an address, a secret or a number of somebody's.
fn impersonal(q: &str) -> Option<String> {
    let words: Vec<&str> = q.split_whitespace().collect();
    let q = words.join(" ").to_lowercase();
    let q: String = q.chars().filter(|c| !c.is_control()).take(MAX_QUERY_CHARS).collect();
    let digits = q.chars().filter(char::is_ascii_digit).count();
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
    (!q.is_empty() && !q.contains('@') && !q.contains("://") && digits < NUMBER && longest <= 40).then_some(q)
}

/// What staff see of the last weeks.
pub async fn insight(services: &Services, actor: &Actor) -> Result<Insight> {
    actor.require(Permission::SeeDemand)?;
    let counts = &services.discovery_counts;
    let today = services.clock.now().0.div_euclid(DAY_MS);
    let from = today - SHOWN + 1;
    let top = counts.sums(Counted::Search, from, LINES).await?;
    let queries: Vec<String> = top.iter().map(|(q, _)| q.clone()).collect();
    let opened: HashMap<String, u32> = counts.sums_of(Counted::Opened, from, &queries).await?.into_iter().collect();
    let asked = |(q, searches): (String, u32)| AskedFor { opened: opened.get(&q).copied().unwrap_or(0), q, searches };
    let nothing = counts.sums(Counted::Empty, from, LINES).await?;
    let mut positions = vec![0; PLACES];
    for (place, number) in counts.sums(Counted::Position, from, MOST_A_DAY).await? {
        let place = place.parse::<usize>().unwrap_or(usize::MAX);
        if let Some(known) = place.checked_sub(1).and_then(|at| positions.get_mut(at)) {
            *known += number;
        }
    }
    Ok(Insight {
        days: u32::try_from(SHOWN).unwrap_or(u32::MAX),
        searches: counts.total(Counted::Search, from).await?,
        empty: counts.total(Counted::Empty, from).await?,
        opened: counts.total(Counted::Opened, from).await?,
        top: top.into_iter().map(asked).collect(),
        nothing: nothing.into_iter().map(|(q, searches)| AskedFor { q, searches, opened: 0 }).collect(),
        positions,
        listings: funnels(services, from).await?,
    })
}

async fn funnels(services: &Services, from: i64) -> Result<Vec<Funnel>> {
    let views = services.discovery_counts.sums(Counted::View, from, LINES).await?;
    let begun = services.discovery_counts.begun(Timestamp(from * DAY_MS)).await?;
    let ids: Vec<ListingId> = views.iter().map(|(id, _)| ListingId(id.clone())).collect();
    let mut listings: HashMap<ListingId, _> =
        services.catalogue.listings_of(&ids).await?.into_iter().map(|listing| (listing.id.clone(), listing)).collect();
    let funnel = |(id, views): (String, u32)| {
        let listing = listings.remove(&ListingId(id))?;
        let own = begun.iter().find(|begun| begun.listing == listing.id);
        let (begun, proven) = own.map_or((0, 0), |own| (own.begun, own.proven));
        Some(Funnel { card: listing.card(), views, begun, proven })
    };
    Ok(views.into_iter().filter_map(funnel).collect())
}

/// Lets what people look at count in the order of listings. Rounded to powers of two, so that a listing changes when its
/// place could, and not with each visitor.
pub async fn weigh(services: &Services) -> Result<u64> {
    let now = services.clock.now();
    let from = now.0.div_euclid(DAY_MS) - WEIGHED_DAYS;
    let sums = services.discovery_counts.sums(Counted::View, from, MOST_WEIGHED).await?;
    let looks = sums.into_iter().filter_map(|(id, number)| Some((ListingId(id), 1 << number.checked_ilog2()?)));
    services.catalogue.set_looks(&looks.collect::<Vec<_>>(), now).await
}

/// Deletes counts that are older than anybody asks for.
pub async fn forget(services: &Services) -> Result<u64> {
    services.discovery_counts.forget(services.clock.now().0.div_euclid(DAY_MS) - KEPT).await
}

#[cfg(test)]
mod tests {
    use super::impersonal;

    #[test]
    fn queries_that_could_be_about_somebody_are_not_kept() {
        assert_eq!(impersonal("  Pager   DUTY "), Some("pager duty".to_owned()));
        assert_eq!(impersonal("log4j 2"), Some("log4j 2".to_owned()));
        for q in ["", "ada@example.org", "+44 20 7946 0000", "https://intra.example/x", &"k".repeat(41)] {
            assert_eq!(impersonal(q), None, "{q}");
        }
    }
}

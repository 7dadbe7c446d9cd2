//! Finding integrations: search, suggestions, the home page, categories. Anybody may.

mod collections;
mod compare;
mod insight;

pub(crate) use collections::together;
pub use collections::{collection, collections};
pub use compare::compare;
pub use insight::{forget, happened, insight, weigh};

use crate::catalog::categories::CategoryTree;
use crate::{Result, Services};
use contract::catalog::{CategoryGroup, CategoryLeaf, HomeView};
use contract::listing::ListingCard;
use contract::recommend::Shelf;
use contract::search::{
    FacetField, Filter, MAX_LIMIT, MAX_OFFSET, MAX_QUERY_CHARS, SearchPage, SearchQuery, Sort, Suggestion,
};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Cards in each row of the home page.
const HOME_CARDS: u32 = 8;

/// Answers a query, its numbers brought into bounds first.
pub fn search(services: &Services, query: &SearchQuery) -> Result<SearchPage> {
    let mut query = query.clone();
    query.limit = query.limit.min(MAX_LIMIT);
    query.offset = query.offset.min(MAX_OFFSET);
    query.q = query.q.chars().take(MAX_QUERY_CHARS).collect();
    query.filters.sort();
    query.filters.dedup();
    services.search.search(&query)
}

/// Completes what somebody types.
pub fn suggest(services: &Services, q: &str) -> Result<Vec<Suggestion>> {
    let q: String = q.chars().take(MAX_QUERY_CHARS).collect();
    if q.trim().is_empty() { Ok(Vec::new()) } else { services.search.suggest(&q, 8) }
}

/// What can be installed, in this order.
fn cards(services: &Services, sort: Sort, limit: u32) -> Result<Vec<ListingCard>> {
    installable(services, None, sort, limit)
}

/// The same of one kind, such as a category.
pub(crate) fn installable(
    services: &Services,
    kind: Option<Filter>,
    sort: Sort,
    limit: u32,
) -> Result<Vec<ListingCard>> {
    let mut filters = vec![Filter { field: FacetField::Installable, value: "yes".to_owned() }];
    filters.extend(kind);
    let page = services.search.search(&SearchQuery { sort, limit, filters, ..SearchQuery::default() })?;
    Ok(page.hits.into_iter().map(|hit| hit.card).collect())
}

#[derive(serde::Deserialize)]
struct Featured {
    ids: Vec<String>,
}

static FEATURED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let file = toml::from_str::<Featured>(include_str!("../../../../catalog/featured.toml"));
    file.map(|file| file.ids).unwrap_or_default()
});

/// Most installed first; among equals what the editors chose, then the index's order.
pub(crate) fn popular(services: &Services) -> Result<Vec<ListingCard>> {
    let mut cards = cards(services, Sort::Installs, MAX_LIMIT)?;
    let place = |card: &ListingCard| FEATURED.iter().position(|id| *id == card.id.0).unwrap_or(usize::MAX);
    cards.sort_by_key(|card| (std::cmp::Reverse(card.installs), place(card)));
    cards.truncate(HOME_CARDS as usize);
    Ok(cards)
}

/// The category tree with the number of listings in each place.
pub fn categories(services: &Services) -> Result<Vec<CategoryGroup>> {
    let page = services.search.search(&SearchQuery::default())?;
    Ok(counted(&page))
}

fn facet(page: &SearchPage, field: FacetField) -> HashMap<&str, u32> {
    page.facets
        .iter()
        .filter(|facet| facet.field == field)
        .flat_map(|facet| &facet.values)
        .map(|value| (value.value.as_str(), u32::try_from(value.count).unwrap_or(u32::MAX)))
        .collect()
}

fn counted(page: &SearchPage) -> Vec<CategoryGroup> {
    let counts = facet(page, FacetField::Category);
    let count = |path: &str| counts.get(path).copied().unwrap_or_default();
    CategoryTree::builtin()
        .groups
        .iter()
        .map(|group| CategoryGroup {
            path: group.id.clone(),
            name: group.name.clone(),
            summary: group.summary.clone(),
            icon: group.icon.clone(),
            count: count(&group.id),
            leaves: group
                .leaves
                .iter()
                .map(|leaf| {
                    let path = format!("{}/{}", group.id, leaf.id);
                    CategoryLeaf { count: count(&path), name: leaf.name.clone(), summary: leaf.summary.clone(), path }
                })
                .collect(),
        })
        .collect()
}

/// The home page, as everybody sees it.
pub async fn home(services: &Services) -> Result<HomeView> {
    let page = services.search.search(&SearchQuery::default())?;
    let installable = facet(&page, FacetField::Installable).get("yes").copied().unwrap_or_default();
    Ok(HomeView {
        listings: u32::try_from(page.total).unwrap_or(u32::MAX),
        installable,
        partners: u32::try_from(services.catalogue.partners().await?.len()).unwrap_or(u32::MAX),
        categories: counted(&page),
        popular: popular(services)?,
        newest: cards(services, Sort::Newest, HOME_CARDS)?,
        for_you: Shelf::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editors_choice_can_be_read() {
        assert_eq!(FEATURED.len(), 8);
    }
}

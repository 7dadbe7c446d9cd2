//! Facets of an answer from the counts of a scan.

use crate::scan::Selection;
use crate::snapshot::Snapshot;
use crate::values::ValueId;
use contract::search::{Facet, FacetField, FacetValue, Filter};
use std::cmp::Reverse;

/// Most values of one facet; categories are few and all shown.
const MOST_VALUES: usize = 30;
const MOST_CATEGORIES: usize = 500;

/// All facets that have values, in the order shown. Chosen values are always among them, even with no results.
pub fn facets(snapshot: &Snapshot, selection: &Selection, filters: &[Filter], counts: &[u32]) -> Vec<Facet> {
    FacetField::ALL
        .into_iter()
        .map(|field| facet(snapshot, selection, filters, counts, field))
        .filter(|facet| !facet.values.is_empty())
        .collect()
}

fn facet(snapshot: &Snapshot, selection: &Selection, filters: &[Filter], counts: &[u32], field: FacetField) -> Facet {
    let values = &snapshot.values;
    let ranks = values.label_ranks();
    let ordered = |id: &ValueId| (Reverse(counts[*id as usize]), ranks[*id as usize], *id);
    let having = values.of(field).iter().filter(|id| counts[**id as usize] > 0);
    let mut best: Vec<(Reverse<u32>, u32, ValueId)> = having.map(ordered).collect();
    let most = if field == FacetField::Category { MOST_CATEGORIES } else { MOST_VALUES };
    if best.len() > most {
        best.select_nth_unstable(most);
        best.truncate(most);
    }
    best.sort_unstable();
    let mut ids: Vec<ValueId> = best.into_iter().map(|(_, _, id)| id).collect();
    let mut unseen: Vec<&str> = Vec::new();
    for filter in filters.iter().filter(|filter| filter.field == field) {
        match values.find(field, &filter.value) {
            Some(id) if !ids.contains(&id) => ids.push(id),
            None if unseen.len() < MOST_VALUES && !unseen.contains(&filter.value.as_str()) => {
                unseen.push(&filter.value);
            }
            _ => {}
        }
    }
    let seen = ids.into_iter().map(|id| {
        let value = values.get(id);
        FacetValue {
            value: value.value.to_string(),
            label: value.label.to_string(),
            count: u64::from(counts[id as usize]),
            selected: selection.chosen[id as usize],
        }
    });
    let unseen = unseen.into_iter().map(|value| FacetValue {
        value: value.to_owned(),
        label: value.to_owned(),
        count: 0,
        selected: true,
    });
    Facet { field, values: seen.chain(unseen).collect() }
}

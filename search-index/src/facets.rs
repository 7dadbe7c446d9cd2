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
    let order = |id: &ValueId| (Reverse(counts[*id as usize]), &values.get(*id).label, &values.get(*id).value);
    let mut ids: Vec<ValueId> = values.of(field).iter().copied().filter(|id| counts[*id as usize] > 0).collect();
    let most = if field == FacetField::Category { MOST_CATEGORIES } else { MOST_VALUES };
    if ids.len() > most {
        ids.select_nth_unstable_by(most, |a, b| order(a).cmp(&order(b)));
        ids.truncate(most);
    }
    ids.sort_by(|a, b| order(a).cmp(&order(b)));
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

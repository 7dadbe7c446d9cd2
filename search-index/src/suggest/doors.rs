//! Categories and partners that begin with what somebody types.

use crate::analysis::{fold, words};
use crate::document::{group_key, leaf_key, partner_key};
use crate::highlight::Marks;
use crate::query::{Input, InputWord};
use crate::snapshot::Snapshot;
use crate::values::ValueId;
use contract::search::{FacetField, Suggestion, SuggestionKind};
use domain::Result;
use std::cmp::Reverse;

/// Shortest beginning of a name, in characters.
const SHORTEST: usize = 2;
/// Fewest listings of a category; a partner of one listing is found by the listing.
const OF_CATEGORY: u64 = 1;
const OF_PARTNER: u64 = 2;
/// Shortest word that may be misspelt, and shortest that may be so twice.
const MISSPELT: usize = 4;
const MISSPELT_TWICE: usize = 8;

/// Categories, those of most listings first.
pub fn categories(snapshot: &Snapshot, input: &Input, most: usize) -> Result<Vec<Suggestion>> {
    let key = |path: &str| if path.contains('/') { leaf_key(path) } else { group_key(path) };
    let fitting = ranked(snapshot, input, FacetField::Category, OF_CATEGORY, key)?;
    Ok(fitting
        .into_iter()
        .take(most)
        .map(|(id, count)| suggestion(snapshot, input, SuggestionKind::Category, id, count))
        .collect())
}

/// Partners, those of most listings first.
pub fn partners(snapshot: &Snapshot, input: &Input, most: usize) -> Result<Vec<Suggestion>> {
    let fitting = ranked(snapshot, input, FacetField::Partner, OF_PARTNER, partner_key)?;
    Ok(fitting
        .into_iter()
        .take(most)
        .map(|(id, count)| suggestion(snapshot, input, SuggestionKind::Partner, id, count))
        .collect())
}

/// Values that begin so, with the number of their listings: most first. Misspelt ones where none is.
fn ranked(
    snapshot: &Snapshot,
    input: &Input,
    field: FacetField,
    fewest: u64,
    key: impl Fn(&str) -> String,
) -> Result<Vec<(ValueId, u64)>> {
    let typed: Vec<String> = input.words.iter().map(InputWord::term).collect();
    let Some(longest) = typed.iter().max_by_key(|word| word.chars().count()) else { return Ok(Vec::new()) };
    let length = longest.chars().count();
    if length < SHORTEST {
        return Ok(Vec::new());
    }
    let values = &snapshot.values;
    let mut found: Vec<ValueId> = values.beginning(field, longest).collect();
    let mut slips = 0;
    if found.is_empty() && length >= MISSPELT {
        slips = if length < MISSPELT_TWICE { 1 } else { 2 };
        found = values.like(field, longest, |word| is_slip(longest, word, slips)).collect();
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|id| has_all(&values.get(*id).label, &typed, slips));
    let mut counted = Vec::new();
    for id in found {
        let listings = snapshot.lexicon.frequency(snapshot.fields.keys, &key(&values.get(id).value))?;
        if listings >= fewest {
            counted.push((id, listings));
        }
    }
    counted.sort_unstable_by_key(|(id, listings)| (Reverse(*listings), *id));
    Ok(counted)
}

fn suggestion(snapshot: &Snapshot, input: &Input, kind: SuggestionKind, id: ValueId, listings: u64) -> Suggestion {
    let mut marks = Marks::default();
    input.words.iter().for_each(|word| marks.add_word(word));
    let value = snapshot.values.get(id);
    let name = marks.fragments(&value.label);
    Suggestion { kind, id: value.value.to_string(), name, hint: listings.to_string(), icon: None }
}

/// Whether each typed word begins a word of the name.
fn has_all(label: &str, typed: &[String], slips: usize) -> bool {
    let own: Vec<String> = words(label).map(|word| fold(&label[word.start..word.end])).collect();
    typed.iter().all(|typed| own.iter().any(|own| own.starts_with(typed.as_str()) || is_slip(typed, own, slips)))
}

/// Whether a word, or its beginning, was typed with so many slips.
fn is_slip(typed: &str, word: &str, slips: usize) -> bool {
    let beginning: String = word.chars().take(typed.chars().count()).collect();
    slips > 0 && (strsim::osa_distance(typed, word) <= slips || strsim::osa_distance(typed, &beginning) <= slips)
}

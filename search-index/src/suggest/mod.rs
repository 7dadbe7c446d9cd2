//! Completing what somebody types: listings, and with them the categories, partners and tasks that begin so.

mod doors;
mod listings;
mod tasks;

use crate::query::Input;
use crate::snapshot::Snapshot;
use contract::search::{Suggestion, SuggestionKind};
use domain::Result;

/// Most suggestions one request may ask for.
const MOST: usize = 50;
/// Places kept for what is not a listing.
const MOST_CATEGORIES: usize = 2;
const MOST_PARTNERS: usize = 1;
const MOST_TASKS: usize = 2;

/// At most `limit` completions: listings, then categories, partners and tasks. Something called exactly so is first.
pub fn suggest(snapshot: &Snapshot, q: &str, limit: usize) -> Result<Vec<Suggestion>> {
    let input = Input::parse(q);
    let limit = limit.min(MOST);
    if input.words.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let mut others = doors::categories(snapshot, &input, MOST_CATEGORIES)?;
    others.extend(doors::partners(snapshot, &input, MOST_PARTNERS)?);
    others.extend(tasks::tasks(snapshot, &input, MOST_TASKS)?);
    others.truncate(limit / 2);
    let mut found = listings::listings(snapshot, &input, limit - others.len())?;
    let exact = |suggestion: &Suggestion| crate::analysis::joined(&text(suggestion)) == input.joined;
    let first = usize::from(found.first().is_some_and(exact));
    for other in others {
        if other.kind == SuggestionKind::Category && exact(&other) {
            found.insert(first, other);
        } else {
            found.push(other);
        }
    }
    Ok(found)
}

fn text(suggestion: &Suggestion) -> String {
    suggestion.name.iter().map(|fragment| fragment.text.as_str()).collect()
}

//! How listings go on where somebody stopped typing: of all words that begin so, those that most names have.

use super::ask::Ask;
use super::weights as w;
use crate::snapshot::Snapshot;
use domain::{Error, Result};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Shortest beginning, in bytes: shorter ones begin too many words to tell anything.
const SHORTEST: usize = 2;
/// Words looked at per segment.
const LOOKED_AT: usize = 4000;
/// Words that are lifted.
const LIFTED: usize = 4;

/// What lifts the usual completions of `typed`, more the more names have them.
pub fn completions(snapshot: &Snapshot, typed: &str) -> Result<Arc<[Ask]>> {
    snapshot.lexicon.completions.get(typed, || Ok(find(snapshot, typed)?.into()))
}

fn find(snapshot: &Snapshot, typed: &str) -> Result<Vec<Ask>> {
    if typed.len() < SHORTEST {
        return Ok(Vec::new());
    }
    let field = snapshot.fields.name;
    let mut found: HashMap<Vec<u8>, u32> = HashMap::new();
    for reader in snapshot.searcher.segment_readers() {
        let inverted = reader.inverted_index(field).map_err(Error::search)?;
        let mut terms = inverted.terms().range().ge(typed).into_stream().map_err(Error::search)?;
        let mut looked_at = 0;
        while terms.advance() && terms.key().starts_with(typed.as_bytes()) && looked_at < LOOKED_AT {
            looked_at += 1;
            *found.entry(terms.key().to_owned()).or_default() += terms.value().doc_freq;
        }
    }
    let mut ranked: Vec<(Reverse<u32>, Vec<u8>)> =
        found.into_iter().map(|(term, count)| (Reverse(count), term)).collect();
    ranked.sort_unstable();
    let most = ranked.first().map_or(1, |(count, _)| count.0);
    let lifted = ranked.into_iter().take(LIFTED).filter(|(count, _)| count.0 > 1);
    let share = |count: u32| {
        f32::from(u16::try_from(count).unwrap_or(u16::MAX)) / f32::from(u16::try_from(most).unwrap_or(u16::MAX))
    };
    let mut asks = Vec::new();
    for (Reverse(count), term) in lifted {
        let Ok(term) = std::str::from_utf8(&term) else { continue };
        let entry = snapshot.lexicon.find(field, term)?;
        asks.extend(entry.map(|entry| Ask::Fixed { entry, score: w::USUAL_COMPLETION * share(count) }));
    }
    Ok(asks)
}

//! What an unknown word was meant to be: indexed words at a small edit distance.

use crate::analysis::{fold, joined, parts, words};
use crate::snapshot::Snapshot;
use domain::{Error, Result};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

/// Most corrections of one word.
const MOST: usize = 3;
/// Shortest word that may have one edit, in characters.
const ONE_EDIT: usize = 4;
/// Shortest word that may have two.
const TWO_EDITS: usize = 8;
/// Shortest word that may be two characters too long or too short.
const LONG: usize = 10;
/// Documents looked at to find out how a word is written.
const WITNESSES: usize = 16;

/// Indexed words that `word` may be a misspelling of, best first. `unfinished` words may also be misspelt beginnings.
pub fn corrections(snapshot: &Snapshot, word: &str, unfinished: bool) -> Result<Arc<[String]>> {
    snapshot.lexicon.corrections[usize::from(unfinished)].get(word, || Ok(find(snapshot, word, unfinished)?.into()))
}

fn find(snapshot: &Snapshot, word: &str, unfinished: bool) -> Result<Vec<String>> {
    let length = word.chars().count();
    if length < ONE_EDIT || word.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let most = if length < TWO_EDITS { 1 } else { 2 };
    for distance in 1..=most {
        let found = near(snapshot, word, distance, false)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    if unfinished { near(snapshot, word, 1, true) } else { Ok(Vec::new()) }
}

/// Indexed names and words that differ from `joined` by one edit, or from a long one by two where it has `unknown` words.
pub fn slips(snapshot: &Snapshot, joined: &str, unknown: bool) -> Result<Arc<[String]>> {
    snapshot.lexicon.slips[usize::from(unknown)].get(joined, || {
        let found = near(snapshot, joined, 1, false)?;
        if found.is_empty() && unknown && joined.chars().count() >= TWO_EDITS {
            return Ok(near(snapshot, joined, 2, false)?.into());
        }
        Ok(found.into())
    })
}

/// Words at exactly this distance, or beginning so. A transposition is one edit. Two edits that keep neither the first
/// letter nor nearly the length make another word (`falconry` is not `falcon`).
fn near(snapshot: &Snapshot, word: &str, distance: u8, prefix: bool) -> Result<Vec<String>> {
    let term = Term::from_field_text(snapshot.fields.spelling, word);
    let fuzzy = if prefix {
        FuzzyTermQuery::new_prefix(term, distance, true)
    } else {
        FuzzyTermQuery::new(term, distance, true)
    };
    let first = word.chars().next();
    let keeps_first = distance > 1 || prefix;
    let mut found: HashMap<String, u32> = HashMap::new();
    for reader in snapshot.searcher.segment_readers() {
        let inverted = reader.inverted_index(snapshot.fields.spelling).map_err(Error::search)?;
        let automaton = fuzzy.automaton().map_err(Error::search)?;
        let mut terms = inverted.terms().search(automaton);
        if let (Some(first), true) = (first, keeps_first) {
            // The dictionary is in order: what begins otherwise is not even looked at.
            terms = terms.ge(first.to_string());
            if let Some(next) = char::from_u32(u32::from(first) + 1) {
                terms = terms.lt(next.to_string());
            }
        }
        let mut terms = terms.into_stream().map_err(Error::search)?;
        while terms.advance() {
            if let Ok(text) = std::str::from_utf8(terms.key()) {
                *found.entry(text.to_owned()).or_default() += terms.value().doc_freq;
            }
        }
    }
    let mut ranked: Vec<(bool, Reverse<usize>, Reverse<u32>, String)> = found
        .into_iter()
        .map(|(text, count)| {
            let kept = if distance > 1 { in_common(&text, word) } else { 0 };
            (text.chars().next() != first, Reverse(kept), Reverse(count), text)
        })
        .collect();
    if distance > 1 {
        let length = word.chars().count();
        let most = if length < LONG { 1 } else { 2 };
        ranked.retain(|(_, _, _, text)| text.chars().count().abs_diff(length) <= most);
    }
    ranked.sort_unstable();
    ranked.truncate(MOST);
    Ok(ranked.into_iter().map(|(_, _, _, text)| text).collect())
}

/// Characters that two words begin and end with alike.
fn in_common(a: &str, b: &str) -> usize {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    alike(&mut a.chars().zip(b.chars())) + alike(&mut a.chars().rev().zip(b.chars().rev()))
}

/// How the catalogue writes a folded term: `pagerduty` → `PagerDuty`. The most prominent listing decides.
pub fn spelled(snapshot: &Snapshot, term: &str) -> Result<Arc<str>> {
    snapshot.lexicon.spellings.get(term, || Ok(witnessed(snapshot, term)?.into()))
}

fn witnessed(snapshot: &Snapshot, term: &str) -> Result<String> {
    let mut witnesses = snapshot.holders(&Term::from_field_text(snapshot.fields.spelling, term), WITNESSES)?;
    witnesses.sort_by_key(|place| Reverse(snapshot.data(*place).popularity[place.doc as usize]));
    let mut in_context = None;
    for place in witnesses {
        let record = snapshot.data(place).record(place.doc)?;
        let names = std::iter::once(record.name).chain(record.aliases.iter().copied());
        if let Some(text) = names.into_iter().find_map(|name| written(name, term)) {
            return Ok(text.to_owned());
        }
        if in_context.is_none() {
            in_context = written(record.partner_name, term).map(str::to_owned);
        }
    }
    Ok(in_context.unwrap_or_else(|| term.to_owned()))
}

/// The place in `text` that folds to `term`: a word, a part of one, or all of it.
fn written<'a>(text: &'a str, term: &str) -> Option<&'a str> {
    for word in words(text) {
        let slice = &text[word.start..word.end];
        if fold(slice) == term {
            return Some(slice);
        }
        for (start, end) in parts(slice) {
            if fold(&slice[start..end]) == term {
                return Some(&slice[start..end]);
            }
        }
    }
    (joined(text) == term).then_some(text)
}

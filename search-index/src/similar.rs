//! Listings like another: the same categories, tags and partner. Rare ones say more than frequent ones.

use crate::analysis::{fold, is_stop_word, stem, words};
use crate::document::{group_key, leaf_key, partner_key, tag_key};
use crate::lexicon::Entry;
use crate::query::Ask;
use crate::scan::best_by_sum;
use crate::snapshot::{Place, Snapshot};
use contract::ListingId;
use contract::listing::ListingCard;
use domain::Result;
use std::sync::Arc;
use tantivy::Term;

const LEAF: f32 = 3.0;
const TAG: f32 = 1.5;
const PARTNER: f32 = 1.0;
const GROUP: f32 = 0.5;
/// A rare word of name or summary.
const WORD: f32 = 1.0;
/// Words that more than one listing of so many has tell little.
const RARE: u64 = 20;
/// Most words that are compared.
const MOST_WORDS: usize = 8;
/// Most tags that are compared.
const MOST_TAGS: usize = 16;
/// Most listings one request may ask for.
const MOST: usize = 50;

/// The most similar listings, best first; none for an unknown id.
pub fn similar(snapshot: &Snapshot, id: &ListingId, limit: usize) -> Result<Vec<ListingCard>> {
    let by_id = Term::from_field_text(snapshot.fields.id, id.as_str());
    let Some(own) = snapshot.holders(&by_id, 1)?.first().copied() else {
        return Ok(Vec::new());
    };
    let places = most_like(snapshot, &keys(snapshot, own, 1.0)?, &[own], limit.min(MOST))?;
    places.into_iter().map(|place| Ok(snapshot.data(place).record(place.doc)?.card())).collect()
}

/// Listings that are most like the best results and are not among them.
pub fn related(snapshot: &Snapshot, results: &[Place], most: usize) -> Result<Vec<Place>> {
    let mut asks = Vec::new();
    for (place, share) in results.iter().zip([1.0, 0.5, 0.25]) {
        asks.extend(keys(snapshot, *place, share)?);
        asks.extend(telling_words(snapshot, *place, share)?);
    }
    most_like(snapshot, &asks, results, most)
}

fn most_like(snapshot: &Snapshot, asks: &[Ask], without: &[Place], most: usize) -> Result<Vec<Place>> {
    let found = best_by_sum(snapshot, asks, most + without.len())?;
    Ok(found.into_iter().map(|(place, _)| place).filter(|place| !without.contains(place)).take(most).collect())
}

/// Rare words of name and summary, where other listings have them in theirs.
fn telling_words(snapshot: &Snapshot, own: Place, share: f32) -> Result<Vec<Ask>> {
    let record = snapshot.data(own).record(own.doc)?;
    let mut entries: Vec<Arc<Entry>> = Vec::new();
    for text in [record.name, record.summary] {
        for word in words(text) {
            let folded = fold(&text[word.start..word.end]);
            let Some(entry) = snapshot.lexicon.find(snapshot.fields.summary, &stem(&folded))? else { continue };
            let frequency = entry.frequency;
            let rare = frequency > 1 && frequency * RARE < snapshot.searcher.num_docs();
            if rare && !is_stop_word(&folded) && !entries.iter().any(|known| known.term == entry.term) {
                entries.push(entry);
            }
        }
    }
    entries.sort_by_key(|entry| entry.frequency);
    entries.truncate(MOST_WORDS);
    Ok(entries.into_iter().map(|entry| Ask::Term { entry, weight: WORD * share }).collect())
}

/// What a listing shares with others.
fn keys(snapshot: &Snapshot, own: Place, share: f32) -> Result<Vec<Ask>> {
    let record = snapshot.data(own).record(own.doc)?;
    let mut keys = vec![(partner_key(record.partner_id), PARTNER)];
    for (path, _, _) in &record.categories {
        keys.push((leaf_key(path), LEAF));
        keys.push((group_key(path), GROUP));
    }
    keys.extend(record.tags.iter().take(MOST_TAGS).map(|tag| (tag_key(tag), TAG)));
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    keys.dedup_by(|a, b| a.0 == b.0);
    let mut asks = Vec::new();
    for (key, weight) in keys {
        let entry = snapshot.lexicon.find(snapshot.fields.keys, &key)?;
        asks.extend(entry.map(|entry| Ask::Term { entry, weight: weight * share }));
    }
    Ok(asks)
}

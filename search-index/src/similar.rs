//! Listings like another: the same categories, tags and partner. Rare ones say more than frequent ones.

use crate::analysis::{fold, stem, words};
use crate::document::{group_key, leaf_key, partner_key, tag_key};
use crate::query::is_stop_word;
use crate::snapshot::{Place, Snapshot};
use crate::top::{self, Top};
use contract::ListingId;
use contract::listing::ListingCard;
use domain::{Error, Result};
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

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
    let places = most_like(snapshot, keys(snapshot, own, 1.0)?, &[own], limit.min(MOST))?;
    places.into_iter().map(|place| Ok(snapshot.data(place).record(place.doc)?.card())).collect()
}

/// Listings that are most like the best results and are not among them.
pub fn related(snapshot: &Snapshot, results: &[Place], most: usize) -> Result<Vec<Place>> {
    let mut queries = Vec::new();
    for (place, share) in results.iter().zip([1.0, 0.5, 0.25]) {
        queries.extend(keys(snapshot, *place, share)?);
        queries.extend(telling_words(snapshot, *place, share)?);
    }
    most_like(snapshot, queries, results, most)
}

fn most_like(snapshot: &Snapshot, queries: Vec<Box<dyn Query>>, without: &[Place], most: usize) -> Result<Vec<Place>> {
    let scoring = EnableScoring::enabled_from_searcher(&snapshot.searcher);
    let weight = BooleanQuery::union(queries).weight(scoring).map_err(Error::search)?;
    let mut top = Top::new(most);
    for (reader, segment) in snapshot.searcher.segment_readers().iter().zip(0u32..) {
        let (data, ranks) = (&snapshot.segments[segment as usize], &snapshot.id_ranks[segment as usize]);
        let see = &mut |doc: u32, score: f32| {
            if !reader.is_deleted(doc) && !without.contains(&Place { segment, doc }) {
                let score = score * data.prominence[doc as usize];
                top.push(top::key(top::ordered_f32(score), ranks[doc as usize], score));
            }
        };
        weight.for_each(reader, see).map_err(Error::search)?;
    }
    Ok(top.into_sorted().into_iter().map(|key| snapshot.place(top::parts(key).0)).collect())
}

/// Rare words of name and summary, where other listings have them in theirs.
fn telling_words(snapshot: &Snapshot, own: Place, share: f32) -> Result<Vec<Box<dyn Query>>> {
    let record = snapshot.data(own).record(own.doc)?;
    let mut terms: Vec<(u64, Term)> = Vec::new();
    for text in [record.name, record.summary] {
        for word in words(text) {
            let folded = fold(&text[word.start..word.end]);
            let term = Term::from_field_text(snapshot.fields.summary, &stem(&folded));
            let frequency = snapshot.frequency(&term)?;
            let rare = frequency > 1 && frequency * RARE < snapshot.searcher.num_docs();
            if rare && !is_stop_word(&folded) && !terms.iter().any(|(_, known)| *known == term) {
                terms.push((frequency, term));
            }
        }
    }
    terms.sort_unstable_by_key(|(frequency, _)| *frequency);
    terms.truncate(MOST_WORDS);
    let query = |(_, term)| {
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), WORD * share)) as Box<dyn Query>
    };
    Ok(terms.into_iter().map(query).collect())
}

/// What a listing shares with others.
fn keys(snapshot: &Snapshot, own: Place, share: f32) -> Result<Vec<Box<dyn Query>>> {
    let record = snapshot.data(own).record(own.doc)?;
    let mut keys = vec![(partner_key(record.partner_id), PARTNER)];
    for (path, _, _) in &record.categories {
        keys.push((leaf_key(path), LEAF));
        keys.push((group_key(path), GROUP));
    }
    keys.extend(record.tags.iter().take(MOST_TAGS).map(|tag| (tag_key(tag), TAG)));
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    keys.dedup_by(|a, b| a.0 == b.0);
    let queries = keys.into_iter().map(|(key, weight)| {
        let query = TermQuery::new(Term::from_field_text(snapshot.fields.keys, &key), IndexRecordOption::Basic);
        Box::new(BoostQuery::new(Box::new(query), weight * share)) as Box<dyn Query>
    });
    Ok(queries.collect())
}

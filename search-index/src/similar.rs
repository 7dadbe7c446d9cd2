//! Listings like another: the same categories, tags and partner. Rare ones say more than frequent ones.

use crate::document::{group_key, leaf_key, partner_key, tag_key};
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
    let query = likeness(snapshot, own)?;
    let scoring = EnableScoring::enabled_from_searcher(&snapshot.searcher);
    let weight = query.weight(scoring).map_err(Error::search)?;
    let mut top = Top::new(limit.min(MOST));
    for (reader, segment) in snapshot.searcher.segment_readers().iter().zip(0u32..) {
        let (data, ranks) = (&snapshot.segments[segment as usize], &snapshot.id_ranks[segment as usize]);
        let see = &mut |doc: u32, score: f32| {
            if !reader.is_deleted(doc) && (Place { segment, doc }) != own {
                let score = score * data.prominence[doc as usize];
                top.push(top::key(top::ordered_f32(score), ranks[doc as usize], score));
            }
        };
        weight.for_each(reader, see).map_err(Error::search)?;
    }
    let places = top.into_sorted().into_iter().map(|key| snapshot.place(top::parts(key).0));
    places.map(|place| Ok(snapshot.data(place).record(place.doc)?.card())).collect()
}

fn likeness(snapshot: &Snapshot, own: Place) -> Result<BooleanQuery> {
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
        Box::new(BoostQuery::new(Box::new(query), weight)) as Box<dyn Query>
    });
    Ok(BooleanQuery::union(queries.collect()))
}

//! One committed state of the index, ready to answer. Searches hold an `Arc` of it and are never disturbed by writes.

use crate::lexicon::Lexicon;
use crate::scan::Scan;
use crate::schema::Fields;
use crate::segment::SegmentData;
use crate::tally::{Bits, Pool, Scoring};
use crate::values::{ValueId, Values, slot};
use contract::search::FacetField;
use domain::{Error, Result};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use tantivy::index::SegmentId;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// A document: segment and number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// Position of the segment.
    pub segment: u32,
    /// Document in it.
    pub doc: DocId,
}

/// A committed state.
pub struct Snapshot {
    /// Tantivy's view of it.
    pub searcher: Searcher,
    /// The fields.
    pub fields: Fields,
    /// Feed position committed with it.
    pub position: Option<i64>,
    /// Columns of each segment.
    pub segments: Vec<Arc<SegmentData>>,
    /// Facet values.
    pub values: Arc<Values>,
    /// Per segment and document: its rank by id over all segments.
    pub id_ranks: Vec<Vec<u32>>,
    /// Documents of each segment that are not deleted; none where none is.
    pub alive: Vec<Option<Bits>>,
    /// Per segment and document: its rank by name.
    pub name_ranks: Vec<Vec<u32>>,
    /// What is shown before anything is asked, once it was.
    pub landing: OnceLock<Scan>,
    /// What scores need to know of all listings.
    pub scoring: Scoring,
    /// Its dictionaries.
    pub lexicon: Lexicon,
    /// Memory to score queries in.
    pub pool: Pool,
    places: Vec<Place>,
}

/// Loads segments, each once.
#[derive(Default)]
pub struct Loader {
    loaded: HashMap<SegmentId, Arc<SegmentData>>,
    values: Arc<Values>,
}

impl Loader {
    /// The snapshot of what a searcher sees. Segments that are gone are forgotten.
    pub fn snapshot(&mut self, searcher: Searcher, fields: Fields, position: Option<i64>) -> Result<Snapshot> {
        let mut kept = HashMap::new();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let data = match self.loaded.remove(&id) {
                Some(data) => data,
                None => Arc::new(SegmentData::load(reader, &fields, &mut self.values)?),
            };
            kept.insert(id, Arc::clone(&data));
            segments.push(data);
        }
        self.loaded = kept;
        let places = ordered(&segments, |data| &data.by_id, |data, doc| data.head(doc).0);
        let by_name = ordered(&segments, |data| &data.by_name, |data, doc| data.head(doc).1);
        let id_ranks = ranks(&segments, &places);
        let name_ranks = ranks(&segments, &by_name);
        let values = Arc::clone(&self.values);
        // Now, not when the first answer needs it.
        values.label_ranks();
        let alive = searcher.segment_readers().iter().map(alive).collect();
        let scoring = Scoring::new(&searcher)?;
        let lexicon = Lexicon::new(&searcher)?;
        Ok(Snapshot {
            searcher,
            fields,
            position,
            segments,
            values,
            id_ranks,
            alive,
            name_ranks,
            landing: OnceLock::new(),
            scoring,
            lexicon,
            pool: Pool::default(),
            places,
        })
    }
}

/// The documents that are not deleted; none where none is.
fn alive(reader: &SegmentReader) -> Option<Bits> {
    let left = reader.alive_bitset()?;
    let mut bits = Bits::none(reader.max_doc() as usize);
    left.iter_alive().for_each(|doc| bits.insert(doc));
    Some(bits)
}

/// All documents in one order. Each segment is in that order already, which the sort takes advantage of.
fn ordered<'a>(
    segments: &'a [Arc<SegmentData>],
    order: fn(&SegmentData) -> &Vec<DocId>,
    key: fn(&'a SegmentData, DocId) -> &'a str,
) -> Vec<Place> {
    let mut places = Vec::new();
    for (data, segment) in segments.iter().zip(0u32..) {
        places.extend(order(data).iter().map(|doc| Place { segment, doc: *doc }));
    }
    if segments.len() > 1 {
        places.sort_by(|a, b| key(&segments[a.segment as usize], a.doc).cmp(key(&segments[b.segment as usize], b.doc)));
    }
    places
}

fn ranks(segments: &[Arc<SegmentData>], order: &[Place]) -> Vec<Vec<u32>> {
    let mut ranks: Vec<Vec<u32>> = segments.iter().map(|data| vec![0; data.by_id.len()]).collect();
    for (place, rank) in order.iter().zip(0u32..) {
        ranks[place.segment as usize][place.doc as usize] = rank;
    }
    ranks
}

impl Snapshot {
    /// The document with this rank by id.
    pub fn place(&self, id_rank: u32) -> Place {
        self.places[id_rank as usize]
    }

    /// The first value of a field that a document has.
    pub fn value_of(&self, place: Place, field: FacetField) -> Option<ValueId> {
        let (slots, wanted) = (self.values.slots(), slot(field));
        self.data(place).facets(place.doc).copied().find(|id| slots[*id as usize] == wanted)
    }

    /// All documents of a segment that are not deleted.
    pub fn everything(&self, segment: u32) -> Bits {
        let segment = segment as usize;
        self.alive[segment].clone().unwrap_or_else(|| Bits::all(self.segments[segment].len()))
    }

    /// Columns of the segment a document is in.
    pub fn data(&self, place: Place) -> &SegmentData {
        &self.segments[place.segment as usize]
    }

    /// The first `most` living documents of each segment that contain a term.
    pub fn holders(&self, term: &Term, most: usize) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for (reader, segment) in self.searcher.segment_readers().iter().zip(0u32..) {
            let inverted = reader.inverted_index(term.field()).map_err(Error::search)?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic).map_err(Error::search)?
            else {
                continue;
            };
            let mut found = 0;
            while postings.doc() != TERMINATED && found < most {
                if !reader.is_deleted(postings.doc()) {
                    places.push(Place { segment, doc: postings.doc() });
                    found += 1;
                }
                postings.advance();
            }
        }
        Ok(places)
    }
}

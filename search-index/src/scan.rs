//! From what matches to an answer: facets are counted and the best results kept.

use crate::snapshot::{Place, Snapshot};
use crate::tally::{Bits, Tally};
use crate::top::{self, Top};
use crate::values::{ValueId, slot};
use contract::search::{FacetField, Filter, Sort};
use tantivy::{DocId, SegmentReader};

/// Counting all values of one document takes about as long as comparing so many words of the sets of frequent values.
const DEAR: usize = 40;

/// The chosen facet values, ready to be checked against documents.
#[derive(Debug)]
pub struct Selection {
    /// One bit for each field that is filtered.
    fields: u16,
    /// Whether a value is chosen, by number.
    pub chosen: Vec<bool>,
}

impl Selection {
    /// Understands filters. A value nobody has matches nothing.
    pub fn new(snapshot: &Snapshot, filters: &[Filter]) -> Self {
        let mut selection = Self { fields: 0, chosen: vec![false; snapshot.values.len()] };
        for filter in filters {
            selection.fields |= 1 << slot(filter.field);
            if let Some(id) = snapshot.values.find(filter.field, &filter.value) {
                selection.chosen[id as usize] = true;
            }
        }
        selection
    }
}

/// What a pass found.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Matches of the text, whatever the filters say.
    pub matched: u64,
    /// Matches of text and filters.
    pub total: u64,
    /// Count of each facet value, by number.
    pub counts: Vec<u32>,
    /// The best, best first: document and score.
    pub best: Vec<(Place, f32)>,
}

struct Pass<'a> {
    snapshot: &'a Snapshot,
    selection: &'a Selection,
    sort: Sort,
    scored: bool,
    total: u64,
    counts: Vec<u32>,
    top: Top,
}

/// Counts and keeps the first `keep` results of what a tally found, or of everything.
pub fn scan(snapshot: &Snapshot, tally: Option<&Tally<'_>>, sort: Sort, selection: &Selection, keep: usize) -> Scan {
    let counts = vec![0; snapshot.values.len()];
    let scored = tally.is_some();
    let mut pass = Pass { snapshot, selection, sort, scored, total: 0, counts, top: Top::new(keep) };
    let mut all = 0;
    for (reader, segment) in snapshot.searcher.segment_readers().iter().zip(0u32..) {
        match tally.map(|tally| tally.segments.get(segment as usize)) {
            Some(Some(found)) => pass.segment(segment, &found.matches, |doc| found.score_of(doc)),
            Some(None) => {}
            None => {
                all += u64::from(reader.num_docs());
                pass.segment(segment, &alive(reader), |_| 0.0);
            }
        }
    }
    let matched = tally.map_or(all, |tally| tally.matched);
    Scan { matched, total: pass.total, counts: pass.counts, best: places(snapshot, pass.top) }
}

/// The best by score of what a tally found, whatever is chosen.
pub fn best(snapshot: &Snapshot, tally: &Tally<'_>, keep: usize) -> Vec<(Place, f32)> {
    let nothing = Selection::new(snapshot, &[]);
    let (counts, top) = (Vec::new(), Top::new(keep));
    let mut pass = Pass { snapshot, selection: &nothing, sort: Sort::Relevance, scored: true, total: 0, counts, top };
    for (found, segment) in tally.segments.iter().zip(0u32..) {
        found.matches.each(|doc| pass.rank(Place { segment, doc }, found.score_of(doc)));
    }
    places(snapshot, pass.top)
}

fn places(snapshot: &Snapshot, top: Top) -> Vec<(Place, f32)> {
    top.into_sorted().into_iter().map(top::parts).map(|(rank, score)| (snapshot.place(rank), score)).collect()
}

fn alive(reader: &SegmentReader) -> Bits {
    let mut bits = Bits::all(reader.max_doc() as usize);
    if reader.alive_bitset().is_some() {
        (0..reader.max_doc()).filter(|doc| reader.is_deleted(*doc)).for_each(|doc| bits.remove(doc));
    }
    bits
}

impl Pass<'_> {
    fn segment(&mut self, segment: u32, matches: &Bits, score: impl Fn(DocId) -> f32) {
        if self.selection.fields > 0 {
            matches.each(|doc| {
                let place = Place { segment, doc };
                if self.chosen(place) {
                    self.total += 1;
                    self.rank(place, score(doc));
                }
            });
            return;
        }
        let count = matches.len();
        self.total += count as u64;
        let data = &self.snapshot.segments[segment as usize];
        if count * DEAR > data.frequent.len() * data.len() / 64 {
            for (id, having) in &data.frequent {
                self.counts[*id as usize] += having.in_common(matches);
            }
            matches.each(|doc| self.count(data.rare_facets(doc)));
        } else {
            matches.each(|doc| self.count(data.facets(doc)));
        }
        matches.each(|doc| self.rank(Place { segment, doc }, score(doc)));
    }

    /// Whether all filters let a document through. It is counted in each field whose other filters do.
    fn chosen(&mut self, place: Place) -> bool {
        let facets = || self.snapshot.data(place).facets(place.doc);
        let slots = self.snapshot.values.slots();
        let mut satisfied = 0;
        for id in facets() {
            satisfied |= u16::from(self.selection.chosen[*id as usize]) << slots[*id as usize];
        }
        // A field's own filter does not restrict its counts: its other values could be chosen as well.
        let missing = self.selection.fields & !satisfied;
        if missing == 0 {
            self.count(facets());
        } else if missing.is_power_of_two() {
            let only = u8::try_from(missing.trailing_zeros()).unwrap_or(0);
            for id in facets().filter(|id| slots[**id as usize] == only) {
                self.counts[*id as usize] += 1;
            }
        }
        missing == 0
    }

    fn count<'a>(&mut self, facets: impl IntoIterator<Item = &'a ValueId>) {
        for id in facets {
            self.counts[*id as usize] += 1;
        }
    }

    fn rank(&mut self, place: Place, score: f32) {
        let (segment, doc) = (place.segment as usize, place.doc as usize);
        let data = &self.snapshot.segments[segment];
        let (primary, score) = match self.sort {
            Sort::Relevance if self.scored => {
                let score = score * data.prominence[doc];
                (top::ordered_f32(score), score)
            }
            Sort::Relevance => (data.popularity[doc], score),
            Sort::Rating => (top::ordered_f32(data.ratings[doc]), score),
            Sort::Installs => (data.popularity[doc] >> 32, score),
            Sort::Newest => (top::ordered_i64(data.published[doc]), score),
            Sort::Name => (u64::from(!self.snapshot.name_ranks[segment][doc]), score),
        };
        if self.top.is_out(primary) {
            return;
        }
        self.top.push(top::key(primary, self.snapshot.id_ranks[segment][doc], score));
    }
}

const _: () = assert!(FacetField::ALL.len() <= 16, "one bit for each field");

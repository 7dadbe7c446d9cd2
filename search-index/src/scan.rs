//! Running a query: one pass over all matches that counts facets and keeps the best results.

use crate::snapshot::{Place, Snapshot};
use crate::top::{self, Top};
use crate::values::{ValueId, slot};
use contract::search::{FacetField, Filter, Sort};
use domain::{Error, Result};
use tantivy::DocId;
use tantivy::query::{EnableScoring, Query};

/// The chosen facet values, ready to be checked against documents.
#[derive(Debug)]
pub struct Selection {
    /// One bit for each field that is filtered.
    fields: u8,
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
    matched: u64,
    total: u64,
    counts: Vec<u32>,
    top: Top,
}

/// Runs `query`, or goes over everything, and keeps the first `keep` results.
pub fn scan(
    snapshot: &Snapshot,
    query: Option<&dyn Query>,
    sort: Sort,
    selection: &Selection,
    keep: usize,
) -> Result<Scan> {
    let mut pass = Pass {
        snapshot,
        selection,
        sort,
        scored: query.is_some(),
        matched: 0,
        total: 0,
        counts: vec![0; snapshot.values.len()],
        top: Top::new(keep),
    };
    match query {
        Some(query) => pass.matches(query)?,
        None => pass.everything(),
    }
    let best = pass.top.into_sorted().into_iter().map(top::parts).map(|(rank, score)| (snapshot.place(rank), score));
    Ok(Scan { matched: pass.matched, total: pass.total, counts: pass.counts, best: best.collect() })
}

impl Pass<'_> {
    fn matches(&mut self, query: &dyn Query) -> Result<()> {
        let searcher = &self.snapshot.searcher;
        let by_score = self.sort == Sort::Relevance;
        let scoring = if by_score {
            EnableScoring::enabled_from_searcher(searcher)
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        };
        let weight = query.weight(scoring).map_err(Error::search)?;
        for (reader, segment) in searcher.segment_readers().iter().zip(0u32..) {
            let alive = reader.alive_bitset();
            let is_alive = |doc: DocId| alive.is_none_or(|alive| alive.is_alive(doc));
            let outcome = if by_score {
                weight.for_each(reader, &mut |doc, score| {
                    if is_alive(doc) {
                        self.see(Place { segment, doc }, score);
                    }
                })
            } else {
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs.iter().copied().filter(|doc| is_alive(*doc)) {
                        self.see(Place { segment, doc }, 0.0);
                    }
                })
            };
            outcome.map_err(Error::search)?;
        }
        Ok(())
    }

    fn everything(&mut self) {
        for (reader, segment) in self.snapshot.searcher.segment_readers().iter().zip(0u32..) {
            for doc in 0..reader.max_doc() {
                if !reader.is_deleted(doc) {
                    self.see(Place { segment, doc }, 0.0);
                }
            }
        }
    }

    fn see(&mut self, place: Place, score: f32) {
        self.matched += 1;
        let facets = self.snapshot.data(place).facets(place.doc);
        if self.selection.fields == 0 {
            self.count(facets);
        } else {
            let slots = self.snapshot.values.slots();
            let mut satisfied = 0;
            for id in facets {
                satisfied |= u8::from(self.selection.chosen[*id as usize]) << slots[*id as usize];
            }
            // A field's own filter does not restrict its counts: its other values could be chosen as well.
            let missing = self.selection.fields & !satisfied;
            if missing == 0 {
                self.count(facets);
            } else if missing.is_power_of_two() {
                let only = u8::try_from(missing.trailing_zeros()).unwrap_or(0);
                for id in facets.iter().filter(|id| slots[**id as usize] == only) {
                    self.counts[*id as usize] += 1;
                }
                return;
            } else {
                return;
            }
        }
        self.total += 1;
        self.rank(place, score);
    }

    fn count(&mut self, facets: &[ValueId]) {
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
        self.top.push(top::key(primary, self.snapshot.id_ranks[segment][doc], score));
    }
}

const _: () = assert!(FacetField::ALL.len() <= 8, "one bit for each field");

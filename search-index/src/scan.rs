//! From what matches to an answer: facets are counted and the best results kept.

use crate::query::Ask;
use crate::snapshot::{Place, Snapshot};
use crate::tally::{self, Bits, Tally};
use crate::top::{self, Top};
use crate::values::{ValueId, slot};
use contract::search::{FacetField, Filter, Sort};
use domain::Result;
use std::borrow::Cow;
use std::collections::HashMap;

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
    total: u64,
    counts: Vec<u32>,
}

/// Counts and keeps the first `keep` results of what a tally found, or of everything.
pub fn scan(
    snapshot: &Snapshot,
    tally: Option<&Tally<'_>>,
    sort: Sort,
    selection: &Selection,
    keep: usize,
) -> Result<Scan> {
    let mut pass = Pass { snapshot, selection, total: 0, counts: vec![0; snapshot.values.len()] };
    let mut top = Top::new(keep);
    for segment in (0..).take(snapshot.segments.len()) {
        let found = match tally.map(|tally| tally.matches(segment)) {
            Some(Some(matches)) => Cow::Borrowed(matches),
            Some(None) => continue,
            None => Cow::Owned(snapshot.everything(segment)),
        };
        let chosen = pass.segment(segment, &found);
        match tally.filter(|_| sort == Sort::Relevance) {
            Some(tally) => tally.best(segment, &chosen, &mut top)?,
            None => chosen.each(|doc| rank(snapshot, sort, Place { segment, doc }, &mut top)),
        }
    }
    let mut best = places(snapshot, top);
    if let Some(tally) = tally
        && sort != Sort::Relevance
    {
        score(snapshot, tally, &mut best)?;
    }
    let matched = tally.map_or_else(|| snapshot.searcher.num_docs(), |tally| tally.matched);
    Ok(Scan { matched, total: pass.total, counts: pass.counts, best })
}

/// The best by score of what a tally found, whatever is chosen.
pub fn best(snapshot: &Snapshot, tally: &Tally<'_>, keep: usize) -> Result<Vec<(Place, f32)>> {
    let mut top = Top::new(keep);
    for segment in (0..).take(snapshot.segments.len()) {
        if let Some(matches) = tally.matches(segment) {
            tally.best(segment, matches, &mut top)?;
        }
    }
    Ok(places(snapshot, top))
}

/// The best by the sum of some questions.
pub fn best_by_sum(snapshot: &Snapshot, asks: &[Ask], keep: usize) -> Result<Vec<(Place, f32)>> {
    let mut top = Top::new(keep);
    for segment in (0..).take(snapshot.segments.len()) {
        tally::best_by_sum(snapshot, segment, asks, &mut top)?;
    }
    Ok(places(snapshot, top))
}

/// Fills in the scores of results in another order.
fn score(snapshot: &Snapshot, tally: &Tally<'_>, results: &mut [(Place, f32)]) -> Result<()> {
    let mut top = Top::new(results.len());
    for (data, segment) in snapshot.segments.iter().zip(0u32..) {
        let mut shown = Bits::none(data.len());
        results.iter().filter(|(place, _)| place.segment == segment).for_each(|(place, _)| shown.insert(place.doc));
        tally.best(segment, &shown, &mut top)?;
    }
    let scores: HashMap<Place, f32> = places(snapshot, top).into_iter().collect();
    for (place, score) in results {
        *score = scores.get(place).copied().unwrap_or(*score);
    }
    Ok(())
}

/// Offers a document in any order but by score.
fn rank(snapshot: &Snapshot, sort: Sort, place: Place, top: &mut Top) {
    let (segment, doc) = (place.segment as usize, place.doc as usize);
    let data = &snapshot.segments[segment];
    let primary = match sort {
        Sort::Relevance => data.popularity[doc],
        Sort::Rating => top::ordered_f32(data.ratings[doc]),
        Sort::Installs => data.popularity[doc] >> 32,
        Sort::Newest => top::ordered_i64(data.published[doc]),
        Sort::Name => u64::from(!snapshot.name_ranks[segment][doc]),
    };
    if !top.is_out(primary) {
        top.push(top::key(primary, snapshot.id_ranks[segment][doc], 0.0));
    }
}

fn places(snapshot: &Snapshot, top: Top) -> Vec<(Place, f32)> {
    top.into_sorted().into_iter().map(top::parts).map(|(rank, score)| (snapshot.place(rank), score)).collect()
}

impl Pass<'_> {
    /// Counts facets, and tells which matches all filters let through.
    fn segment<'m>(&mut self, segment: u32, matches: &'m Bits) -> Cow<'m, Bits> {
        let data = &self.snapshot.segments[segment as usize];
        if self.selection.fields > 0 {
            let mut chosen = Bits::none(data.len());
            matches.each(|doc| {
                if self.chosen(Place { segment, doc }) {
                    self.total += 1;
                    chosen.insert(doc);
                }
            });
            return Cow::Owned(chosen);
        }
        let count = matches.len();
        self.total += count as u64;
        if count * DEAR > data.frequent.len() * data.len() / 64 {
            for (id, having) in &data.frequent {
                self.counts[*id as usize] += having.in_common(matches);
            }
            matches.each(|doc| self.count(data.rare_facets(doc)));
        } else {
            matches.each(|doc| self.count(data.facets(doc)));
        }
        Cow::Borrowed(matches)
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
}

const _: () = assert!(FacetField::ALL.len() <= 16, "one bit for each field");

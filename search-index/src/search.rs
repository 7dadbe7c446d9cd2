//! Answering a query.

use crate::diversity::{REARRANGED, take_turns};
use crate::facets::facets;
use crate::fit::{self, fits};
use crate::highlight::any_hit;
use crate::query::{Input, Reading};
use crate::reason::reason;
use crate::scan::{Scan, Selection, best, scan};
use crate::similar;
use crate::snapshot::{Place, Snapshot};
use crate::tally::Tally;
use contract::search::{
    Fragment, Hit, MAX_LIMIT, MAX_OFFSET, MatchReason, PAGE_SIZE, RELATED, SearchPage, SearchQuery, Sort,
};
use domain::Result;
use std::borrow::Cow;
use std::time::Instant;

/// Fewer results than this are followed by what is related to them.
const FILLED: usize = 10;

/// Answers a query from one snapshot.
pub fn search(snapshot: &Snapshot, query: &SearchQuery) -> Result<SearchPage> {
    let started = Instant::now();
    let limit = if query.limit == 0 { PAGE_SIZE } else { query.limit.min(MAX_LIMIT) };
    let offset = query.offset.min(MAX_OFFSET);
    let keep = ((offset + limit) as usize).max(REARRANGED);
    let selection = Selection::new(snapshot, &query.filters);
    let input = Input::parse(&query.q);
    let reading = if input.words.is_empty() { None } else { Some(Reading::new(snapshot, &input)?) };

    let found = match &reading {
        Some(reading) => Cow::Owned(fitting(snapshot, reading, query, &selection, keep)?),
        None if is_by_match_alone(query) && keep <= MAX_LIMIT as usize => Cow::Borrowed(landing(snapshot, &selection)?),
        None => Cow::Owned(scan(snapshot, None, query.sort, &selection, keep)?),
    };
    let page = found.best.iter().skip(offset as usize).take(limit as usize);
    let mut hits: Vec<Hit> =
        page.map(|(place, score)| hit(snapshot, *place, *score, reading.as_ref())).collect::<Result<_>>()?;
    if reading.is_some() && offset == 0 && is_by_match_alone(query) {
        hits.extend(related(snapshot, &found.best, FILLED.min(limit as usize).saturating_sub(hits.len()))?);
    }
    Ok(SearchPage {
        total: found.total,
        hits,
        facets: facets(snapshot, &selection, &query.filters, &found.counts),
        corrected: reading.filter(|_| found.matched > 0).and_then(|reading| reading.corrected),
        offset,
        limit,
        took_us: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    })
}

/// Whether nothing but the text says what is shown, and in which order.
fn is_by_match_alone(query: &SearchQuery) -> bool {
    query.sort == Sort::Relevance && query.filters.is_empty()
}

/// Everything, most installed first: the same for everybody until the next commit.
fn landing<'a>(snapshot: &'a Snapshot, nothing_chosen: &Selection) -> Result<&'a Scan> {
    if let Some(known) = snapshot.landing.get() {
        return Ok(known);
    }
    let found = scan(snapshot, None, Sort::Relevance, nothing_chosen, MAX_LIMIT as usize)?;
    Ok(snapshot.landing.get_or_init(|| found))
}

/// What matches, or nothing when nothing fits.
fn fitting(
    snapshot: &Snapshot,
    reading: &Reading,
    query: &SearchQuery,
    selection: &Selection,
    keep: usize,
) -> Result<Scan> {
    let tally = Tally::new(snapshot, reading)?;
    let mut found = scan(snapshot, Some(&tally), query.sort, selection, keep)?;
    let best = if is_by_match_alone(query) {
        Cow::Borrowed(&found.best)
    } else {
        Cow::Owned(best(snapshot, &tally, fit::LOOKED_AT)?)
    };
    if !fits(snapshot, reading, &best)? {
        return Ok(Scan { counts: vec![0; snapshot.values.len()], ..Scan::default() });
    }
    if query.sort == Sort::Relevance {
        take_turns(snapshot, &mut found.best);
    }
    Ok(found)
}

/// What is like the results, where these are few; marked as such.
fn related(snapshot: &Snapshot, results: &[(Place, f32)], most: usize) -> Result<Vec<Hit>> {
    if results.is_empty() || most == 0 {
        return Ok(Vec::new());
    }
    let results: Vec<Place> = results.iter().map(|(place, _)| *place).collect();
    let reason = || Some(MatchReason { field: RELATED.to_owned(), fragments: Vec::new() });
    let places = similar::related(snapshot, &results, most)?;
    places.into_iter().map(|place| Ok(Hit { reason: reason(), ..hit(snapshot, place, 0.0, None)? })).collect()
}

fn hit(snapshot: &Snapshot, place: Place, score: f32, reading: Option<&Reading>) -> Result<Hit> {
    let record = snapshot.data(place).record(place.doc)?;
    let fragments = |text: &str| match reading {
        Some(reading) => reading.marks.fragments(text),
        None if text.is_empty() => Vec::new(),
        None => vec![Fragment { text: text.to_owned(), hit: false }],
    };
    let name_fragments = fragments(record.name);
    let summary_fragments = fragments(record.summary);
    let reason = match reading {
        Some(reading) if !any_hit(&name_fragments) && !any_hit(&summary_fragments) => {
            reason(snapshot, place, &record, reading)?
        }
        _ => None,
    };
    Ok(Hit { card: record.card(), score, name_fragments, summary_fragments, reason })
}

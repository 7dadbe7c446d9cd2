//! Answering a query.

use crate::diversity::{REARRANGED, take_turns};
use crate::facets::facets;
use crate::fit::{self, fits};
use crate::highlight::{Marks, any_hit};
use crate::query::{Input, Reading, weights};
use crate::reason::reason;
use crate::scan::{Scan, Selection, scan};
use crate::snapshot::{Place, Snapshot};
use contract::search::{Fragment, Hit, MAX_LIMIT, MAX_OFFSET, PAGE_SIZE, SearchPage, SearchQuery, Sort};
use domain::Result;
use std::borrow::Cow;
use std::time::Instant;

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
        None if query.sort == Sort::Relevance && query.filters.is_empty() && keep <= MAX_LIMIT as usize => {
            Cow::Borrowed(landing(snapshot, &selection)?)
        }
        None => Cow::Owned(scan(snapshot, None, query.sort, &selection, keep)?),
    };
    let marks = reading.as_ref().map(|reading| &reading.marks);
    let page = found.best.iter().skip(offset as usize).take(limit as usize);
    let hits: Result<Vec<Hit>> = page.map(|(place, score)| hit(snapshot, *place, *score, marks)).collect();
    Ok(SearchPage {
        total: found.total,
        hits: hits?,
        facets: facets(snapshot, &selection, &query.filters, &found.counts),
        corrected: reading.filter(|_| found.matched > 0).and_then(|reading| reading.corrected),
        offset,
        limit,
        took_us: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    })
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
    let mut found = widening(snapshot, reading, query, selection, keep)?;
    let by_score = query.sort == Sort::Relevance && query.filters.is_empty();
    let fitting = if by_score {
        fits(snapshot, reading, &found.best)?
    } else {
        let everything = Selection::new(snapshot, &[]);
        let best = widening(snapshot, reading, &SearchQuery::default(), &everything, fit::LOOKED_AT)?;
        fits(snapshot, reading, &best.best)?
    };
    if !fitting {
        return Ok(nothing(snapshot));
    }
    if query.sort == Sort::Relevance {
        take_turns(snapshot, &mut found.best)?;
    }
    Ok(found)
}

fn nothing(snapshot: &Snapshot) -> Scan {
    Scan { counts: vec![0; snapshot.values.len()], ..Scan::default() }
}

/// Asks for all words first, and for fewer while there is not enough.
fn widening(
    snapshot: &Snapshot,
    reading: &Reading,
    query: &SearchQuery,
    selection: &Selection,
    keep: usize,
) -> Result<Scan> {
    let mut found = nothing(snapshot);
    for at_least in reading.levels() {
        found = scan(snapshot, Some(&reading.query(at_least)), query.sort, selection, keep)?;
        if found.matched >= weights::ENOUGH {
            break;
        }
    }
    Ok(found)
}

fn hit(snapshot: &Snapshot, place: Place, score: f32, marks: Option<&Marks>) -> Result<Hit> {
    let record = snapshot.data(place).record(place.doc)?;
    let fragments = |text: &str| match marks {
        Some(marks) => marks.fragments(text),
        None if text.is_empty() => Vec::new(),
        None => vec![Fragment { text: text.to_owned(), hit: false }],
    };
    let name_fragments = fragments(record.name);
    let summary_fragments = fragments(record.summary);
    let reason = match marks {
        Some(marks) if !any_hit(&name_fragments) && !any_hit(&summary_fragments) => {
            reason(snapshot, place, &record, marks)?
        }
        _ => None,
    };
    Ok(Hit { card: record.card(), score, name_fragments, summary_fragments, reason })
}

//! Reading the postings of a question: documents and what they score.

use super::groups;
use super::scoring::TermScore;
use crate::lexicon::Entry;
use crate::query::Ask;
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// Where a term has this many times the documents that matter, it is asked about these one by one.
const SPARSE: u64 = 8;

/// Calls `see` for each document of a segment that has what is asked for, deleted ones included.
pub fn each(snapshot: &Snapshot, segment: u32, ask: &Ask, mut see: impl FnMut(DocId, f32)) -> Result<()> {
    match ask {
        Ask::Term { entry, weight } => scored(snapshot, segment, entry, *weight, see),
        Ask::Fixed { entry, score } => {
            documents(snapshot, segment, entry, |docs| docs.iter().for_each(|doc| see(*doc, *score)))
        }
        Ask::All(groups) => groups::each(snapshot, segment, groups, see),
        Ask::AllFixed { groups, score } => groups::each(snapshot, segment, groups, |doc, _| see(doc, *score)),
    }
}

/// Calls `see` for each of some documents, which are in order, that has a term: which of them, and what it scores by it.
pub fn among(
    snapshot: &Snapshot,
    segment: u32,
    entry: &Entry,
    weight: f32,
    docs: &[DocId],
    mut see: impl FnMut(usize, f32),
) -> Result<()> {
    if entry.frequency < SPARSE.saturating_mul(docs.len() as u64) {
        let mut at = 0;
        return scored(snapshot, segment, entry, weight, |doc, score| {
            while at < docs.len() && docs[at] < doc {
                at += 1;
            }
            if docs.get(at) == Some(&doc) {
                see(at, score);
            }
        });
    }
    let Some(mut postings) = snapshot.lexicon.postings(entry, segment, IndexRecordOption::WithFreqs)? else {
        return Ok(());
    };
    let score = TermScore::new(snapshot, segment, entry, weight);
    for (at, doc) in docs.iter().enumerate() {
        if postings.doc() < *doc && postings.seek(*doc) == TERMINATED {
            break;
        }
        if postings.doc() == *doc {
            see(at, score.of(*doc, postings.term_freq()));
        }
    }
    Ok(())
}

/// Calls `see` for each document that has a term, with what it scores by it.
pub fn scored(
    snapshot: &Snapshot,
    segment: u32,
    entry: &Entry,
    weight: f32,
    mut see: impl FnMut(DocId, f32),
) -> Result<()> {
    let score = TermScore::new(snapshot, segment, entry, weight);
    counted(snapshot, segment, entry, |doc, times| see(doc, score.of(doc, times)))
}

/// Calls `see` for each document that has a term, with how many times it has it.
pub fn counted(snapshot: &Snapshot, segment: u32, entry: &Entry, mut see: impl FnMut(DocId, u32)) -> Result<()> {
    let blocks = snapshot.lexicon.blocks(entry, segment, IndexRecordOption::WithFreqs)?;
    let Some(mut blocks) = blocks else { return Ok(()) };
    while !blocks.docs().is_empty() {
        let (docs, frequencies) = (blocks.docs(), blocks.freqs());
        if frequencies.len() == docs.len() {
            for (doc, times) in docs.iter().zip(frequencies) {
                see(*doc, *times);
            }
        } else {
            for doc in docs {
                see(*doc, 1);
            }
        }
        blocks.advance();
    }
    Ok(())
}

/// Calls `see` for some documents at a time, until it has seen each that has a term.
pub fn documents(snapshot: &Snapshot, segment: u32, entry: &Entry, mut see: impl FnMut(&[DocId])) -> Result<()> {
    let blocks = snapshot.lexicon.blocks(entry, segment, IndexRecordOption::Basic)?;
    let Some(mut blocks) = blocks else { return Ok(()) };
    while !blocks.docs().is_empty() {
        see(blocks.docs());
        blocks.advance();
    }
    Ok(())
}

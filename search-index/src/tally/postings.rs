//! Reading the postings of a question: documents and what they score.

use super::groups;
use super::scoring::TermScore;
use crate::lexicon::Entry;
use crate::query::Ask;
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

/// Calls `see` for each document of a segment that has what is asked for, deleted ones included.
pub fn each(snapshot: &Snapshot, segment: u32, ask: &Ask, mut see: impl FnMut(DocId, f32)) -> Result<()> {
    match ask {
        Ask::Term { entry, weight } => scored(snapshot, segment, entry, *weight, see),
        Ask::Fixed { entry, score } => holders(snapshot, segment, entry, |doc| see(doc, *score)),
        Ask::All(groups) => groups::each(snapshot, segment, groups, see),
        Ask::Everywhere { .. } => Ok(()),
    }
}

/// Calls `see` for each document that has a term, with what it scores by it.
pub fn scored(
    snapshot: &Snapshot,
    segment: u32,
    entry: &Entry,
    weight: f32,
    mut see: impl FnMut(DocId, f32),
) -> Result<()> {
    let blocks = snapshot.lexicon.blocks(entry, segment, IndexRecordOption::WithFreqs)?;
    let Some(mut blocks) = blocks else { return Ok(()) };
    let score = TermScore::new(snapshot, segment, entry, weight);
    while !blocks.docs().is_empty() {
        let (docs, frequencies) = (blocks.docs(), blocks.freqs());
        if frequencies.len() == docs.len() {
            for (doc, times) in docs.iter().zip(frequencies) {
                see(*doc, score.of(*doc, *times));
            }
        } else {
            for doc in docs {
                see(*doc, score.of(*doc, 1));
            }
        }
        blocks.advance();
    }
    Ok(())
}

/// Calls `see` for each document that has a term.
pub fn holders(snapshot: &Snapshot, segment: u32, entry: &Entry, mut see: impl FnMut(DocId)) -> Result<()> {
    let blocks = snapshot.lexicon.blocks(entry, segment, IndexRecordOption::Basic)?;
    let Some(mut blocks) = blocks else { return Ok(()) };
    while !blocks.docs().is_empty() {
        blocks.docs().iter().for_each(|doc| see(*doc));
        blocks.advance();
    }
    Ok(())
}

//! Reading the postings of a question: documents and what they score.

use crate::lexicon::Entry;
use crate::query::Ask;
use crate::snapshot::Snapshot;
use domain::{Error, Result};
use tantivy::DocId;
use tantivy::query::EnableScoring;
use tantivy::schema::IndexRecordOption;

/// Calls `see` for each document of a segment that has what is asked for, deleted ones included.
pub fn each(snapshot: &Snapshot, segment: u32, ask: &Ask, mut see: impl FnMut(DocId, f32)) -> Result<()> {
    let reader = snapshot.searcher.segment_reader(segment);
    match ask {
        Ask::Term { entry, weight } => {
            let blocks = snapshot.lexicon.blocks(entry, segment, IndexRecordOption::WithFreqs)?;
            let Some(mut blocks) = blocks else { return Ok(()) };
            let weight = snapshot.scoring.weight(entry.frequency) * weight;
            let lengths = snapshot.scoring.lengths(entry.field());
            let norms = reader.fieldnorms_readers().get_field(entry.field()).map_err(Error::search)?;
            while !blocks.docs().is_empty() {
                let (docs, frequencies) = (blocks.docs(), blocks.freqs());
                let length = |doc| norms.as_ref().map_or(lengths.of_one(), |norms| lengths.of(norms.fieldnorm_id(doc)));
                if frequencies.len() == docs.len() {
                    for (doc, times) in docs.iter().zip(frequencies) {
                        #[expect(clippy::cast_precision_loss, reason = "a score needs no more precision")]
                        let times = *times as f32;
                        see(*doc, weight * times / (times + length(*doc)));
                    }
                } else {
                    for doc in docs {
                        see(*doc, weight / (1.0 + length(*doc)));
                    }
                }
                blocks.advance();
            }
            Ok(())
        }
        Ask::Fixed { entry, score } => holders(snapshot, segment, entry, |doc| see(doc, *score)),
        Ask::Everywhere { .. } => Ok(()),
        Ask::Query(query) => {
            let scoring = EnableScoring::enabled_from_searcher(&snapshot.searcher);
            let weight = query.weight(scoring).map_err(Error::search)?;
            weight.for_each(reader, &mut see).map_err(Error::search)
        }
    }
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

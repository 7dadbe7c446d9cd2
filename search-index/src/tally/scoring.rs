//! BM25 as Tantivy has it, with the part that depends on lengths computed once for a snapshot.

use super::postings;
use crate::lexicon::Entry;
use crate::snapshot::Snapshot;
use domain::{Error, Result};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher};

/// The most that a term of so many documents scores is looked for; for others it is what a term could score at most.
const MANY: u64 = if cfg!(test) { 8 } else { 512 };

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What scores need to know of all listings.
pub struct Scoring {
    documents: u64,
    lengths: Vec<Lengths>,
}

/// What the length of a text takes away, by its code; one table for each field.
#[derive(Clone)]
pub struct Lengths([f32; 256]);

impl Lengths {
    /// For a text with this code.
    pub fn of(&self, code: u8) -> f32 {
        self.0[usize::from(code)]
    }

    /// For fields whose lengths are not kept.
    pub fn of_one(&self) -> f32 {
        self.of(FieldNormReader::fieldnorm_to_id(1))
    }
}

/// What documents of a segment score by one term.
pub struct TermScore<'a> {
    weight: f32,
    lengths: &'a Lengths,
    norms: Option<&'a FieldNormReader>,
}

impl<'a> TermScore<'a> {
    /// For a term that counts so much.
    pub fn new(snapshot: &'a Snapshot, segment: u32, entry: &Entry, weight: f32) -> Self {
        Self {
            weight: snapshot.scoring.weight(entry.frequency) * weight,
            lengths: snapshot.scoring.lengths(entry.field()),
            norms: snapshot.lexicon.norms(segment, entry.field()),
        }
    }

    /// The most a document scores by a term that counts so much.
    pub fn most(snapshot: &Snapshot, entry: &Entry, weight: f32) -> Result<f32> {
        let weight = snapshot.scoring.weight(entry.frequency) * weight;
        if entry.frequency < MANY {
            return Ok(weight);
        }
        if let Some(most) = entry.most.get() {
            return Ok(weight * most);
        }
        let mut most = 0.0f32;
        for segment in (0..).take(snapshot.segments.len()) {
            let one = TermScore { weight: 1.0, ..TermScore::new(snapshot, segment, entry, 1.0) };
            postings::counted(snapshot, segment, entry, |doc, times| most = most.max(one.of(doc, times)))?;
        }
        Ok(weight * entry.most.get_or_init(|| most))
    }

    /// For a document that has it so many times.
    pub fn of(&self, doc: DocId, times: u32) -> f32 {
        let length = self.norms.map_or(self.lengths.of_one(), |norms| self.lengths.of(norms.fieldnorm_id(doc)));
        #[expect(clippy::cast_precision_loss, reason = "a score needs no more precision")]
        let times = times as f32;
        self.weight * times / (times + length)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a score needs no more precision")]
impl Scoring {
    /// Of what a searcher sees.
    pub fn new(searcher: &Searcher) -> Result<Self> {
        let documents = searcher.total_num_docs().map_err(Error::search)?;
        let mut lengths = Vec::new();
        for (field, entry) in searcher.schema().fields() {
            let mut table = [0.0; 256];
            if entry.is_indexed() {
                let words = searcher.total_num_tokens(field).map_err(Error::search)?;
                let average = words as f32 / documents.max(1) as f32;
                for (code, length) in (0u8..=u8::MAX).zip(&mut table) {
                    let own = FieldNormReader::id_to_fieldnorm(code) as f32;
                    *length = K1 * (1.0 - B + B * own / average.max(f32::MIN_POSITIVE));
                }
            }
            lengths.push(Lengths(table));
        }
        Ok(Self { documents, lengths })
    }

    /// What a term that so many documents have counts at most.
    pub fn weight(&self, frequency: u64) -> f32 {
        let without = self.documents.saturating_sub(frequency) as f32;
        (1.0 + (without + 0.5) / (frequency as f32 + 0.5)).ln() * (1.0 + K1)
    }

    /// The table of a field.
    pub fn lengths(&self, field: Field) -> &Lengths {
        &self.lengths[field.field_id() as usize]
    }
}

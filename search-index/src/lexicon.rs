//! Looking terms up. Queries share most of their words, and one query asks for the same ones in several ways, so what the
//! dictionaries say is remembered for as long as a snapshot lasts.

use crate::memo::Memo;
use crate::query::{Ask, Occurrences};
use crate::tally::Bits;
use domain::{Error, Result};
use std::sync::{Arc, OnceLock};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, Term};

/// A term that listings have, and where its postings are.
#[derive(Debug)]
pub struct Entry {
    /// The term.
    pub term: Term,
    /// Listings that have it, deleted ones included.
    pub frequency: u64,
    /// The most it scores in a listing, against what it could at most, once somebody asked.
    pub most: OnceLock<f32>,
    /// For each segment.
    infos: Vec<Option<TermInfo>>,
}

impl Entry {
    /// Its field.
    pub fn field(&self) -> Field {
        self.term.field()
    }
}

/// Bytes that the sets of a snapshot may take.
const SETS: usize = 16 << 20;
/// So many sets of each segment are remembered, whatever they take.
const LEAST_SETS: usize = 16;

/// Room for the sets of each segment.
fn sets<V>(searcher: &Searcher) -> Vec<Memo<Term, V>> {
    let segments = searcher.segment_readers();
    let bytes = |documents: u32| documents as usize / 8 + 1;
    let most = |documents: u32| (SETS / segments.len() / bytes(documents)).max(LEAST_SETS);
    segments.iter().map(|segment| Memo::of(most(segment.max_doc()))).collect()
}

/// The dictionaries of a snapshot.
pub struct Lexicon {
    /// By segment, then field; none for fields that are not searched.
    readers: Vec<Vec<Option<Arc<InvertedIndexReader>>>>,
    /// Lengths of texts, likewise; none for fields whose lengths are not kept.
    norms: Vec<Vec<Option<FieldNormReader>>>,
    terms: Memo<Term, Option<Arc<Entry>>>,
    /// By segment: the documents of terms that many have.
    pub sets: Vec<Memo<Term, Arc<Bits>>>,
    /// How words occur, for each way of asking.
    pub words: [Memo<String, Arc<Occurrences>>; Occurrences::WAYS],
    /// What words may be misspellings of: finished ones, and ones that are still typed.
    pub corrections: [Memo<String, Arc<[String]>>; 2],
    /// What queries run together may be misspellings of, without and with words that are unknown.
    pub slips: [Memo<String, Arc<[String]>>; 2],
    /// How words are written.
    pub spellings: Memo<String, Arc<str>>,
    /// What lifts the usual completions of a word.
    pub completions: Memo<String, Arc<[Ask]>>,
}

impl Lexicon {
    /// Of what a searcher sees.
    pub fn new(searcher: &Searcher) -> Result<Self> {
        let mut readers = Vec::new();
        for segment in searcher.segment_readers() {
            let fields = searcher.schema().fields();
            let open =
                fields.map(|(field, entry)| entry.is_indexed().then(|| segment.inverted_index(field)).transpose());
            readers.push(open.collect::<tantivy::Result<_>>().map_err(Error::search)?);
        }
        let mut norms = Vec::new();
        for segment in searcher.segment_readers() {
            let of_fields = searcher.schema().fields().map(|(field, _)| segment.fieldnorms_readers().get_field(field));
            norms.push(of_fields.collect::<tantivy::Result<_>>().map_err(Error::search)?);
        }
        Ok(Self {
            readers,
            norms,
            terms: Memo::default(),
            sets: sets(searcher),
            words: Default::default(),
            corrections: Default::default(),
            slips: Default::default(),
            spellings: Memo::default(),
            completions: Memo::default(),
        })
    }

    /// The dictionary of a field in a segment.
    pub fn reader(&self, segment: u32, field: Field) -> Option<&InvertedIndexReader> {
        self.readers[segment as usize][field.field_id() as usize].as_deref()
    }

    /// How long the texts of a field are in a segment.
    pub fn norms(&self, segment: u32, field: Field) -> Option<&FieldNormReader> {
        self.norms[segment as usize][field.field_id() as usize].as_ref()
    }

    /// A term of a field; nothing when no listing has it.
    pub fn find(&self, field: Field, text: &str) -> Result<Option<Arc<Entry>>> {
        let term = Term::from_field_text(field, text);
        self.terms.get(&term, || Ok(self.look_up(&term)?.map(Arc::new)))
    }

    /// How many listings have a term.
    pub fn frequency(&self, field: Field, text: &str) -> Result<u64> {
        Ok(self.find(field, text)?.map_or(0, |entry| entry.frequency))
    }

    fn look_up(&self, term: &Term) -> Result<Option<Entry>> {
        let (mut frequency, mut infos) = (0, Vec::with_capacity(self.readers.len()));
        for fields in &self.readers {
            let reader = fields[term.field().field_id() as usize].as_deref();
            let info = reader.map(|reader| reader.get_term_info(term)).transpose();
            let info = info.map_err(Error::search)?.flatten();
            frequency += info.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            infos.push(info);
        }
        Ok((frequency > 0).then(|| Entry { term: term.clone(), frequency, most: OnceLock::new(), infos }))
    }

    /// The postings of a term in a segment, a block at a time.
    pub fn blocks(
        &self,
        entry: &Entry,
        segment: u32,
        option: IndexRecordOption,
    ) -> Result<Option<BlockSegmentPostings>> {
        let Some((reader, info)) = self.place(entry, segment) else { return Ok(None) };
        reader.read_block_postings_from_terminfo(info, option).map(Some).map_err(Error::search)
    }

    /// The same, a document at a time.
    pub fn postings(&self, entry: &Entry, segment: u32, option: IndexRecordOption) -> Result<Option<SegmentPostings>> {
        let Some((reader, info)) = self.place(entry, segment) else { return Ok(None) };
        reader.read_postings_from_terminfo(info, option).map(Some).map_err(Error::search)
    }

    fn place<'a>(&'a self, entry: &'a Entry, segment: u32) -> Option<(&'a InvertedIndexReader, &'a TermInfo)> {
        let info = entry.infos[segment as usize].as_ref()?;
        Some((self.reader(segment, entry.field())?, info))
    }
}

//! Going through what a question finds, some documents after others.

use super::found::Found;
use super::postings::each;
use super::scoring::TermScore;
use super::steps::{Left, Scores, Step};
use super::window::Window;
use crate::query::Ask;
use crate::snapshot::Snapshot;
use domain::Result;
use std::borrow::Cow;
use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

/// Looking a document up takes as long as reading so many.
const SPARSE: usize = 16;

/// A question, and how far it was read.
pub struct Cursor<'a> {
    /// The word it is for.
    pub word: u16,
    /// What this and all later questions can add.
    pub left: Left,
    /// What later questions can add to one that has nothing else yet.
    pub later: Left,
    source: Source<'a>,
    /// Next place in the block, or in what was found.
    at: usize,
    /// No document before this one is left.
    next: DocId,
}

enum Source<'a> {
    Term(Box<BlockSegmentPostings>, TermScore<'a>),
    Fixed(Box<BlockSegmentPostings>, f32),
    Found(Cow<'a, Found>),
}

impl<'a> Cursor<'a> {
    /// At the beginning; nothing where a segment has nothing of it.
    pub fn new(snapshot: &'a Snapshot, segment: u32, step: &Step<'a>) -> Result<Option<Self>> {
        let blocks = |entry, option| snapshot.lexicon.blocks(entry, segment, option).map(|blocks| blocks.map(Box::new));
        let source = match step.scores {
            Scores::Ask(Ask::Term { entry, weight }) => {
                let score = TermScore::new(snapshot, segment, entry, *weight);
                blocks(entry, IndexRecordOption::WithFreqs)?.map(|blocks| Source::Term(blocks, score))
            }
            Scores::Ask(Ask::Fixed { entry, score }) => {
                blocks(entry, IndexRecordOption::Basic)?.map(|blocks| Source::Fixed(blocks, *score))
            }
            Scores::Ask(ask) => {
                let mut found = Vec::new();
                each(snapshot, segment, ask, |doc, score| found.push((doc, score)))?;
                Some(Source::Found(Cow::Owned(found)))
            }
            Scores::Found(found) => Some(Source::Found(Cow::Borrowed(found))),
        };
        Ok(source.map(|source| Self {
            word: step.word,
            left: step.left,
            later: Left::default(),
            source,
            at: 0,
            next: 0,
        }))
    }

    /// Calls `see` for each document of a window that is wanted, with what it scores.
    pub fn read(&mut self, window: Window, wanted: impl Fn(DocId) -> bool, mut see: impl FnMut(DocId, f32)) {
        if self.next >= window.end {
            return;
        }
        self.next = match &mut self.source {
            Source::Term(blocks, score) => blocks_of(blocks, &mut self.at, window, |docs, times| {
                if times.len() == docs.len() {
                    for (doc, times) in docs.iter().zip(times).filter(|(doc, _)| wanted(**doc)) {
                        see(*doc, score.of(*doc, *times));
                    }
                } else {
                    docs.iter().filter(|doc| wanted(**doc)).for_each(|doc| see(*doc, score.of(*doc, 1)));
                }
            }),
            Source::Fixed(blocks, score) => blocks_of(blocks, &mut self.at, window, |docs, _| {
                docs.iter().filter(|doc| wanted(**doc)).for_each(|doc| see(*doc, *score));
            }),
            Source::Found(found) => {
                let left = &found[self.at..];
                let left = &left[left.partition_point(|(doc, _)| *doc < window.start)..];
                let here = &left[..left.partition_point(|(doc, _)| *doc < window.end)];
                here.iter().filter(|(doc, _)| wanted(*doc)).for_each(|(doc, score)| see(*doc, *score));
                self.at = found.len() - left.len() + here.len();
                found.get(self.at).map_or(DocId::MAX, |(doc, _)| *doc)
            }
        };
    }

    /// Whether it has few documents in a window, against so many that are looked for.
    pub fn is_short(&self, window: Window, documents: usize, wanted: usize) -> bool {
        let here = match &self.source {
            Source::Term(blocks, _) | Source::Fixed(blocks, _) => {
                blocks.doc_freq() as usize * window.length() / documents
            }
            Source::Found(_) => return false,
        };
        here < SPARSE * wanted
    }

    /// Calls `see` for each of a few documents that it finds, which are in order: which of them, and what it scores.
    pub fn look_up(&mut self, docs: &[DocId], mut see: impl FnMut(DocId, f32)) {
        for doc in docs {
            match &mut self.source {
                Source::Term(blocks, score) => {
                    if let Some(at) = find(blocks, *doc) {
                        let times = blocks.freqs().get(at).copied().unwrap_or(1);
                        see(*doc, score.of(*doc, times));
                    }
                }
                Source::Fixed(blocks, score) => {
                    if find(blocks, *doc).is_some() {
                        see(*doc, *score);
                    }
                }
                Source::Found(found) => {
                    if let Ok(at) = found.binary_search_by_key(doc, |(doc, _)| *doc) {
                        see(*doc, found[at].1);
                    }
                }
            }
        }
        self.at = 0;
    }
}

/// Where a document is in its block; it is not before the block.
fn find(blocks: &mut BlockSegmentPostings, doc: DocId) -> Option<usize> {
    if blocks.docs().last().is_some_and(|last| *last < doc) {
        blocks.seek(doc);
    }
    blocks.docs().binary_search(&doc).ok()
}

/// Calls `see` with the documents of a window and how often each has the term, if that is known. Tells what comes next.
fn blocks_of(
    blocks: &mut BlockSegmentPostings,
    at: &mut usize,
    window: Window,
    mut see: impl FnMut(&[DocId], &[u32]),
) -> DocId {
    if blocks.docs().last().is_some_and(|last| *last < window.start) {
        *at = blocks.seek(window.start);
    }
    while let Some(last) = blocks.docs().last() {
        let (docs, times) = (blocks.docs(), blocks.freqs());
        let start = *at + docs.get(*at..).unwrap_or_default().partition_point(|doc| *doc < window.start);
        let end = if *last < window.end { docs.len() } else { docs.partition_point(|doc| *doc < window.end) };
        if start < end {
            see(&docs[start..end], times.get(start..end).unwrap_or_default());
        }
        *at = end;
        if let Some(next) = docs.get(end) {
            return *next;
        }
        blocks.advance();
        *at = 0;
    }
    DocId::MAX
}

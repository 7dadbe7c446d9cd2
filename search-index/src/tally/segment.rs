//! What the documents of one segment score, and the memory for it, which is used again for the next query.

use super::bits::Bits;
use super::postings::each;
use crate::query::{Ask, Clause, Reading, weights as w};
use crate::snapshot::Snapshot;
use domain::Result;
use std::sync::{Mutex, PoisonError};

/// Most tallies that wait to be used again.
const MOST_KEPT: usize = 32;

/// What one document has of a query.
#[derive(Clone, Copy, Default)]
struct Row {
    score: f32,
    /// The best way it has the word `word`.
    best: f32,
    /// What it has of the query, in points.
    points: u8,
    /// Points for the word `word`.
    word_points: u8,
    /// The last word it was found by, counted from 1.
    word: u8,
}

/// Scores by document number.
#[derive(Default)]
pub struct SegmentTally {
    rows: Vec<Row>,
    /// Documents with any word that are not deleted.
    seen: Bits,
    /// Those with enough words.
    pub matches: Bits,
}

impl SegmentTally {
    /// More than any document can have.
    pub const MOST_POINTS: usize = 64;

    fn new(documents: usize) -> Self {
        Self { rows: vec![Row::default(); documents], seen: Bits::none(documents), matches: Bits::none(documents) }
    }

    /// The score of a document.
    pub fn score_of(&self, doc: u32) -> f32 {
        self.rows[doc as usize].score
    }

    /// Scores all documents.
    pub fn score(&mut self, snapshot: &Snapshot, segment: u32, reading: &Reading) -> Result<()> {
        for (clause, word) in reading.clauses.iter().zip(1..) {
            self.word(snapshot, segment, clause, word)?;
        }
        self.bury(snapshot, segment);
        for boost in &reading.boosts {
            each(snapshot, segment, boost, |doc, score| {
                let row = &mut self.rows[doc as usize];
                if row.points != 0 {
                    row.score += score;
                }
            })?;
        }
        Ok(())
    }

    /// Adds what documents score by one question.
    pub fn add(&mut self, snapshot: &Snapshot, segment: u32, ask: &Ask) -> Result<()> {
        each(snapshot, segment, ask, |doc, score| {
            self.rows[doc as usize].score += score;
            self.seen.insert(doc);
        })
    }

    /// Each document that scores, and how much.
    pub fn each(&self, mut see: impl FnMut(u32, f32)) {
        self.seen.each(|doc| see(doc, self.rows[doc as usize].score));
    }

    /// The best way a document has a word counts, and a share of the others.
    fn word(&mut self, snapshot: &Snapshot, segment: u32, clause: &Clause, word: u8) -> Result<()> {
        for (ask, points) in clause.asks(&snapshot.fields) {
            each(snapshot, segment, ask, |doc, score| {
                let row = &mut self.rows[doc as usize];
                if row.word != word {
                    self.seen.insert(doc);
                    *row = Row { word, best: 0.0, word_points: 0, ..*row };
                }
                let better = (score - row.best).max(0.0);
                row.best += better;
                row.score += better;
                row.score += w::FURTHER_FIELD * (score - better);
                let more = points.saturating_sub(row.word_points);
                row.word_points += more;
                row.points = row.points.saturating_add(more);
            })?;
        }
        Ok(())
    }

    /// Forgets deleted documents.
    fn bury(&mut self, snapshot: &Snapshot, segment: u32) {
        let Some(alive) = snapshot.searcher.segment_reader(segment).alive_bitset() else { return };
        let mut dead = Vec::new();
        self.seen.each(|doc| dead.extend(alive.is_deleted(doc).then_some(doc)));
        for doc in dead {
            self.rows[doc as usize] = Row::default();
            self.seen.remove(doc);
        }
    }

    /// Adds how many documents have how many points.
    pub fn count_points(&self, counts: &mut [u64; Self::MOST_POINTS]) {
        self.seen.each(|doc| counts[usize::from(self.rows[doc as usize].points).min(Self::MOST_POINTS - 1)] += 1);
    }

    /// Keeps what has so many points.
    pub fn keep(&mut self, at_least: usize) {
        if at_least <= usize::from(w::POINTS_OF_README) {
            self.matches.copy(&self.seen);
            return;
        }
        self.seen.each(|doc| {
            if usize::from(self.rows[doc as usize].points) >= at_least {
                self.matches.insert(doc);
            }
        });
    }

    fn clear(&mut self) {
        self.seen.drain(|doc| self.rows[doc as usize] = Row::default());
        self.matches.clear();
    }
}

/// Tallies of a snapshot that are not used at the moment.
#[derive(Default)]
pub struct Pool(Mutex<Vec<SegmentTally>>);

impl Pool {
    /// An empty one for so many documents.
    pub fn take(&self, documents: usize) -> SegmentTally {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fitting = kept.iter().position(|tally| tally.rows.len() == documents);
        fitting.map_or_else(|| SegmentTally::new(documents), |at| kept.swap_remove(at))
    }

    /// Takes one back. Only whole tallies come: one that failed half way is dropped.
    pub fn give_back(&self, mut tally: SegmentTally) {
        tally.clear();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(tally);
        }
    }
}

//! What the documents of one segment score, and the memory for it, which is used again for the next query.

use super::bits::Bits;
use super::postings::{each, holders};
use crate::lexicon::Entry;
use crate::query::{Ask, Clause, Reading, weights as w};
use crate::snapshot::Snapshot;
use domain::Result;
use std::sync::{Arc, Mutex, PoisonError};

/// Most tallies that wait to be used again.
const MOST_KEPT: usize = 32;

/// Scores by document number.
#[derive(Default)]
pub struct SegmentTally {
    scores: Vec<f32>,
    /// The best way each document has the word that is looked at; zero in between.
    best: Vec<f32>,
    /// What each document has of the query, in points.
    points: Vec<u8>,
    /// Points for the word that is looked at; zero in between.
    current_points: Vec<u8>,
    /// Documents with any word.
    seen: Bits,
    /// Documents with the word that is looked at; empty in between.
    current: Bits,
    /// Documents with enough words that are not deleted.
    pub matches: Bits,
}

impl SegmentTally {
    /// More than any document can have.
    pub const MOST_POINTS: usize = 64;

    fn new(documents: usize) -> Self {
        Self {
            scores: vec![0.0; documents],
            best: vec![0.0; documents],
            points: vec![0; documents],
            current_points: vec![0; documents],
            seen: Bits::none(documents),
            current: Bits::none(documents),
            matches: Bits::none(documents),
        }
    }

    /// The score of a document.
    pub fn score_of(&self, doc: u32) -> f32 {
        self.scores[doc as usize]
    }

    /// Scores all documents.
    pub fn score(&mut self, snapshot: &Snapshot, segment: u32, reading: &Reading) -> Result<()> {
        for clause in &reading.clauses {
            self.word(snapshot, segment, clause)?;
        }
        if let Some(alive) = snapshot.searcher.segment_reader(segment).alive_bitset() {
            self.seen.each(|doc| {
                if alive.is_deleted(doc) {
                    self.points[doc as usize] = 0;
                }
            });
        }
        for boost in &reading.boosts {
            if let Ask::Everywhere { each, score } = boost {
                self.everywhere(snapshot, segment, each, *score)?;
            } else {
                each(snapshot, segment, boost, |doc, score| {
                    if self.points[doc as usize] != 0 {
                        self.scores[doc as usize] += score;
                    }
                })?;
            }
        }
        Ok(())
    }

    /// Adds what documents score by one question.
    pub fn add(&mut self, snapshot: &Snapshot, segment: u32, ask: &Ask) -> Result<()> {
        each(snapshot, segment, ask, |doc, score| {
            self.scores[doc as usize] += score;
            self.seen.insert(doc);
        })
    }

    /// Each document that scores, and how much.
    pub fn each(&self, mut see: impl FnMut(u32, f32)) {
        self.seen.each(|doc| see(doc, self.scores[doc as usize]));
    }

    /// The best way a document has a word counts, and a share of the others.
    fn word(&mut self, snapshot: &Snapshot, segment: u32, clause: &Clause) -> Result<()> {
        for (ask, points) in clause.asks(&snapshot.fields) {
            each(snapshot, segment, ask, |doc, score| {
                let place = doc as usize;
                self.scores[place] += w::FURTHER_FIELD * score;
                self.best[place] = self.best[place].max(score);
                self.current_points[place] = self.current_points[place].max(points);
                self.current.insert(doc);
            })?;
        }
        self.current.drain(|doc| {
            let place = doc as usize;
            self.scores[place] += (1.0 - w::FURTHER_FIELD) * self.best[place];
            self.best[place] = 0.0;
            self.points[place] = self.points[place].saturating_add(self.current_points[place]);
            self.current_points[place] = 0;
            self.seen.insert(doc);
        });
        Ok(())
    }

    fn everywhere(&mut self, snapshot: &Snapshot, segment: u32, groups: &[Vec<Arc<Entry>>], score: f32) -> Result<()> {
        let mut having = self.seen.clone();
        for group in groups {
            let mut any = Bits::none(self.scores.len());
            for entry in group {
                holders(snapshot, segment, entry, |doc| any.insert(doc))?;
            }
            having.keep(&any);
            if having.is_empty() {
                return Ok(());
            }
        }
        having.each(|doc| self.scores[doc as usize] += score);
        Ok(())
    }

    /// Adds how many documents have how many points.
    pub fn count_points(&self, counts: &mut [u64; Self::MOST_POINTS]) {
        self.seen.each(|doc| counts[usize::from(self.points[doc as usize]).min(Self::MOST_POINTS - 1)] += 1);
    }

    /// Keeps what has so many points.
    pub fn keep(&mut self, at_least: usize) {
        self.seen.each(|doc| {
            if usize::from(self.points[doc as usize]) >= at_least {
                self.matches.insert(doc);
            }
        });
    }

    fn clear(&mut self) {
        self.seen.drain(|doc| {
            self.scores[doc as usize] = 0.0;
            self.points[doc as usize] = 0;
        });
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
        let fitting = kept.iter().position(|tally| tally.scores.len() == documents);
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

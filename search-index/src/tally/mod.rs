//! What matches a query, and what of it comes first. What matches, and by how many words, is found with sets of
//! documents alone. Scores are for the best: what can't be among them is not scored.

mod bits;
mod cursor;
mod found;
mod groups;
mod matching;
mod points;
mod postings;
mod scoring;
mod steps;
mod window;

pub use bits::Bits;
pub use matching::Pool;
pub use scoring::Scoring;

use crate::query::{Ask, Reading, weights};
use crate::snapshot::Snapshot;
use crate::top::Top;
use domain::Result;
use found::AllFound;
use matching::Matching;
use std::ops::RangeInclusive;

/// What a query finds.
pub struct Tally<'a> {
    snapshot: &'a Snapshot,
    reading: &'a Reading,
    /// One for each segment; none when nothing can match.
    segments: Vec<Matching>,
    /// For each of them, what questions found, as far as that is kept.
    found: Vec<AllFound>,
    /// Listings that match.
    pub matched: u64,
}

impl<'a> Tally<'a> {
    /// Finds the listings with all that was asked for, or with less while there are not enough.
    pub fn new(snapshot: &'a Snapshot, reading: &'a Reading) -> Result<Self> {
        let mut tally = Self { snapshot, reading, segments: Vec::new(), found: Vec::new(), matched: 0 };
        let Some(levels) = reading.levels() else { return Ok(tally) };
        for (data, number) in snapshot.segments.iter().zip(0u32..) {
            let mut segment = snapshot.pool.take(data.len());
            tally.found.push(segment.read(snapshot, number, reading)?);
            tally.segments.push(segment);
        }
        tally.keep(levels);
        Ok(tally)
    }

    /// Keeps what has the most points that enough listings have.
    fn keep(&mut self, levels: RangeInclusive<usize>) {
        let least = *levels.start();
        for level in levels.rev() {
            self.matched = self.segments.iter_mut().map(|segment| segment.keep(level) as u64).sum();
            if self.matched >= weights::ENOUGH || level == least {
                return;
            }
        }
    }

    /// What matches in a segment.
    pub fn matches(&self, segment: u32) -> Option<&Bits> {
        self.segments.get(segment as usize).map(|segment| &segment.matches)
    }

    /// Offers the best of some documents of a segment.
    pub fn best(&self, segment: u32, among: &Bits, top: &mut Top) -> Result<()> {
        let Some(found) = self.found.get(segment as usize) else { return Ok(()) };
        let steps = steps::steps(self.snapshot, self.reading, found)?;
        window::best(self.snapshot, segment, &steps, among, top)
    }
}

/// Offers the best of a segment by the sum of some questions.
pub fn best_by_sum(snapshot: &Snapshot, segment: u32, asks: &[Ask], top: &mut Top) -> Result<()> {
    window::best(snapshot, segment, &steps::sum(snapshot, asks)?, &snapshot.everything(segment), top)
}

impl Drop for Tally<'_> {
    fn drop(&mut self) {
        self.segments.drain(..).for_each(|segment| self.snapshot.pool.give_back(segment));
    }
}

//! Scoring a query one term at a time. Every posting is read once, however many words must match in the end: how many a
//! listing has is known only afterwards, and so is how many can be asked for.

mod bits;
mod groups;
mod postings;
mod scoring;
mod segment;

pub use bits::Bits;
pub use scoring::Scoring;
pub use segment::{Pool, SegmentTally};

use crate::query::{Reading, weights};
use crate::snapshot::Snapshot;
use domain::Result;
use std::ops::RangeInclusive;

/// What every listing scores.
pub struct Tally<'a> {
    snapshot: &'a Snapshot,
    /// One for each segment; none when nothing can match.
    pub segments: Vec<SegmentTally>,
    /// Listings that match.
    pub matched: u64,
}

impl<'a> Tally<'a> {
    /// Scores all listings and keeps those with all that was asked for, or with less while there are not enough.
    pub fn new(snapshot: &'a Snapshot, reading: &Reading) -> Result<Self> {
        let mut tally = Self { snapshot, segments: Vec::new(), matched: 0 };
        let Some(levels) = reading.levels() else { return Ok(tally) };
        for (data, number) in snapshot.segments.iter().zip(0u32..) {
            let mut segment = snapshot.pool.take(data.len());
            segment.score(snapshot, number, reading)?;
            tally.segments.push(segment);
        }
        let level = tally.level(levels);
        tally.segments.iter_mut().for_each(|segment| segment.keep(level));
        tally.matched = tally.segments.iter().map(|segment| segment.matches.len() as u64).sum();
        Ok(tally)
    }

    /// The most points that enough listings have.
    fn level(&self, levels: RangeInclusive<usize>) -> usize {
        let least = *levels.start();
        if least == *levels.end() {
            return least;
        }
        let mut with_points = [0; SegmentTally::MOST_POINTS];
        self.segments.iter().for_each(|segment| segment.count_points(&mut with_points));
        let matching = |level: usize| with_points[level..].iter().sum::<u64>();
        levels.rev().find(|level| matching(*level) >= weights::ENOUGH).unwrap_or(least)
    }
}

impl Drop for Tally<'_> {
    fn drop(&mut self) {
        self.segments.drain(..).for_each(|segment| self.snapshot.pool.give_back(segment));
    }
}

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

use crate::query::{Clause, Reading, weights};
use crate::snapshot::Snapshot;
use domain::Result;
use std::ops::RangeInclusive;

/// The rarest word is looked at first where it has fewer than one of so many postings of a query.
const FEW: u64 = 4;

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
        tally.segments = snapshot.segments.iter().map(|data| snapshot.pool.take(data.len())).collect();
        let level = match tally.narrow(reading, &levels)? {
            Some(level) => level,
            None => tally.wide(reading, &levels)?,
        };
        tally.segments.iter_mut().for_each(|segment| segment.keep(level));
        tally.matched = tally.segments.iter().map(|segment| segment.matches.len() as u64).sum();
        Ok(tally)
    }

    /// Scores only what has the rarest word, where enough of it has more points than anything without that word. The level
    /// that is enough, or `None` when it takes more than these, and nothing is scored.
    fn narrow(&mut self, reading: &Reading, levels: &RangeInclusive<usize>) -> Result<Option<usize>> {
        let postings: Vec<u64> = reading.clauses.iter().map(Clause::postings).collect();
        let occurring = (0..postings.len()).filter(|at| postings[*at] > 0);
        let Some(rarest) = occurring.min_by_key(|at| postings[*at]) else { return Ok(None) };
        let others = reading.clauses.iter().enumerate().filter(|(at, _)| *at != rarest);
        let without = others.map(|(_, clause)| usize::from(clause.most_points())).sum::<usize>();
        let all = postings.iter().sum::<u64>();
        if without >= *levels.end() || postings[rarest].saturating_mul(FEW) > all {
            return Ok(None);
        }
        for (segment, number) in self.segments.iter_mut().zip(0u32..) {
            segment.score_with(self.snapshot, number, reading, rarest)?;
        }
        let level = self.enough(without + 1..=*levels.end());
        if level.is_none() {
            self.segments.iter_mut().for_each(SegmentTally::clear);
        }
        Ok(level)
    }

    /// Scores everything. The level that is enough, or the lowest.
    fn wide(&mut self, reading: &Reading, levels: &RangeInclusive<usize>) -> Result<usize> {
        for (segment, number) in self.segments.iter_mut().zip(0u32..) {
            segment.score(self.snapshot, number, reading)?;
        }
        let least = *levels.start();
        Ok(if least == *levels.end() { least } else { self.enough(levels.clone()).unwrap_or(least) })
    }

    /// The most points that enough listings have.
    fn enough(&self, levels: RangeInclusive<usize>) -> Option<usize> {
        let mut with_points = [0; SegmentTally::MOST_POINTS];
        self.segments.iter().for_each(|segment| segment.count_points(&mut with_points));
        let matching = |level: usize| with_points[level..].iter().sum::<u64>();
        levels.rev().find(|level| matching(*level) >= weights::ENOUGH)
    }
}

impl Drop for Tally<'_> {
    fn drop(&mut self) {
        self.segments.drain(..).for_each(|segment| self.snapshot.pool.give_back(segment));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TantivyIndex;
    use crate::evaluation::listings;
    use crate::query::Input;
    use domain::ports::{IndexChange, SearchIndex};
    use std::fmt::Write as _;

    /// Listings that have words of uneven frequency, in turns in name, summary and README; every eleventh is deleted.
    fn index() -> TantivyIndex {
        let mut lines = String::new();
        for n in 0..900 {
            let mut texts = [format!("Thing {n}"), String::new(), String::new()];
            for (word, every) in [("zebra", 25), ("otter", 7), ("panda", 3), ("koala", 2)] {
                if n % every == 0 {
                    let _ = write!(texts[(n / every) % 3], " {word}");
                }
            }
            let [name, summary, readme] = texts;
            let line = serde_json::json!({
                "source": "s", "id": n.to_string(), "name": name, "summary": summary, "description_md": readme,
            });
            let _ = writeln!(lines, "{line}");
        }
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("records.jsonl");
        std::fs::write(&file, lines).unwrap();
        let index = TantivyIndex::in_memory().unwrap();
        index.rebuild(listings(&file).unwrap(), 1).unwrap();
        let gone = (0..900).step_by(11).map(|n| IndexChange::Delete(format!("s/{n}").into()));
        index.apply(gone.collect(), 2).unwrap();
        index
    }

    fn matches(tally: &Tally<'_>) -> Vec<(usize, u32, i64)> {
        let mut found = Vec::new();
        for (number, segment) in tally.segments.iter().enumerate() {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "scores are small, and sums in another order differ a little"
            )]
            segment.matches.each(|doc| found.push((number, doc, (segment.score_of(doc) * 100.0).round() as i64)));
        }
        found
    }

    fn tally<'a>(snapshot: &'a Snapshot, level: impl FnOnce(&mut Tally<'a>) -> usize) -> Tally<'a> {
        let segments = snapshot.segments.iter().map(|data| snapshot.pool.take(data.len())).collect();
        let mut tally = Tally { snapshot, segments, matched: 0 };
        let level = level(&mut tally);
        tally.segments.iter_mut().for_each(|segment| segment.keep(level));
        tally
    }

    #[test]
    fn starting_from_the_rarest_word_finds_the_same() {
        let index = index();
        let snapshot = index.current();
        let mut narrowed = 0;
        for q in ["zebra koala", "koala zebra", "otter koala", "zebra otter", "otter panda koala", "zebra panda koala"]
        {
            let reading = Reading::new(&snapshot, &Input::parse(q)).unwrap();
            let levels = reading.levels().unwrap();
            let wide = tally(&snapshot, |tally| tally.wide(&reading, &levels).unwrap());
            let narrow = tally(&snapshot, |tally| {
                let level = tally.narrow(&reading, &levels).unwrap();
                narrowed += u32::from(level.is_some());
                level.unwrap_or_else(|| tally.wide(&reading, &levels).unwrap())
            });
            assert_eq!(matches(&narrow), matches(&wide), "{q}");
            assert!(!matches(&wide).is_empty(), "{q}");
        }
        assert!((1..6).contains(&narrowed), "both ways are taken: {narrowed}");
    }
}

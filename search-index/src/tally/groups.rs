//! Documents that have something of each of several groups of terms, and what they score by it.

use super::postings::scored;
use super::scoring::TermScore;
use crate::lexicon::Entry;
use crate::query::{Group, weights as w};
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// Where a term has this many times the documents that are left, it is asked about these one by one.
const SPARSE: u64 = 8;

/// What one document has of a group.
#[derive(Clone, Copy, Default)]
struct Part {
    best: f32,
    sum: f32,
}

impl Part {
    fn add(&mut self, score: f32) {
        self.best = self.best.max(score);
        self.sum += score;
    }

    /// The best term counts, and a share of the others.
    fn score(self) -> f32 {
        w::FURTHER_FIELD.mul_add(self.sum - self.best, self.best)
    }
}

/// Calls `see` for each document that has a term of each group. The rarest group says which these may be.
pub fn each(snapshot: &Snapshot, segment: u32, groups: &[Group], mut see: impl FnMut(DocId, f32)) -> Result<()> {
    let frequency = |group: &&Group| group.iter().map(|(entry, _)| entry.frequency).sum::<u64>();
    let Some((first, rarest)) = groups.iter().enumerate().min_by_key(|(_, group)| frequency(group)) else {
        return Ok(());
    };
    let mut left = any(snapshot, segment, rarest)?;
    for (_, group) in groups.iter().enumerate().filter(|(at, _)| *at != first) {
        if left.is_empty() {
            return Ok(());
        }
        let mut parts = vec![Part::default(); left.len()];
        for (entry, weight) in group {
            among(snapshot, segment, entry, *weight, &left, &mut parts)?;
        }
        let mut parts = parts.into_iter();
        left.retain_mut(|(_, score)| {
            let part = parts.next().unwrap_or_default();
            *score += part.score();
            part.sum > 0.0
        });
    }
    for (doc, score) in left {
        see(doc, score);
    }
    Ok(())
}

/// Documents with any term of a group, in order.
fn any(snapshot: &Snapshot, segment: u32, group: &Group) -> Result<Vec<(DocId, f32)>> {
    let mut found: Vec<(DocId, f32)> = Vec::new();
    for (entry, weight) in group {
        scored(snapshot, segment, entry, *weight, |doc, score| found.push((doc, score)))?;
    }
    found.sort_unstable_by_key(|(doc, _)| *doc);
    let same = found.chunk_by(|a, b| a.0 == b.0);
    Ok(same
        .map(|same| {
            let mut part = Part::default();
            for (_, score) in same {
                part.add(*score);
            }
            (same[0].0, part.score())
        })
        .collect())
}

/// Adds what the documents that are left score by a term.
fn among(
    snapshot: &Snapshot,
    segment: u32,
    entry: &Entry,
    weight: f32,
    left: &[(DocId, f32)],
    parts: &mut [Part],
) -> Result<()> {
    if entry.frequency < SPARSE.saturating_mul(left.len() as u64) {
        let mut at = 0;
        return scored(snapshot, segment, entry, weight, |doc, score| {
            while at < left.len() && left[at].0 < doc {
                at += 1;
            }
            if at < left.len() && left[at].0 == doc {
                parts[at].add(score);
            }
        });
    }
    let Some(mut postings) = snapshot.lexicon.postings(entry, segment, IndexRecordOption::WithFreqs)? else {
        return Ok(());
    };
    let score = TermScore::new(snapshot, segment, entry, weight);
    for ((doc, _), part) in left.iter().zip(parts) {
        if postings.doc() < *doc && postings.seek(*doc) == TERMINATED {
            break;
        }
        if postings.doc() == *doc {
            part.add(score.of(*doc, postings.term_freq()));
        }
    }
    Ok(())
}

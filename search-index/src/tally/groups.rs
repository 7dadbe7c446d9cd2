//! Documents that have something of each of several groups of terms, and what they score by it.

use super::postings::{among, scored};
use crate::query::{Group, weights as w};
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::DocId;

/// What one document has of a group.
#[derive(Clone, Copy, Default)]
pub struct Part {
    /// The most that one of its terms scores.
    pub best: f32,
    /// What all of them score.
    pub sum: f32,
}

impl Part {
    /// Adds what a term scores.
    pub fn add(&mut self, score: f32) {
        self.best = self.best.max(score);
        self.sum += score;
    }

    /// The best term counts, and a share of the others.
    pub fn score(self) -> f32 {
        let others = w::FURTHER_FIELD * (self.sum - self.best);
        self.best + others
    }
}

/// Calls `see` for each document that has a term of each group. The rarest group says which these may be.
pub fn each(snapshot: &Snapshot, segment: u32, groups: &[Group], mut see: impl FnMut(DocId, f32)) -> Result<()> {
    let frequency = |group: &&Group| group.iter().map(|(entry, _)| entry.frequency).sum::<u64>();
    let Some((first, rarest)) = groups.iter().enumerate().min_by_key(|(_, group)| frequency(group)) else {
        return Ok(());
    };
    let (mut docs, mut scores) = any(snapshot, segment, rarest)?;
    for (_, group) in groups.iter().enumerate().filter(|(at, _)| *at != first) {
        if docs.is_empty() {
            return Ok(());
        }
        let mut parts = vec![Part::default(); docs.len()];
        for (entry, weight) in group {
            among(snapshot, segment, entry, *weight, &docs, |at, score| parts[at].add(score))?;
        }
        let all = docs.into_iter().zip(scores).zip(parts);
        let having = all.filter(|(_, part)| part.sum > 0.0);
        (docs, scores) = having.map(|((doc, score), part)| (doc, score + part.score())).unzip();
    }
    docs.into_iter().zip(scores).for_each(|(doc, score)| see(doc, score));
    Ok(())
}

/// Documents with any term of a group, in order.
fn any(snapshot: &Snapshot, segment: u32, group: &Group) -> Result<(Vec<DocId>, Vec<f32>)> {
    let mut found: Vec<(DocId, f32)> = Vec::new();
    for (entry, weight) in group {
        scored(snapshot, segment, entry, *weight, |doc, score| found.push((doc, score)))?;
    }
    // What each term has is in order already, which this sort makes use of.
    found.sort_by_key(|(doc, _)| *doc);
    let same = found.chunk_by(|a, b| a.0 == b.0);
    Ok(same
        .map(|same| {
            let mut part = Part::default();
            for (_, score) in same {
                part.add(*score);
            }
            (same[0].0, part.score())
        })
        .unzip())
}

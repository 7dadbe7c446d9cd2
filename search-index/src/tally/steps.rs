//! The questions of a query in the order they are asked, and what those that are left can add to a score.

use super::found::{AllFound, Found};
use super::groups::Part;
use super::scoring::TermScore;
use crate::query::{Ask, Group, Reading, weights as w};
use crate::snapshot::Snapshot;
use domain::Result;

/// What scores.
#[derive(Clone, Copy)]
pub enum Scores<'a> {
    /// A question.
    Ask(&'a Ask),
    /// What a question found.
    Found(&'a Found),
}

/// One question.
pub struct Step<'a> {
    /// What scores.
    pub scores: Scores<'a>,
    /// Questions with the same number, counted from 1, are for one word: the best counts, and a share of the others.
    pub word: u16,
    /// What this and all later steps can add.
    pub left: Left,
}

/// What some questions add to one document at most.
#[derive(Clone, Copy, Default)]
pub struct Left {
    /// To any.
    pub any: f32,
    /// To one that has the word already by at least `best`.
    pub further: f32,
    /// The best that is left for the word.
    pub best: f32,
}

impl Left {
    /// To a document whose best for the word of the first of them is this.
    pub fn over(self, best: f32) -> f32 {
        if best >= self.best { self.further } else { self.any }
    }
}

/// Questions of which the best counts.
struct Word<'a> {
    scores: Vec<(f32, Scores<'a>)>,
    read: u64,
}

/// The questions of a query: those that read least come first, for one word those that score most. `found` is what the
/// questions of words found, as far as that is kept, in their order.
pub fn steps<'a>(snapshot: &Snapshot, reading: &'a Reading, found: &'a AllFound) -> Result<Vec<Step<'a>>> {
    let mut found = found.each();
    let mut of_word = |ask: &'a Ask| match AllFound::keeps(ask).then(|| found.next()).flatten() {
        Some(found) => Scores::Found(found),
        None => Scores::Ask(ask),
    };
    let mut words = Vec::new();
    for clause in &reading.clauses {
        words.push(clause.strong.iter().chain(&clause.weak).map(&mut of_word).collect());
    }
    words.extend(reading.boosts.iter().map(|boost| vec![Scores::Ask(boost)]));
    ordered(snapshot, words)
}

/// Questions that all add up.
pub fn sum<'a>(snapshot: &Snapshot, asks: &'a [Ask]) -> Result<Vec<Step<'a>>> {
    ordered(snapshot, asks.iter().map(|ask| vec![Scores::Ask(ask)]).collect())
}

fn ordered<'a>(snapshot: &Snapshot, words: Vec<Vec<Scores<'a>>>) -> Result<Vec<Step<'a>>> {
    let mut words: Vec<Word<'_>> =
        words.into_iter().map(|scores| Word::new(snapshot, scores)).collect::<Result<_>>()?;
    words.sort_by_key(|word| word.read);
    let numbered: Vec<(u16, Word<'_>)> = (1..).zip(words).collect();
    let (mut steps, mut left) = (Vec::new(), 0.0);
    for (number, word) in numbered.into_iter().rev() {
        let mut of_word = Part::default();
        for (most, scores) in word.scores.into_iter().rev() {
            of_word.add(most);
            let further = left + w::FURTHER_FIELD * of_word.sum;
            let left = Left { any: left + of_word.score(), further, best: of_word.best };
            steps.push(Step { scores, word: number, left });
        }
        left += of_word.score();
    }
    steps.reverse();
    Ok(steps)
}

impl<'a> Word<'a> {
    fn new(snapshot: &Snapshot, scores: Vec<Scores<'a>>) -> Result<Self> {
        let read = scores.iter().map(|scores| scores.read()).sum();
        let mut scores: Vec<_> =
            scores.into_iter().map(|scores| Ok((scores.most(snapshot)?, scores))).collect::<Result<_>>()?;
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(Self { scores, read })
    }
}

impl Scores<'_> {
    /// What one document scores at most.
    fn most(self, snapshot: &Snapshot) -> Result<f32> {
        let of_group = |group: &Group| {
            let mut best = Part::default();
            for (entry, weight) in group {
                best.add(TermScore::most(snapshot, entry, *weight)?);
            }
            Ok(best.score())
        };
        match self {
            Self::Ask(Ask::Term { entry, weight }) => TermScore::most(snapshot, entry, *weight),
            Self::Ask(Ask::Fixed { score, .. } | Ask::AllFixed { score, .. }) => Ok(*score),
            Self::Ask(Ask::All(groups)) => groups.iter().map(of_group).sum(),
            Self::Found(found) => Ok(found.iter().map(|(_, score)| *score).fold(0.0, f32::max)),
        }
    }

    /// Documents that it reads, about.
    fn read(self) -> u64 {
        let of_group = |group: &Group| group.iter().map(|(entry, _)| entry.frequency).sum::<u64>();
        match self {
            Self::Ask(Ask::Term { entry, .. } | Ask::Fixed { entry, .. }) => entry.frequency,
            Self::Ask(Ask::All(groups) | Ask::AllFixed { groups, .. }) => {
                groups.iter().map(of_group).min().unwrap_or(0) * groups.len() as u64
            }
            Self::Found(found) => found.len() as u64,
        }
    }
}

//! The answers of one engine to all judged queries, kept to compare with later ones.

use super::{Judged, Scores, score};
use domain::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Kind of the queries that nothing fits. They are apart from the overall figures: an engine that never answers would
/// be perfect at them.
pub const NOTHING_FITS: &str = "none";
/// Results kept of each answer.
const KEPT: usize = 10;

/// One answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// The query.
    pub query: String,
    /// Its kind.
    pub kind: String,
    /// How good the answer is.
    pub scores: Scores,
    /// The first results and their grades; `None` is unknown.
    pub first: Vec<(String, Option<u8>)>,
}

/// All answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Run {
    /// In the order of the file.
    pub answers: Vec<Answered>,
}

impl Run {
    /// Asks every query of `engine`, which gives ids, best first.
    pub fn of(judged: &[Judged], mut engine: impl FnMut(&str) -> Result<Vec<String>>) -> Result<Self> {
        let answer = |judged: &Judged| {
            let found = engine(&judged.query)?;
            Ok(Answered {
                query: judged.query.clone(),
                kind: judged.kind.clone(),
                scores: score(judged, &found),
                first: found.into_iter().take(KEPT).map(|id| (judged.grade(&id), id)).map(|(g, id)| (id, g)).collect(),
            })
        };
        Ok(Self { answers: judged.iter().map(answer).collect::<Result<_>>()? })
    }

    /// Mean scores and number of queries of each kind.
    pub fn kinds(&self) -> BTreeMap<&str, (Scores, usize)> {
        let mut kinds: BTreeMap<&str, Vec<&Scores>> = BTreeMap::new();
        for answer in &self.answers {
            kinds.entry(&answer.kind).or_default().push(&answer.scores);
        }
        kinds.into_iter().map(|(kind, all)| (kind, (Scores::mean(all.iter().copied()), all.len()))).collect()
    }

    /// Mean scores and number of the queries that something fits.
    pub fn overall(&self) -> (Scores, usize) {
        let fitting = || self.answers.iter().filter(|answer| answer.kind != NOTHING_FITS);
        (Scores::mean(fitting().map(|answer| &answer.scores)), fitting().count())
    }

    /// Writes it to a file.
    pub fn save(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(Error::search)?;
        std::fs::write(path, text).map_err(|error| Error::Corrupt(format!("{}: {error}", path.display())))
    }

    /// Reads it from a file.
    pub fn load(path: &Path) -> Result<Self> {
        let wrong = |why: String| Error::Corrupt(format!("{}: {why}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
    }
}

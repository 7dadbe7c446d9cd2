//! Queries and what people said about their results.

use super::lines;
use domain::Result;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// What a record without a judgment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Not relevant: everything that could be was read.
    #[default]
    Full,
    /// Unknown: it is left out of the ranking.
    Pooled,
}

/// A judged query.
#[derive(Clone, Debug, Deserialize)]
pub struct Judged {
    /// What somebody types.
    pub query: String,
    /// `exact`, `misspelling`, `task` … ; `none` where nothing fits.
    pub kind: String,
    /// How complete the judgments are.
    #[serde(default)]
    pub coverage: Coverage,
    /// Grade by listing: 3 is what was looked for, 1 is acceptable low in the list.
    pub judgments: HashMap<String, u8>,
    /// Listings read and rejected.
    #[serde(default)]
    pub judged_not_relevant: HashSet<String>,
}

impl Judged {
    /// The queries of a file, one JSON object a line.
    pub fn read(path: &Path) -> Result<Vec<Self>> {
        lines::read(path)
    }

    /// Grade of a listing; `None` when nobody knows.
    pub fn grade(&self, id: &str) -> Option<u8> {
        match self.judgments.get(id) {
            Some(grade) => Some(*grade),
            None if self.coverage == Coverage::Full || self.judged_not_relevant.contains(id) => Some(0),
            None => None,
        }
    }
}

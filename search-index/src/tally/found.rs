//! What questions found, where that is kept: it is needed once to know what matches, and once to score it.

use super::postings::each;
use crate::query::Ask;
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::DocId;

/// Documents of one segment, in order, and what they score.
pub type Found = [(DocId, f32)];

/// Terms of no more listings than this are read only once: what they score is kept.
const SHORT: u64 = 256;

/// What some questions found, one after the other.
#[derive(Default)]
pub struct AllFound {
    found: Vec<(DocId, f32)>,
    ends: Vec<usize>,
}

impl AllFound {
    /// Whether what a question finds is kept.
    pub fn keeps(ask: &Ask) -> bool {
        match ask {
            Ask::Term { entry, .. } => entry.frequency <= SHORT,
            Ask::Fixed { .. } => false,
            Ask::All(_) | Ask::AllFixed { .. } => true,
        }
    }

    /// Keeps what a question finds.
    pub fn add(&mut self, snapshot: &Snapshot, segment: u32, ask: &Ask) -> Result<&Found> {
        let start = self.found.len();
        each(snapshot, segment, ask, |doc, score| self.found.push((doc, score)))?;
        self.ends.push(self.found.len());
        Ok(&self.found[start..])
    }

    /// What each found, in their order.
    pub fn each(&self) -> impl Iterator<Item = &Found> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.found[start..*end])
    }
}

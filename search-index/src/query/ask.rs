//! The smallest questions a query is made of.

use crate::lexicon::Entry;
use crate::snapshot::{Place, Snapshot};
use domain::Result;
use std::sync::Arc;
use tantivy::DocSet;
use tantivy::schema::IndexRecordOption;

/// Terms of which any will do, and what each counts.
pub type Group = Vec<(Arc<Entry>, f32)>;

/// Something a listing has or has not, and what it scores by it.
#[derive(Clone)]
pub enum Ask {
    /// A term, scored by BM25.
    Term {
        /// What is looked up.
        entry: Arc<Entry>,
        /// What its score counts.
        weight: f32,
    },
    /// A term that scores the same wherever it is.
    Fixed {
        /// What is looked up.
        entry: Arc<Entry>,
        /// The score.
        score: f32,
    },
    /// Of each of several groups of terms at least one; each group scores by its best term and a share of the others.
    All(Vec<Group>),
    /// The same, scoring the same wherever it is.
    AllFixed {
        /// The groups.
        groups: Vec<Group>,
        /// The score.
        score: f32,
    },
}

impl Ask {
    /// The same, counting so much. What asks for several terms stays as it is.
    pub fn weighed(&self, factor: f32) -> Self {
        match self {
            Self::Term { entry, weight } => Self::Term { entry: Arc::clone(entry), weight: weight * factor },
            other => other.clone(),
        }
    }

    /// The term, where it is one.
    pub fn entry(&self) -> Option<&Arc<Entry>> {
        match self {
            Self::Term { entry, .. } | Self::Fixed { entry, .. } => Some(entry),
            Self::All(_) | Self::AllFixed { .. } => None,
        }
    }

    /// Whether a listing has it.
    pub fn holds(&self, snapshot: &Snapshot, place: Place) -> Result<bool> {
        match self {
            Self::Term { entry, .. } | Self::Fixed { entry, .. } => has(snapshot, entry, place),
            Self::All(groups) | Self::AllFixed { groups, .. } => has_each(snapshot, groups, place),
        }
    }
}

/// The groups a listing must have something of each of, where any of the questions will do.
pub fn groups<'a>(asks: impl Iterator<Item = &'a Ask>) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut terms = Group::new();
    for ask in asks {
        match ask {
            Ask::Term { entry, weight } => terms.push((Arc::clone(entry), *weight)),
            Ask::All(parts) => groups.extend_from_slice(parts),
            Ask::Fixed { .. } | Ask::AllFixed { .. } => {}
        }
    }
    groups.extend((!terms.is_empty()).then_some(terms));
    groups
}

/// Whether a listing has any of each group.
fn has_each(snapshot: &Snapshot, groups: &[Group], place: Place) -> Result<bool> {
    for group in groups {
        let mut any = false;
        for (entry, _) in group {
            any = any || has(snapshot, entry, place)?;
        }
        if !any {
            return Ok(false);
        }
    }
    Ok(true)
}

fn has(snapshot: &Snapshot, entry: &Entry, place: Place) -> Result<bool> {
    let postings = snapshot.lexicon.postings(entry, place.segment, IndexRecordOption::Basic)?;
    Ok(postings.is_some_and(|mut postings| reaches(&mut postings, place)))
}

fn reaches(matches: &mut dyn DocSet, place: Place) -> bool {
    matches.doc() == place.doc || (matches.doc() < place.doc && matches.seek(place.doc) == place.doc)
}

//! The smallest questions a query is made of.

use crate::lexicon::Entry;
use crate::snapshot::{Place, Snapshot};
use domain::{Error, Result};
use std::sync::Arc;
use tantivy::DocSet;
use tantivy::query::{BoostQuery, ConstScoreQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// Something a listing has or has not, and what it scores by it.
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
    /// Of each of several groups of terms at least one.
    Everywhere {
        /// The groups.
        each: Vec<Vec<Arc<Entry>>>,
        /// The score.
        score: f32,
    },
    /// Anything else: rare enough to be left to Tantivy.
    Query(Box<dyn Query>),
}

impl Clone for Ask {
    fn clone(&self) -> Self {
        match self {
            Self::Term { entry, weight } => Self::Term { entry: Arc::clone(entry), weight: *weight },
            Self::Fixed { entry, score } => Self::Fixed { entry: Arc::clone(entry), score: *score },
            Self::Everywhere { each, score } => Self::Everywhere { each: each.clone(), score: *score },
            Self::Query(query) => Self::Query(query.box_clone()),
        }
    }
}

impl Ask {
    /// The same, counting so much. What is left to Tantivy stays as it is.
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
            Self::Everywhere { .. } | Self::Query(_) => None,
        }
    }

    /// The same as a query of Tantivy's, to be a part of a larger one. `Everywhere` never is.
    pub fn query(&self) -> Box<dyn Query> {
        let plain = |entry: &Entry, option| Box::new(TermQuery::new(entry.term.clone(), option));
        match self {
            Self::Term { entry, weight } => {
                Box::new(BoostQuery::new(plain(entry, IndexRecordOption::WithFreqs), *weight))
            }
            Self::Fixed { entry, score } => {
                Box::new(ConstScoreQuery::new(plain(entry, IndexRecordOption::Basic), *score))
            }
            Self::Everywhere { .. } => Box::new(tantivy::query::EmptyQuery),
            Self::Query(query) => query.box_clone(),
        }
    }

    /// Whether a listing has it.
    pub fn holds(&self, snapshot: &Snapshot, place: Place) -> Result<bool> {
        if let Some(entry) = self.entry() {
            let postings = snapshot.lexicon.postings(entry, place.segment)?;
            return Ok(postings.is_some_and(|mut postings| reaches(&mut postings, place)));
        }
        let reader = snapshot.searcher.segment_reader(place.segment);
        let scoring = EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let weight = self.query().weight(scoring).map_err(Error::search)?;
        let mut matches = weight.scorer(reader, 1.0).map_err(Error::search)?;
        Ok(reaches(&mut matches, place))
    }
}

fn reaches(matches: &mut dyn DocSet, place: Place) -> bool {
    matches.doc() == place.doc || (matches.doc() < place.doc && matches.seek(place.doc) == place.doc)
}

//! The smallest questions a query is made of.

use crate::snapshot::{Place, Snapshot};
use domain::{Error, Result};
use tantivy::query::{BoostQuery, ConstScoreQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Term};

/// Something a listing has or has not, and what it scores by it.
pub enum Ask {
    /// A term, scored by BM25.
    Term {
        /// What is looked up.
        term: Term,
        /// Listings that have it.
        frequency: u64,
        /// What its score counts.
        weight: f32,
    },
    /// A term that scores the same wherever it is.
    Fixed {
        /// What is looked up.
        term: Term,
        /// The score.
        score: f32,
    },
    /// Of each of several groups of terms at least one.
    Everywhere {
        /// The groups.
        each: Vec<Vec<Term>>,
        /// The score.
        score: f32,
    },
    /// Anything else: rare enough to be left to Tantivy.
    Query(Box<dyn Query>),
}

impl Clone for Ask {
    fn clone(&self) -> Self {
        match self {
            Self::Term { term, frequency, weight } => {
                Self::Term { term: term.clone(), frequency: *frequency, weight: *weight }
            }
            Self::Fixed { term, score } => Self::Fixed { term: term.clone(), score: *score },
            Self::Everywhere { each, score } => Self::Everywhere { each: each.clone(), score: *score },
            Self::Query(query) => Self::Query(query.box_clone()),
        }
    }
}

impl Ask {
    /// The term, where it is one.
    pub fn term(&self) -> Option<&Term> {
        match self {
            Self::Term { term, .. } | Self::Fixed { term, .. } => Some(term),
            Self::Everywhere { .. } | Self::Query(_) => None,
        }
    }

    /// The same as a query of Tantivy's, to be a part of a larger one. `Everywhere` never is.
    pub fn query(&self) -> Box<dyn Query> {
        let plain = |term: &Term, option| Box::new(TermQuery::new(term.clone(), option));
        match self {
            Self::Term { term, weight, .. } => {
                Box::new(BoostQuery::new(plain(term, IndexRecordOption::WithFreqs), *weight))
            }
            Self::Fixed { term, score } => {
                Box::new(ConstScoreQuery::new(plain(term, IndexRecordOption::Basic), *score))
            }
            Self::Everywhere { .. } => Box::new(tantivy::query::EmptyQuery),
            Self::Query(query) => query.box_clone(),
        }
    }

    /// Whether a listing has it.
    pub fn holds(&self, snapshot: &Snapshot, place: Place) -> Result<bool> {
        let reader = snapshot.searcher.segment_reader(place.segment);
        if let Some(term) = self.term() {
            let inverted = reader.inverted_index(term.field()).map_err(Error::search)?;
            let postings = inverted.read_postings(term, IndexRecordOption::Basic).map_err(Error::search)?;
            return Ok(postings.is_some_and(|mut postings| reaches(&mut postings, place)));
        }
        let scoring = EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let weight = self.query().weight(scoring).map_err(Error::search)?;
        let mut matches = weight.scorer(reader, 1.0).map_err(Error::search)?;
        Ok(reaches(&mut matches, place))
    }
}

fn reaches(matches: &mut dyn DocSet, place: Place) -> bool {
    matches.doc() == place.doc || (matches.doc() < place.doc && matches.seek(place.doc) == place.doc)
}

//! What one word of a query may match.

use super::terms::Occurrences;
use super::weights as w;
use tantivy::query::{DisjunctionMaxQuery, EmptyQuery, Query};

/// Everything one word may match.
#[derive(Default)]
pub struct Clause {
    /// In names, aliases, tags, partners, categories and summaries.
    pub strong: Vec<Box<dyn Query>>,
    /// In READMEs.
    pub weak: Vec<Box<dyn Query>>,
    /// Listings that have the word or what it stands for, at most.
    pub frequency: u64,
    /// Whether something is called just so.
    pub named: bool,
    /// Whether it occurs only corrected.
    pub corrected: bool,
}

impl Clause {
    /// Whether the word occurs nowhere.
    pub fn is_empty(&self) -> bool {
        self.strong.is_empty() && self.weak.is_empty()
    }

    /// Adds a way the word occurs.
    pub fn add(&mut self, found: Occurrences) {
        self.frequency = self.frequency.max(found.frequency);
        self.strong.extend(found.strong);
        self.weak.extend(found.weak);
    }

    /// A listing that matches in any way, scored by the best one.
    pub fn query(&self) -> Box<dyn Query> {
        any(self.strong.iter().chain(&self.weak).map(|query| query.box_clone()).collect())
    }
}

/// Any of the queries, scored by the best.
pub fn any(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.pop() {
        Some(only) if queries.is_empty() => only,
        Some(last) => {
            queries.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, w::FURTHER_FIELD))
        }
        None => Box::new(EmptyQuery),
    }
}

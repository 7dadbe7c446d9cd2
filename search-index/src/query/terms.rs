//! Looking up how a word occurs in the index.

use super::weights as w;
use crate::analysis::{MAX_GRAM_CHARS, head, stem};
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::Term;
use tantivy::query::{BoostQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// How one term occurs.
#[derive(Default)]
pub struct Occurrences {
    /// One weighted query for each field that has it.
    pub queries: Vec<Box<dyn Query>>,
    /// Whether a name, alias, tag, partner, category or summary has it, or begins with it.
    pub known: bool,
    /// Documents whose README has it.
    pub in_readmes: u64,
}

/// Which fields to look into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    All,
    /// Names, aliases, tags, partners and categories: for words run together, which prose does not have.
    Compounds,
}

/// When a term may also be the beginning of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// Always: it is still being typed.
    Yes,
    /// Only when no word is the term itself.
    IfUnknown,
    /// Never.
    No,
}

impl Occurrences {
    /// Looks a folded term up. `factor` weighs the term itself.
    pub fn find(snapshot: &Snapshot, term: &str, factor: f32, prefix: Prefix, reach: Reach) -> Result<Self> {
        let mut found = Self::default();
        let fields = &snapshot.fields;
        let stem = stem(term);
        for (field, weight) in [(fields.name, w::NAME), (fields.alias, w::ALIAS), (fields.context, w::CONTEXT)] {
            if found.add(snapshot, field, term, factor * weight)? == 0 && stem != term {
                found.add(snapshot, field, &stem, factor * weight * w::STEMMED)?;
            }
        }
        let is_word = !found.queries.is_empty();
        if prefix == Prefix::Yes || (prefix == Prefix::IfUnknown && !is_word) {
            let gram = head(term, MAX_GRAM_CHARS);
            found.add(snapshot, fields.name_grams, gram, factor * w::NAME_PREFIX)?;
            found.add(snapshot, fields.alias_grams, gram, factor * w::ALIAS_PREFIX)?;
            found.add(snapshot, fields.context_grams, gram, factor * w::CONTEXT_PREFIX)?;
        }
        if reach == Reach::All {
            found.add(snapshot, fields.summary, &stem, factor * w::SUMMARY)?;
        }
        found.known = !found.queries.is_empty();
        if reach == Reach::All {
            found.in_readmes = found.add(snapshot, fields.readme, &stem, factor * w::README)?;
        }
        Ok(found)
    }

    fn add(&mut self, snapshot: &Snapshot, field: Field, text: &str, weight: f32) -> Result<u64> {
        let term = Term::from_field_text(field, text);
        let frequency = snapshot.frequency(&term)?;
        if frequency > 0 {
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            self.queries.push(Box::new(BoostQuery::new(Box::new(query), weight)));
        }
        Ok(frequency)
    }
}

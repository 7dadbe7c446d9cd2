//! What one word of a query may match.

use super::ask::Ask;
use super::terms::Occurrences;
use super::weights as w;
use crate::schema::Fields;
use tantivy::schema::Field;

/// Everything one word may match.
#[derive(Default)]
pub struct Clause {
    /// In names, aliases, tags, partners, categories and summaries.
    pub strong: Vec<Ask>,
    /// In READMEs.
    pub weak: Vec<Ask>,
    /// Listings that have the word or what it stands for, at most.
    pub frequency: u64,
    /// Whether something is called just so.
    pub named: bool,
    /// Whether it is known of another language.
    pub foreign: bool,
    /// Whether it occurs only corrected.
    pub corrected: bool,
}

impl Clause {
    /// Whether the word occurs nowhere.
    pub fn is_empty(&self) -> bool {
        self.strong.is_empty() && self.weak.is_empty()
    }

    /// Whether it is clear what is meant, whatever else is said that nobody knows.
    pub fn is_clear(&self) -> bool {
        self.named || (self.foreign && !self.is_empty())
    }

    /// Adds a way the word occurs.
    pub fn add(&mut self, found: Occurrences) {
        self.frequency = self.frequency.max(found.frequency);
        found.strong.into_iter().for_each(|ask| add(&mut self.strong, ask));
        found.weak.into_iter().for_each(|ask| add(&mut self.weak, ask));
    }

    /// Lets what is in a field count more.
    pub fn weigh(&mut self, field: Field, factor: f32) {
        for ask in &mut self.strong {
            if ask.entry().is_some_and(|entry| entry.field() == field) {
                *ask = ask.weighed(factor);
            }
        }
    }

    /// The ways a listing may match, and how many points it has by each; the best one counts.
    pub fn asks(&self, fields: &Fields) -> impl Iterator<Item = (&Ask, u8)> {
        let strong = self.strong.iter().map(|ask| {
            let in_name = ask.entry().is_some_and(|entry| [fields.name, fields.alias].contains(&entry.field()));
            (ask, if self.named && in_name { w::POINTS_OF_NAME } else { w::POINTS })
        });
        strong.chain(self.weak.iter().map(|ask| (ask, w::POINTS_OF_README)))
    }
}

/// Adds a question. Words that mean the same often have a stem in common: its term is asked for once, as what counts most.
fn add(asks: &mut Vec<Ask>, ask: Ask) {
    if let Ask::Term { entry, weight } = &ask {
        for known in asks.iter_mut() {
            if let Ask::Term { entry: same, weight: most } = known
                && same.term == entry.term
            {
                *most = most.max(*weight);
                return;
            }
        }
    }
    asks.push(ask);
}

//! Looking up how a word occurs in the index.

use super::ask::Ask;
use super::weights as w;
use crate::analysis::{MAX_GRAM_CHARS, head, stem, stem_term};
use crate::knowledge::Fact;
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use domain::Result;
use std::sync::Arc;
use tantivy::schema::Field;

/// How one term occurs.
#[derive(Clone, Default)]
pub struct Occurrences {
    /// One weighted question for each field but the README that has it.
    pub strong: Vec<Ask>,
    /// The same for READMEs.
    pub weak: Vec<Ask>,
    /// Whether a name, alias, tag, partner or category has it as a word.
    pub is_word: bool,
    /// Whether a name, alias, tag, partner, category or summary has it, or begins with it.
    pub known: bool,
    /// Documents whose README has it.
    pub in_readmes: u64,
    /// Documents of the field that has it most often.
    pub frequency: u64,
}

/// Which fields to look into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    All,
    /// Everywhere but READMEs: for words that are only together what is meant.
    Prose,
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

type OfFields = fn(&Fields) -> Field;

/// Where words are found with their endings, and what they count there.
const FIELDS: [(OfFields, f32); 3] =
    [(|fields| fields.name, w::NAME), (|fields| fields.alias, w::ALIAS), (|fields| fields.context, w::CONTEXT)];

impl Occurrences {
    /// Ways a term can be asked for: each prefix with each reach.
    pub const WAYS: usize = 9;

    /// Looks a folded term up. `factor` weighs the term itself.
    pub fn find(snapshot: &Snapshot, term: &str, factor: f32, prefix: Prefix, reach: Reach) -> Result<Self> {
        let known = &snapshot.lexicon.words[prefix as usize * 3 + reach as usize];
        let found = known.get(term, || Ok(Arc::new(Self::look_up(snapshot, term, prefix, reach)?)))?;
        Ok(found.weighed(factor))
    }

    /// Looks up what is known of products. `factor` weighs it.
    pub fn of_fact(snapshot: &Snapshot, fact: &Fact, factor: f32) -> Result<Self> {
        let weight = match fact {
            Fact::Is(_) => w::KIND,
            Fact::By(_) => w::MAKER,
            Fact::Of(_) => w::MAKER_ONCE,
            Fact::Called(_) => w::ALSO_CALLED,
        };
        let mut found = Self::default();
        found.add(snapshot, snapshot.fields.facts, &fact.term(), weight * factor)?;
        found.known = !found.strong.is_empty();
        Ok(found)
    }

    /// The same, counting so much.
    fn weighed(&self, factor: f32) -> Self {
        let weigh = |asks: &[Ask]| asks.iter().map(|ask| ask.weighed(factor)).collect();
        Self { strong: weigh(&self.strong), weak: weigh(&self.weak), ..*self }
    }

    fn look_up(snapshot: &Snapshot, term: &str, prefix: Prefix, reach: Reach) -> Result<Self> {
        let mut found = Self::default();
        let fields = &snapshot.fields;
        let (stem, stemmed_term) = (stem(term), stem_term(term));
        for (field, weight) in FIELDS {
            let field = field(fields);
            found.add(snapshot, field, term, weight)?;
        }
        found.is_word = !found.strong.is_empty();
        let unfinished = prefix == Prefix::Yes && !found.is_word;
        let stemmed = if unfinished { w::STEMMED_UNFINISHED } else { w::STEMMED };
        for (field, weight) in FIELDS {
            found.add(snapshot, field(fields), &stemmed_term, stemmed * weight)?;
        }
        if prefix == Prefix::Yes || (prefix == Prefix::IfUnknown && !found.is_word) {
            let gram = head(term, MAX_GRAM_CHARS);
            let factor = if found.is_word { w::WHOLE_ALREADY } else { 1.0 };
            found.add(snapshot, fields.name_grams, gram, factor * w::NAME_PREFIX)?;
            found.add(snapshot, fields.alias_grams, gram, factor * w::ALIAS_PREFIX)?;
            found.add(snapshot, fields.context_grams, gram, factor * w::CONTEXT_PREFIX)?;
        }
        if reach != Reach::Compounds {
            found.add(snapshot, fields.summary, &stem, w::SUMMARY)?;
            found.add(snapshot, fields.ability, &stem, w::ABILITY)?;
        }
        found.known = !found.strong.is_empty();
        if reach == Reach::All
            && let Some((ask, frequency)) = lookup(snapshot, fields.readme, &stem, w::README)?
        {
            found.in_readmes = frequency;
            found.weak.push(ask);
        }
        Ok(found)
    }

    /// Whether it occurs nowhere.
    pub fn is_empty(&self) -> bool {
        self.strong.is_empty() && self.weak.is_empty()
    }

    /// All its questions.
    pub fn all(self) -> impl Iterator<Item = Ask> {
        self.strong.into_iter().chain(self.weak)
    }

    /// Also counts another term as this one.
    pub fn extend(&mut self, other: Self) {
        self.strong.extend(other.strong);
        self.weak.extend(other.weak);
        self.is_word |= other.is_word;
        self.known |= other.known;
        self.in_readmes = self.in_readmes.max(other.in_readmes);
        self.frequency = self.frequency.max(other.frequency);
    }

    fn add(&mut self, snapshot: &Snapshot, field: Field, text: &str, weight: f32) -> Result<u64> {
        let Some((ask, frequency)) = lookup(snapshot, field, text, weight)? else { return Ok(0) };
        self.strong.push(ask);
        self.frequency = self.frequency.max(frequency);
        Ok(frequency)
    }
}

/// The question for a term and its frequency; `None` for one that no document has.
fn lookup(snapshot: &Snapshot, field: Field, text: &str, weight: f32) -> Result<Option<(Ask, u64)>> {
    let entry = snapshot.lexicon.find(field, text)?;
    Ok(entry.map(|entry| {
        let frequency = entry.frequency;
        (Ask::Term { entry, weight }, frequency)
    }))
}

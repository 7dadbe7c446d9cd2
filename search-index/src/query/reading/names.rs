//! What lifts listings over others that match: their name is what was typed, or they have every word.

use super::super::spelling::slips;
use super::Reading;
use crate::analysis::{MAX_START_CHARS, MAX_WORD_CHARS, head};
use crate::document::SPEAKS_CJK;
use crate::knowledge::Does;
use crate::query::ask::{self, Ask};
use crate::query::input::{Input, InputWord};
use crate::query::synonyms::Synonyms;
use crate::query::terms::{Occurrences, Prefix, Reach};
use crate::query::weights as w;
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::schema::Field;

/// Shortest query that may be misspelt across its words, run together, in characters.
const MISSPELT_TOGETHER: usize = 8;

impl Reading {
    /// Lifts what is called like the whole query, or like some of its words.
    pub(super) fn names(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        self.boost(snapshot, &input.joined, 1.0)?;
        for length in 1..=w::LONGEST_NAMED.min(input.words.len()) {
            for words in input.words.windows(length).filter(|words| words.len() < input.words.len()) {
                let joined: String = words.iter().map(InputWord::term).collect();
                self.named(snapshot, &joined, if length == 1 { w::NAMED_BY_ONE } else { w::NAMED })?;
            }
        }
        Ok(())
    }

    /// Lifts what has just this name.
    pub(super) fn named(&mut self, snapshot: &Snapshot, joined: &str, score: f32) -> Result<()> {
        let fields = &snapshot.fields;
        self.boosts.extend(constant(snapshot, fields.name_joined, joined, score)?);
        self.boosts.extend(constant(snapshot, fields.alias_joined, joined, score * w::NAMED_BY_ALIAS)?);
        Ok(())
    }

    pub(super) fn boost(&mut self, snapshot: &Snapshot, joined: &str, factor: f32) -> Result<()> {
        let fields = &snapshot.fields;
        let whole = head(joined, MAX_WORD_CHARS);
        for (field, text, weight) in [
            (fields.name_joined, whole, w::WHOLE_NAME),
            (fields.alias_joined, whole, w::WHOLE_ALIAS),
            (fields.name_start, head(joined, MAX_START_CHARS), w::NAME_START),
        ] {
            self.boosts.extend(constant(snapshot, field, text, weight * factor)?);
        }
        Ok(())
    }

    /// Lifts what somebody who types like this can read.
    pub(super) fn language(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        if input.cjk {
            self.boosts.extend(constant(snapshot, snapshot.fields.facts, SPEAKS_CJK, w::SPEAKS)?);
        }
        Ok(())
    }

    /// Lifts what does what some words ask for.
    pub(super) fn verbs(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        if input.words.len() < 2 {
            return Ok(());
        }
        let mut asked: Vec<Does> =
            input.words.iter().filter_map(|word| Synonyms::builtin().asks_to(&word.pieces[0])).collect();
        asked.sort_unstable();
        asked.dedup();
        if !asked.is_empty() {
            let fields = &snapshot.fields;
            self.clauses.iter_mut().for_each(|clause| clause.weigh(fields.ability, w::ABILITY_ASKED));
        }
        for does in asked {
            self.boosts.extend(constant(snapshot, snapshot.fields.facts, does.term(), w::DOES)?);
        }
        Ok(())
    }

    /// Lifts what has every word as it was typed, over what has words that stand for them.
    pub(super) fn as_typed(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        if input.words.len() < 2 {
            return Ok(());
        }
        let mut all = Vec::new();
        for word in &input.words {
            for piece in &word.pieces {
                let found = Occurrences::find(snapshot, piece, 1.0, Prefix::IfUnknown, Reach::Prose)?;
                if found.strong.is_empty() {
                    return Ok(());
                }
                all.extend(ask::groups(found.strong.iter()));
            }
        }
        self.boosts.push(Ask::AllFixed { groups: all, score: w::ALL_AS_TYPED });
        Ok(())
    }

    /// A name whose words are misspelt or cut otherwise: "google pap engine".
    pub(super) fn misspelt_together(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        if input.words.len() < 2
            || input.joined.chars().count() < MISSPELT_TOGETHER
            || snapshot.lexicon.frequency(snapshot.fields.spelling, &input.joined)? > 0
        {
            return Ok(());
        }
        let unknown = self.clauses.iter().any(|clause| clause.corrected);
        for fix in slips(snapshot, &input.joined, unknown)?.iter() {
            let found = Occurrences::find(snapshot, fix, w::CORRECTED, Prefix::No, Reach::Compounds)?;
            self.marks.add(fix, false);
            self.clauses.iter_mut().for_each(|clause| clause.add(found.clone()));
            self.boost(snapshot, fix, w::CORRECTED)?;
        }
        Ok(())
    }
}

fn constant(snapshot: &Snapshot, field: Field, text: &str, score: f32) -> Result<Option<Ask>> {
    Ok(snapshot.lexicon.find(field, text)?.map(|entry| Ask::Fixed { entry, score }))
}

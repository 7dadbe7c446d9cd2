//! A query as understood against one snapshot.

mod names;
mod phrases;

use super::ask::{self, Ask};
use super::clause::Clause;
use super::completion::completions;
use super::input::{Input, InputWord};
use super::spelling::{corrections, spelled};
use super::synonyms::Synonyms;
use super::terms::{Occurrences, Prefix, Reach};
use super::weights as w;
use crate::highlight::Marks;
use crate::snapshot::{Place, Snapshot};
use domain::Result;
use phrases::{Phrase, Says, groups, is_name, overlap, says};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What a query asks for.
pub struct Reading {
    /// One for each word that counts, those that do not occur included.
    pub clauses: Vec<Clause>,
    /// What lifts whole names and their beginnings, and words that say little.
    pub boosts: Vec<Ask>,
    /// The query as understood, where words occur only corrected.
    pub corrected: Option<String>,
    /// What to mark in results.
    pub marks: Marks,
}

/// What misspelt words became.
struct Fixing<'a> {
    /// The whole query run together.
    joined: String,
    replacements: Vec<(&'a InputWord, Arc<str>)>,
}

impl Reading {
    /// Understands a query that has words.
    pub fn new(snapshot: &Snapshot, input: &Input) -> Result<Self> {
        let mut reading = Self { clauses: Vec::new(), boosts: Vec::new(), corrected: None, marks: Marks::default() };
        let pairs = reading.pairs(snapshot, input)?;
        let phrases = reading.meanings(snapshot, input)?;
        let scattered = reading.scattered(snapshot, input, &phrases)?;
        let says = says(snapshot, input, &pairs)?;
        let mut fixing = Fixing { joined: input.joined.clone(), replacements: Vec::new() };
        for group in groups(input.words.len(), &phrases) {
            let foreign = input.words[group.clone()].iter().any(|word| Synonyms::builtin().is_foreign(&word.term()));
            let mut clause = Clause { foreign, ..Clause::default() };
            let meant = |phrase: &&Phrase| phrase.range.len() > 1 || says[phrase.range.start] != Says::Together;
            let within = phrases.iter().filter(meant).chain(&pairs);
            for phrase in within.filter(|phrase| overlap(&phrase.range, &group)) {
                clause.add(phrase.found.clone());
            }
            for (_, found) in scattered.iter().filter(|(places, _)| places.iter().any(|place| group.contains(place))) {
                clause.add(found.clone());
            }
            if group.len() > 1 {
                reading.together(snapshot, &input.words[group], &mut clause)?;
            } else if says[group.start] == Says::Little {
                reading.marks.add_word(&input.words[group.start]);
                let typed = typed(snapshot, &input.words[group.start], w::LIGHT)?;
                reading.boosts.extend(typed.all());
                reading.boosts.extend(clause.strong.iter().map(|ask| ask.weighed(w::LIGHT_MEANT)));
                continue;
            } else {
                reading.word(snapshot, &input.words[group.start], &mut clause, &mut fixing)?;
            }
            reading.clauses.push(clause);
        }
        reading.names(snapshot, input)?;
        reading.language(snapshot, input)?;
        reading.verbs(snapshot, input)?;
        reading.as_typed(snapshot, input)?;
        if fixing.joined != input.joined {
            reading.boost(snapshot, &fixing.joined, w::CORRECTED)?;
        }
        reading.corrected = corrected(&input.text, &fixing.replacements);
        reading.misspelt_together(snapshot, input)?;
        Ok(reading)
    }

    /// A word by itself, corrected where nothing is known by it.
    fn word<'a>(
        &mut self,
        snapshot: &Snapshot,
        word: &'a InputWord,
        clause: &mut Clause,
        fixing: &mut Fixing<'a>,
    ) -> Result<()> {
        self.marks.add_word(word);
        let typed = typed(snapshot, word, 1.0)?;
        clause.named = is_name(snapshot, &word.term())?;
        let is_word = typed.is_word;
        let known = typed.known || typed.in_readmes > w::RARE || !clause.is_empty();
        clause.add(typed);
        let [piece] = word.pieces.as_slice() else { return Ok(()) };
        if word.last && !is_word {
            self.boosts.extend_from_slice(&completions(snapshot, piece)?);
        }
        if known {
            return Ok(());
        }
        let fixes = corrections(snapshot, piece, word.last)?;
        clause.corrected = clause.is_empty();
        if let Some(best) = fixes.first() {
            fixing.joined = fixing.joined.replacen(piece.as_str(), best, 1);
            if clause.is_empty() {
                fixing.replacements.push((word, spelled(snapshot, best)?));
            }
        }
        for fix in fixes.iter() {
            self.marks.add(fix, false);
            clause.add(Occurrences::find(snapshot, fix, w::CORRECTED, Prefix::No, Reach::All)?);
        }
        Ok(())
    }

    /// Words that mean something together: all of them, or what they mean. Some of them are welcome.
    fn together(&mut self, snapshot: &Snapshot, words: &[InputWord], clause: &mut Clause) -> Result<()> {
        let mut all = Vec::new();
        let mut strong = true;
        for word in words {
            self.marks.add_word(word);
            let found = typed(snapshot, word, w::OF_PHRASE)?;
            strong &= !found.strong.is_empty();
            all.extend(ask::groups(found.strong.iter()));
            self.boosts.extend(found.all());
        }
        if strong {
            clause.strong.push(Ask::All(all));
        }
        Ok(())
    }

    /// Whether a listing's README has anything that was asked for.
    pub fn in_readme(&self, snapshot: &Snapshot, place: Place) -> Result<bool> {
        let asks = self.clauses.iter().flat_map(|clause| &clause.weak).chain(&self.boosts);
        for ask in asks {
            let of_readme = ask.entry().is_some_and(|entry| entry.field() == snapshot.fields.readme);
            if of_readme && ask.holds(snapshot, place)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many points a listing must have, from the fewest that are worth showing to all; `None` when too few words occur.
    pub fn levels(&self) -> Option<RangeInclusive<usize>> {
        let words = self.clauses.len();
        let occurring = self.clauses.iter().filter(|clause| !clause.is_empty()).count();
        let most = if words > 1 { occurring * usize::from(w::POINTS) } else { 1 };
        // A name counts twice: who names a product means it, whatever else is said that nobody knows.
        let clear = usize::from(self.clauses.iter().any(Clause::is_clear));
        (words.div_ceil(2).max(1) <= occurring + clear).then_some(words.min(most)..=most.max(words))
    }
}

fn typed(snapshot: &Snapshot, word: &InputWord, factor: f32) -> Result<Occurrences> {
    let find = |piece: &String| {
        let prefix = match piece.chars().count() {
            _ if word.last => Prefix::Yes,
            0..=2 => Prefix::No,
            _ => Prefix::IfUnknown,
        };
        Occurrences::find(snapshot, piece, factor, prefix, Reach::All)
    };
    if let [piece] = word.pieces.as_slice() {
        return find(piece);
    }
    let mut all = Vec::new();
    for piece in &word.pieces {
        let found = find(piece)?;
        if found.is_empty() {
            return Ok(Occurrences::default());
        }
        all.extend(ask::groups(found.strong.iter().chain(&found.weak)));
    }
    Ok(Occurrences { strong: vec![Ask::All(all)], known: true, is_word: true, ..Occurrences::default() })
}

/// The text with words replaced.
fn corrected(text: &str, replacements: &[(&InputWord, Arc<str>)]) -> Option<String> {
    let mut corrected = text.to_owned();
    for (word, by) in replacements.iter().rev() {
        corrected.replace_range(word.start..word.end, by);
    }
    (!replacements.is_empty()).then_some(corrected)
}

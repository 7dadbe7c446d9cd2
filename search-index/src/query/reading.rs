//! A query as understood against one snapshot.

use super::clause::{Clause, any};
use super::input::{Input, InputWord};
use super::spelling::{corrections, spelled};
use super::synonyms::{Meaning, Synonyms};
use super::terms::{Occurrences, Prefix, Reach};
use super::weights as w;
use crate::analysis::{MAX_START_CHARS, MAX_WORD_CHARS, head};
use crate::highlight::Marks;
use crate::snapshot::Snapshot;
use domain::Result;
use std::ops::Range;
use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// Shortest query that may be misspelt across its words, run together, in characters.
const MISSPELT_TOGETHER: usize = 8;

/// What a query asks for.
pub struct Reading {
    /// One for each word that counts, those that do not occur included.
    pub clauses: Vec<Clause>,
    /// What lifts whole names and their beginnings, and words that say little.
    boosts: Vec<(Occur, Box<dyn Query>)>,
    /// The query as understood, where words occur only corrected.
    pub corrected: Option<String>,
    /// What to mark in results.
    pub marks: Marks,
}

/// Several words that mean something together.
struct Phrase {
    range: Range<usize>,
    found: Occurrences,
}

impl Reading {
    /// Understands a query that has words.
    pub fn new(snapshot: &Snapshot, input: &Input) -> Result<Self> {
        let mut reading = Self { clauses: Vec::new(), boosts: Vec::new(), corrected: None, marks: Marks::default() };
        let mut phrases = reading.pairs(snapshot, input)?;
        let light = light(input, &phrases);
        phrases.extend(reading.meanings(snapshot, input)?);
        let mut replacements: Vec<(&InputWord, String)> = Vec::new();
        let mut joined = input.joined.clone();
        let mut all_words = true;
        for (i, word) in input.words.iter().enumerate() {
            reading.marks.add_word(word);
            let typed = typed(snapshot, word, if light[i] { w::LIGHT } else { 1.0 })?;
            if light[i] {
                reading.boosts.extend(typed.all().map(|query| (Occur::Should, query)));
                continue;
            }
            let mut clause = Clause::default();
            let mut known = typed.known || typed.in_readmes > w::RARE;
            all_words &= typed.is_word || word.last;
            clause.add(typed);
            for phrase in phrases.iter().filter(|phrase| phrase.range.contains(&i)) {
                clause.add(phrase.found.clone());
                known = true;
            }
            if !known && let [piece] = word.pieces.as_slice() {
                let fixes = corrections(snapshot, piece, word.last)?;
                if let Some(best) = fixes.first() {
                    joined = joined.replacen(piece.as_str(), best, 1);
                    if clause.is_empty() {
                        replacements.push((word, spelled(snapshot, best)?));
                    }
                }
                for fix in &fixes {
                    reading.marks.add(fix, false);
                    clause.add(Occurrences::find(snapshot, fix, w::CORRECTED, Prefix::No, Reach::All)?);
                }
            }
            reading.clauses.push(clause);
        }
        reading.boost(snapshot, &input.joined, 1.0);
        if joined != input.joined {
            reading.boost(snapshot, &joined, w::CORRECTED);
        }
        reading.corrected = corrected(&input.text, &replacements);
        if !all_words {
            reading.misspelt_together(snapshot, input)?;
        }
        Ok(reading)
    }

    fn boost(&mut self, snapshot: &Snapshot, joined: &str, factor: f32) {
        let fields = &snapshot.fields;
        let whole = head(joined, MAX_WORD_CHARS);
        for (field, text, weight) in [
            (fields.name_joined, whole, w::WHOLE_NAME),
            (fields.alias_joined, whole, w::WHOLE_ALIAS),
            (fields.name_start, head(joined, MAX_START_CHARS), w::NAME_START),
        ] {
            self.boosts.push((Occur::Should, constant(field, text, weight * factor)));
        }
    }

    /// Neighbouring words that occur run together: "alert manager" for `Alertmanager`.
    fn pairs(&mut self, snapshot: &Snapshot, input: &Input) -> Result<Vec<Phrase>> {
        let mut pairs = Vec::new();
        for (first, words) in input.words.windows(2).enumerate() {
            let term = words[0].term() + &words[1].term();
            let prefix = if words[1].last { Prefix::IfUnknown } else { Prefix::No };
            let found = Occurrences::find(snapshot, &term, 1.0, prefix, Reach::Compounds)?;
            if found.known {
                self.marks.add(&term, words[1].last);
                pairs.push(Phrase { range: first..first + 2, found });
            }
        }
        Ok(pairs)
    }

    /// What words and phrases stand for.
    fn meanings(&mut self, snapshot: &Snapshot, input: &Input) -> Result<Vec<Phrase>> {
        let terms: Vec<String> = input.words.iter().map(InputWord::term).collect();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let mut phrases = Vec::new();
        for (range, meanings) in Synonyms::builtin().phrases(&terms) {
            let mut found = Occurrences::default();
            for meaning in &meanings {
                found.extend(meant(snapshot, meaning)?);
                meaning.words.iter().for_each(|word| self.marks.add(word, false));
            }
            if found.known || found.in_readmes > 0 {
                phrases.push(Phrase { range, found });
            }
        }
        Ok(phrases)
    }

    /// A name whose words are misspelt or cut otherwise: "google pap engine".
    fn misspelt_together(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        if input.words.len() < 2 || input.joined.chars().count() < MISSPELT_TOGETHER {
            return Ok(());
        }
        for fix in corrections(snapshot, &input.joined, false)? {
            let found = Occurrences::find(snapshot, &fix, w::CORRECTED, Prefix::No, Reach::Compounds)?;
            self.marks.add(&fix, false);
            self.clauses.iter_mut().for_each(|clause| clause.add(found.clone()));
            self.boost(snapshot, &fix, w::CORRECTED);
        }
        Ok(())
    }

    /// How many words must match, strictest first; empty when too few of them occur at all.
    pub fn levels(&self) -> impl Iterator<Item = usize> + use<> {
        let fewest = self.clauses.len().div_ceil(2);
        let occurring = self.clauses.iter().filter(|clause| !clause.is_empty()).count();
        (fewest..=occurring).rev()
    }

    /// The query for listings that match at least so many words.
    pub fn query(&self, at_least: usize) -> BooleanQuery {
        let mut words: Vec<Box<dyn Query>> =
            self.clauses.iter().filter(|clause| !clause.is_empty()).map(Clause::query).collect();
        let core: Box<dyn Query> = match words.pop() {
            Some(only) if words.is_empty() => only,
            Some(last) => {
                words.push(last);
                if words.len() == at_least {
                    Box::new(BooleanQuery::intersection(words))
                } else {
                    Box::new(BooleanQuery::union_with_minimum_required_clauses(words, at_least))
                }
            }
            None => Box::new(tantivy::query::EmptyQuery),
        };
        let mut all = vec![(Occur::Must, core)];
        all.extend(self.boosts.iter().map(|(occur, query)| (*occur, query.box_clone())));
        BooleanQuery::new(all)
    }
}

/// Which words say little, given that others say more. Words of a compound never do.
fn light(input: &Input, compounds: &[Phrase]) -> Vec<bool> {
    let synonyms = Synonyms::builtin();
    let is_light = |(i, word): (usize, &InputWord)| {
        synonyms.is_light(&word.pieces[0]) && !compounds.iter().any(|compound| compound.range.contains(&i))
    };
    let light: Vec<bool> = input.words.iter().enumerate().map(is_light).collect();
    if light.contains(&false) { light } else { vec![false; light.len()] }
}

fn meant(snapshot: &Snapshot, meaning: &Meaning) -> Result<Occurrences> {
    if let [word] = meaning.words.as_slice() {
        return Occurrences::find(snapshot, word, meaning.factor, Prefix::No, Reach::All);
    }
    let compound = meaning.words.concat();
    let mut found = Occurrences::find(snapshot, &compound, meaning.factor, Prefix::No, Reach::Compounds)?;
    let share = meaning.factor * w::APART;
    let mut all = Vec::new();
    for word in &meaning.words {
        let word = Occurrences::find(snapshot, word, share, Prefix::No, Reach::Prose)?;
        if word.is_empty() {
            return Ok(found);
        }
        all.push(any(word.all().collect()));
    }
    found.strong.push(Box::new(BooleanQuery::intersection(all)));
    found.known = true;
    Ok(found)
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
        all.push(any(found.all().collect()));
    }
    let strong: Vec<Box<dyn Query>> = vec![Box::new(BooleanQuery::intersection(all))];
    Ok(Occurrences { strong, known: true, is_word: true, ..Occurrences::default() })
}

fn constant(field: Field, text: &str, score: f32) -> Box<dyn Query> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}

/// The text with words replaced.
fn corrected(text: &str, replacements: &[(&InputWord, String)]) -> Option<String> {
    let mut corrected = text.to_owned();
    for (word, by) in replacements.iter().rev() {
        corrected.replace_range(word.start..word.end, by);
    }
    (!replacements.is_empty()).then_some(corrected)
}

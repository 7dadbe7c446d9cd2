//! A query as understood against one snapshot.

use super::clause::{Clause, any};
use super::completion::completions;
use super::input::{Input, InputWord};
use super::spelling::{corrections, slips, spelled};
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

/// What misspelt words became.
struct Fixing<'a> {
    /// The whole query run together.
    joined: String,
    replacements: Vec<(&'a InputWord, String)>,
}

impl Reading {
    /// Understands a query that has words.
    pub fn new(snapshot: &Snapshot, input: &Input) -> Result<Self> {
        let mut reading = Self { clauses: Vec::new(), boosts: Vec::new(), corrected: None, marks: Marks::default() };
        let pairs = reading.pairs(snapshot, input)?;
        let phrases = reading.meanings(snapshot, input)?;
        let light = light(input, &pairs);
        let mut fixing = Fixing { joined: input.joined.clone(), replacements: Vec::new() };
        for group in groups(input.words.len(), &phrases) {
            let mut clause = Clause::default();
            for phrase in phrases.iter().chain(&pairs).filter(|phrase| overlap(&phrase.range, &group)) {
                clause.add(phrase.found.clone());
            }
            if group.len() > 1 {
                reading.together(snapshot, &input.words[group], &mut clause)?;
            } else if light[group.start] {
                reading.marks.add_word(&input.words[group.start]);
                let typed = typed(snapshot, &input.words[group.start], w::LIGHT)?;
                reading.boosts.extend(typed.all().map(|query| (Occur::Should, query)));
                continue;
            } else {
                reading.word(snapshot, &input.words[group.start], &mut clause, &mut fixing)?;
            }
            reading.clauses.push(clause);
        }
        reading.names(snapshot, input);
        reading.as_typed(snapshot, input)?;
        if fixing.joined != input.joined {
            reading.boost(snapshot, &fixing.joined, w::CORRECTED);
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
        let called = [snapshot.fields.name_joined, snapshot.fields.alias_joined];
        for field in called {
            clause.named |= snapshot.frequency(&Term::from_field_text(field, &word.term()))? > 0;
        }
        let is_word = typed.is_word;
        let known = typed.known || typed.in_readmes > w::RARE || !clause.is_empty();
        clause.add(typed);
        let [piece] = word.pieces.as_slice() else { return Ok(()) };
        if word.last && !is_word {
            self.boosts.extend(completions(snapshot, piece)?.into_iter().map(|query| (Occur::Should, query)));
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
        for fix in &fixes {
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
            self.boosts.extend(found.clone().all().map(|query| (Occur::Should, query)));
            strong &= !found.strong.is_empty();
            all.push(any(found.strong));
        }
        if strong {
            clause.strong.push(Box::new(BooleanQuery::intersection(all)));
        }
        Ok(())
    }

    /// Lifts what is called like the whole query, or like some of its words.
    fn names(&mut self, snapshot: &Snapshot, input: &Input) {
        self.boost(snapshot, &input.joined, 1.0);
        for length in 1..=w::LONGEST_NAMED.min(input.words.len()) {
            for words in input.words.windows(length).filter(|words| words.len() < input.words.len()) {
                let joined: String = words.iter().map(InputWord::term).collect();
                let fields = &snapshot.fields;
                let score = if length == 1 { w::NAMED_BY_ONE } else { w::NAMED };
                self.boosts.push((Occur::Should, constant(fields.name_joined, &joined, score)));
                let score = score * w::NAMED_BY_ALIAS;
                self.boosts.push((Occur::Should, constant(fields.alias_joined, &joined, score)));
            }
        }
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
            let share = share(&range, terms.len());
            for meaning in &meanings {
                found.extend(meant(snapshot, meaning, meaning.factor * share)?);
                // What a word only stands for is not what was asked: marking it would explain less than the word itself.
                if meaning.factor >= w::SAME {
                    meaning.words.iter().for_each(|word| self.marks.add(word, false));
                }
            }
            if found.known || found.in_readmes > 0 {
                phrases.push(Phrase { range, found });
            }
        }
        Ok(phrases)
    }

    /// Lifts what has every word as it was typed, over what has words that stand for them.
    fn as_typed(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
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
                all.push(any(found.strong));
            }
        }
        let all = ConstScoreQuery::new(Box::new(BooleanQuery::intersection(all)), w::ALL_AS_TYPED);
        self.boosts.push((Occur::Should, Box::new(all)));
        Ok(())
    }

    /// A name whose words are misspelt or cut otherwise: "google pap engine".
    fn misspelt_together(&mut self, snapshot: &Snapshot, input: &Input) -> Result<()> {
        let joined = Term::from_field_text(snapshot.fields.spelling, &input.joined);
        if input.words.len() < 2 || snapshot.frequency(&joined)? > 0 || input.joined.chars().count() < MISSPELT_TOGETHER
        {
            return Ok(());
        }
        let unknown = self.clauses.iter().any(|clause| clause.corrected);
        for fix in slips(snapshot, &input.joined, unknown)? {
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

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The words one by one, except those of a phrase.
fn groups(words: usize, phrases: &[Phrase]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = phrases.iter().map(|phrase| phrase.range.clone()).collect();
    groups.retain(|group| group.len() > 1);
    let alone = (0..words).filter(|i| !groups.iter().any(|group| group.contains(i))).map(|i| i..i + 1);
    let alone: Vec<Range<usize>> = alone.collect();
    groups.extend(alone);
    groups.sort_by_key(|group| group.start);
    groups
}

/// Which words say little, given that others say more. Words of a compound never do.
fn light(input: &Input, compounds: &[Phrase]) -> Vec<bool> {
    let synonyms = Synonyms::builtin();
    let is_light = |(i, word): (usize, &InputWord)| {
        let compounded = |compound: &&Phrase| {
            let words = &input.words[compound.range.clone()];
            !synonyms.is_light(&words.iter().map(InputWord::term).collect::<String>())
        };
        let mut within = compounds.iter().filter(|compound| compound.range.contains(&i));
        synonyms.is_light(&word.pieces[0]) && !within.any(|compound| compounded(&compound))
    };
    let light: Vec<bool> = input.words.iter().enumerate().map(is_light).collect();
    if light.contains(&false) { light } else { vec![false; light.len()] }
}

/// What the meanings of a phrase count, by its length and whether there is more in the query.
fn share(phrase: &Range<usize>, words: usize) -> f32 {
    match phrase.len() {
        1 if words > 1 => w::ONE_OF_SEVERAL,
        length => (1..length).map(|_| w::LONGER_PHRASE).sum::<f32>() + 1.0,
    }
}

fn meant(snapshot: &Snapshot, meaning: &Meaning, factor: f32) -> Result<Occurrences> {
    if let [word] = meaning.words.as_slice() {
        return Occurrences::find(snapshot, word, factor, Prefix::No, Reach::All);
    }
    let compound = meaning.words.concat();
    let mut found = Occurrences::find(snapshot, &compound, factor, Prefix::No, Reach::Compounds)?;
    let share = factor * w::APART;
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

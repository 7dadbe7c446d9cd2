//! A query as understood against one snapshot.

use super::input::{Input, InputWord};
use super::spelling::{corrections, spelled};
use super::terms::{Occurrences, Prefix, Reach};
use super::weights as w;
use crate::analysis::{MAX_START_CHARS, MAX_WORD_CHARS, head};
use crate::highlight::Marks;
use crate::snapshot::Snapshot;
use domain::Result;
use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// What a query asks for.
pub struct Reading {
    /// One query for each word that occurs at all.
    clauses: Vec<Box<dyn Query>>,
    /// Words asked for, those that do not occur included.
    asked: usize,
    /// What lifts whole names and their beginnings.
    boosts: Vec<(Occur, Box<dyn Query>)>,
    /// The query as understood, where words occur only corrected.
    pub corrected: Option<String>,
    /// What to mark in results.
    pub marks: Marks,
}

impl Reading {
    /// Understands a query that has words.
    pub fn new(snapshot: &Snapshot, input: &Input) -> Result<Self> {
        let mut reading = Self {
            clauses: Vec::new(),
            asked: input.words.len(),
            boosts: Vec::new(),
            corrected: None,
            marks: Marks::default(),
        };
        let pairs = pairs(snapshot, input)?;
        let mut replacements: Vec<(&InputWord, String)> = Vec::new();
        let mut joined = input.joined.clone();
        for (i, word) in input.words.iter().enumerate() {
            let mut queries: Vec<Box<dyn Query>> = Vec::new();
            let mut known = false;
            for pair in pairs.iter().filter(|pair| pair.first == i || pair.first + 1 == i) {
                queries.extend(pair.found.queries.iter().map(|query| query.box_clone()));
                known = true;
                reading.marks.add(&pair.term, word.last);
            }
            let typed = typed(snapshot, word)?;
            known |= typed.known || typed.in_readmes > w::RARE;
            queries.extend(typed.queries);
            reading.marks.add_word(word);
            if !known && let [piece] = word.pieces.as_slice() {
                let fixes = corrections(snapshot, piece, word.last)?;
                if let Some(best) = fixes.first() {
                    joined = joined.replacen(piece.as_str(), best, 1);
                    if queries.is_empty() {
                        replacements.push((word, spelled(snapshot, best)?));
                    }
                }
                for fix in &fixes {
                    reading.marks.add(fix, false);
                    let found = Occurrences::find(snapshot, fix, w::CORRECTED, Prefix::No, Reach::All)?;
                    queries.extend(found.queries);
                }
            }
            if !queries.is_empty() {
                reading.clauses.push(any(queries));
            }
        }
        reading.boost(snapshot, &input.joined, 1.0);
        if joined != input.joined {
            reading.boost(snapshot, &joined, w::CORRECTED);
        }
        reading.corrected = corrected(&input.text, &replacements);
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

    /// How many words must match, strictest first; empty when too few of them occur at all.
    pub fn levels(&self) -> impl Iterator<Item = usize> + use<> {
        let fewest = self.asked.div_ceil(2);
        (fewest..=self.clauses.len()).rev()
    }

    /// The query for listings that match at least so many words.
    pub fn query(&self, at_least: usize) -> BooleanQuery {
        let words = self.clauses.iter().map(|clause| clause.box_clone());
        let core: Box<dyn Query> = match self.clauses.as_slice() {
            [only] => only.box_clone(),
            clauses if clauses.len() == at_least => Box::new(BooleanQuery::intersection(words.collect())),
            _ => Box::new(BooleanQuery::union_with_minimum_required_clauses(words.collect(), at_least)),
        };
        let mut all = vec![(Occur::Must, core)];
        all.extend(self.boosts.iter().map(|(occur, query)| (*occur, query.box_clone())));
        BooleanQuery::new(all)
    }
}

/// Two neighbouring words that occur run together: "alert manager" for `Alertmanager`.
struct Pair {
    first: usize,
    term: String,
    found: Occurrences,
}

fn pairs(snapshot: &Snapshot, input: &Input) -> Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for (first, words) in input.words.windows(2).enumerate() {
        let term = words[0].term() + &words[1].term();
        let prefix = if words[1].last { Prefix::IfUnknown } else { Prefix::No };
        let found = Occurrences::find(snapshot, &term, 1.0, prefix, Reach::Compounds)?;
        if found.known {
            pairs.push(Pair { first, term, found });
        }
    }
    Ok(pairs)
}

fn typed(snapshot: &Snapshot, word: &InputWord) -> Result<Occurrences> {
    let find = |piece: &String| {
        let prefix = match piece.chars().count() {
            _ if word.last => Prefix::Yes,
            0..=2 => Prefix::No,
            _ => Prefix::IfUnknown,
        };
        Occurrences::find(snapshot, piece, 1.0, prefix, Reach::All)
    };
    if let [piece] = word.pieces.as_slice() {
        return find(piece);
    }
    let mut all = Vec::new();
    for piece in &word.pieces {
        let found = find(piece)?;
        if found.queries.is_empty() {
            return Ok(Occurrences::default());
        }
        all.push(any(found.queries));
    }
    let queries: Vec<Box<dyn Query>> = vec![Box::new(BooleanQuery::intersection(all))];
    Ok(Occurrences { queries, known: true, in_readmes: 0 })
}

fn any(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.pop() {
        Some(only) if queries.is_empty() => only,
        Some(last) => {
            queries.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, w::FURTHER_FIELD))
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
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

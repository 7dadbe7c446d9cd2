//! Listings that complete what somebody types.

use crate::analysis::{MAX_GRAM_CHARS, MAX_START_CHARS, MAX_WORD_CHARS, head};
use crate::highlight::{Marks, any_hit};
use crate::query::{Input, Sense, Synonyms, corrections};
use crate::snapshot::{Place, Snapshot};
use crate::top::{self, Top};
use contract::search::{Suggestion, SuggestionKind};
use domain::{Error, Result};
use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// Characters from which on beginnings of tags, categories and partners tell something.
const TELLING: usize = 3;

/// How good a completion is; within a level the popular come first.
const WHOLE_NAME: f32 = 6.0;
const WHOLE_ALIAS: f32 = 5.0;
const NAME_START: f32 = 4.0;
const NAME_WORDS: f32 = 3.0;
const OTHER_WORDS: f32 = 2.0;
const CATEGORY_OR_PARTNER: f32 = 1.0;
const TASK: f32 = 0.5;

/// Completions of names and aliases, then listings whose tags, categories or partner begin so, then products for a task
/// in plain words. Misspelt beginnings are corrected when nothing begins as typed.
pub fn listings(snapshot: &Snapshot, input: &Input, limit: usize) -> Result<Vec<Suggestion>> {
    let mut marks = Marks::default();
    for pair in input.words.windows(2) {
        marks.add(&(pair[0].term() + &pair[1].term()), pair[1].last);
    }
    input.words.iter().for_each(|word| marks.add_word(word));
    let typed: Vec<Vec<String>> =
        input.words.iter().flat_map(|word| word.pieces.iter().cloned()).map(|p| vec![p]).collect();
    // A last word that says nothing may be the beginning of one that does: "pager du".
    let complete = input.words.iter().any(|word| word.last);
    let telling = complete && input.joined.chars().nth(TELLING - 1).is_some();
    let mut found = best(snapshot, &completions(snapshot, &input.joined, &typed, telling), limit)?;
    if found.is_empty() {
        let mut fixed = Vec::new();
        for word in typed.iter().flatten() {
            let mut forms = vec![word.clone()];
            if snapshot.lexicon.frequency(snapshot.fields.name_grams, head(word, MAX_GRAM_CHARS))? == 0 {
                forms.extend(corrections(snapshot, word, true)?.iter().cloned());
            }
            for form in &forms {
                marks.add(form, false);
            }
            fixed.push(forms);
        }
        let joined: String =
            fixed.iter().filter_map(|forms| forms.get(1).or(forms.first())).map(String::as_str).collect();
        found = best(snapshot, &completions(snapshot, &joined, &fixed, telling), limit)?;
    }
    found.into_iter().map(|place| suggestion(snapshot, place, &marks)).collect()
}

fn gram(field: Field, word: &str) -> Term {
    Term::from_field_text(field, head(word, MAX_GRAM_CHARS))
}

fn at(level: f32, query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, level))
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Any of the forms of every word, in one of the fields.
fn all_words(fields: &[Field], words: &[Vec<String>]) -> Box<dyn Query> {
    let every = words.iter().map(|forms| {
        let any = forms.iter().flat_map(|form| fields.iter().map(|field| term(gram(*field, form)))).collect();
        Box::new(BooleanQuery::union(any)) as Box<dyn Query>
    });
    Box::new(BooleanQuery::intersection(every.collect()))
}

/// Products that are called like what the words together stand for.
fn task(snapshot: &Snapshot, words: &[Vec<String>]) -> Box<dyn Query> {
    let typed: Vec<&str> = words.iter().filter_map(|forms| forms.first()).map(String::as_str).collect();
    let phrases = Synonyms::builtin().phrases(&typed);
    let whole = phrases.iter().filter(|(range, _)| range.len() == typed.len());
    let names = whole.flat_map(|(_, meanings)| meanings).filter_map(|meaning| match &meaning.sense {
        Sense::Words(words) => Some(words.concat()),
        Sense::Fact(_) => None,
    });
    let fields = [snapshot.fields.name_joined, snapshot.fields.alias_joined];
    let any = names.flat_map(|name| fields.map(|field| term(Term::from_field_text(field, &name))));
    Box::new(BooleanQuery::union(any.collect()))
}

fn completions(snapshot: &Snapshot, joined: &str, words: &[Vec<String>], telling: bool) -> DisjunctionMaxQuery {
    let f = &snapshot.fields;
    let whole = head(joined, MAX_WORD_CHARS);
    let mut ways = vec![
        at(WHOLE_NAME, term(Term::from_field_text(f.name_joined, whole))),
        at(WHOLE_ALIAS, term(Term::from_field_text(f.alias_joined, whole))),
        at(NAME_START, term(Term::from_field_text(f.name_start, head(joined, MAX_START_CHARS)))),
        at(NAME_WORDS, all_words(&[f.name_grams], words)),
        at(OTHER_WORDS, all_words(&[f.name_grams, f.alias_grams], words)),
    ];
    if telling {
        ways.push(at(CATEGORY_OR_PARTNER, all_words(&[f.name_grams, f.alias_grams, f.context_grams], words)));
        ways.push(at(TASK, task(snapshot, words)));
    }
    DisjunctionMaxQuery::new(ways)
}

fn best(snapshot: &Snapshot, query: &dyn Query, limit: usize) -> Result<Vec<Place>> {
    let scoring = EnableScoring::enabled_from_searcher(&snapshot.searcher);
    let weight = query.weight(scoring).map_err(Error::search)?;
    let mut top = Top::new(limit);
    for (reader, segment) in snapshot.searcher.segment_readers().iter().zip(0u32..) {
        let (data, ranks) = (&snapshot.segments[segment as usize], &snapshot.id_ranks[segment as usize]);
        let see = &mut |doc: u32, level: f32| {
            if !reader.is_deleted(doc) {
                // The level in the upper bits, the popularity below.
                let primary = top::ordered_f32(level) << 32 | data.popularity[doc as usize].min(u64::MAX >> 4) >> 28;
                top.push(top::key(primary, ranks[doc as usize], level));
            }
        };
        weight.for_each(reader, see).map_err(Error::search)?;
    }
    Ok(top.into_sorted().into_iter().map(|key| snapshot.place(top::parts(key).0)).collect())
}

fn suggestion(snapshot: &Snapshot, place: Place, marks: &Marks) -> Result<Suggestion> {
    let record = snapshot.data(place).record(place.doc)?;
    let name = marks.fragments(record.name);
    let alias = if any_hit(&name) { None } else { record.aliases.iter().find(|alias| marks.first(alias).is_some()) };
    let category = record.categories.first().map_or("", |(_, _, leaf)| *leaf);
    let hint = alias.copied().unwrap_or(category).to_owned();
    let (id, icon) = (record.id.to_owned(), record.icon.map(str::to_owned));
    Ok(Suggestion { kind: SuggestionKind::Listing, id, name, hint, icon })
}

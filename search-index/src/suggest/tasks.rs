//! Tasks in plain words that begin with what somebody types, where something fits them.

use crate::highlight::Marks;
use crate::query::{Input, InputWord, Synonyms};
use crate::search::search;
use crate::snapshot::Snapshot;
use contract::search::{SearchQuery, Suggestion, SuggestionKind};
use domain::Result;

/// Shortest beginning, in characters.
const SHORTEST: usize = 3;

/// Phrases that are tried.
const TRIED: usize = 8;

/// Phrases of the file of words: `page some` is the beginning of `page someone`.
pub fn tasks(snapshot: &Snapshot, input: &Input, most: usize) -> Result<Vec<Suggestion>> {
    if input.joined.chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    let typed: Vec<String> = input.words.iter().map(InputWord::term).collect();
    let mut marks = Marks::default();
    input.words.iter().for_each(|word| marks.add_word(word));
    let mut found = Vec::new();
    for phrase in Synonyms::builtin().tasks(&typed).take(TRIED) {
        if found.len() == most {
            break;
        }
        let query = SearchQuery { q: phrase.to_owned(), limit: 1, ..SearchQuery::default() };
        if search(snapshot, &query)?.total > 0 {
            let name = marks.fragments(phrase);
            let hint = String::new();
            found.push(Suggestion { kind: SuggestionKind::Task, id: phrase.to_owned(), name, hint, icon: None });
        }
    }
    Ok(found)
}

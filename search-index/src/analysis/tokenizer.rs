//! The Tantivy tokenizers, one for each way a field is searched.

use super::{
    MAX_GRAM_CHARS, MAX_START_CHARS, MAX_WORD_CHARS, Word, bigrams, fold, head, joined, parts, stem, stem_term, words,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Names: words, parts, stems, neighbours run together, the whole run together.
pub const NAMES: &str = "names";
/// Sentences: stems of words and parts.
pub const PROSE: &str = "prose";
/// Every prefix of what [`NAMES`] gives, for search as you type.
pub const GRAMS: &str = "grams";
/// Every prefix of the whole name run together.
pub const STARTS: &str = "starts";
/// Whole words for the spelling dictionary.
pub const SPELLING: &str = "spelling";

/// Makes the tokenizers known to an index.
pub fn register(manager: &TokenizerManager) {
    manager.register(NAMES, Analyzer(name_terms));
    manager.register(PROSE, Analyzer(prose_terms));
    manager.register(GRAMS, Analyzer(gram_terms));
    manager.register(STARTS, Analyzer(start_terms));
    manager.register(SPELLING, Analyzer(spelling_terms));
}

fn fits(term: &str) -> bool {
    !term.is_empty() && head(term, MAX_WORD_CHARS).len() == term.len()
}

/// The word, and its parts where it is a compound.
fn forms(text: &str, word: Word) -> Vec<String> {
    let slice = &text[word.start..word.end];
    if word.cjk {
        return bigrams(slice);
    }
    let mut forms = vec![fold(slice)];
    let parts = parts(slice);
    if parts.len() > 1 {
        forms.extend(parts.into_iter().map(|(start, end)| fold(&slice[start..end])));
    }
    forms
}

/// Words, parts, neighbours run together and the whole run together.
fn compounds(text: &str) -> Vec<String> {
    let found: Vec<Word> = words(text).collect();
    let mut terms: Vec<String> = found.iter().flat_map(|word| forms(text, *word)).collect();
    let folded: Vec<String> = found.iter().map(|word| fold(&text[word.start..word.end])).collect();
    terms.extend(folded.windows(2).map(<[String]>::concat));
    if folded.len() > 2 {
        terms.push(folded.concat());
    }
    terms
}

fn name_terms(text: &str) -> Vec<String> {
    let mut terms = compounds(text);
    let stems: Vec<String> = terms.iter().map(|term| stem_term(term)).collect();
    terms.extend(stems);
    terms
}

fn prose_terms(text: &str) -> Vec<String> {
    words(text).flat_map(|word| forms(text, word)).map(|form| stem(&form).into_owned()).collect()
}

fn gram_terms(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = compounds(text).iter().flat_map(|term| prefixes(term, MAX_GRAM_CHARS)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn start_terms(text: &str) -> Vec<String> {
    prefixes(&joined(text), MAX_START_CHARS)
}

fn spelling_terms(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = words(text).filter(|word| !word.cjk).flat_map(|word| forms(text, word)).collect();
    terms.retain(|term| term.len() > 2 && term.chars().any(char::is_alphabetic));
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn prefixes(term: &str, most: usize) -> Vec<String> {
    let ends = term.char_indices().skip(1).map(|(at, _)| at).chain(std::iter::once(term.len()));
    ends.take(most).map(|end| term[..end].to_owned()).collect()
}

/// A tokenizer that is a function from text to terms.
#[derive(Clone)]
struct Analyzer(fn(&str) -> Vec<String>);

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Terms;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms {
        Terms { rest: (self.0)(text).into_iter(), token: Token::default() }
    }
}

/// Terms one after the other. Offsets stay empty: highlighting looks at the text itself.
struct Terms {
    rest: std::vec::IntoIter<String>,
    token: Token,
}

impl TokenStream for Terms {
    fn advance(&mut self) -> bool {
        match self.rest.by_ref().find(|term| fits(term)) {
            Some(text) => {
                self.token.text = text;
                self.token.position = self.token.position.wrapping_add(1);
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_spellings_of_a_name_share_a_term() {
        for name in ["Pager Duty", "pagerduty", "PagerDuty", "PAGER-DUTY"] {
            assert!(name_terms(name).contains(&"pagerduty".to_owned()), "{name}");
        }
        assert!(name_terms("PagerDuty").contains(&"duty".to_owned()));
    }

    #[test]
    fn prose_is_stemmed() {
        assert_eq!(prose_terms("Forwards messages"), ["forward", "messag"]);
    }

    #[test]
    fn grams_are_prefixes_without_repeats() {
        assert_eq!(gram_terms("ab abc"), ["a", "ab", "aba", "abab", "ababc", "abc"]);
        assert_eq!(start_terms("Ab C"), ["a", "ab", "abc"]);
    }

    #[test]
    fn very_long_words_are_left_out() {
        let long = "x".repeat(500);
        let mut analyzer = Analyzer(prose_terms);
        assert!(!analyzer.token_stream(&long).advance());
    }
}

//! The words of a query.

use super::synonyms::Synonyms;
use crate::analysis::{Word, bigrams, fold, head, is_stop_word, words};
use contract::search::MAX_QUERY_CHARS;

/// Most words of a query that are looked at.
const MAX_WORDS: usize = 12;

/// A word of a query.
#[derive(Clone, Debug)]
pub struct InputWord {
    /// Its place in [`Input::text`].
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The folded word; for Chinese, Japanese and Korean its two-character pieces, which must all occur.
    pub pieces: Vec<String>,
    /// Whether it is still being typed: the last one.
    pub last: bool,
}

impl InputWord {
    /// The folded word in one piece.
    pub fn term(&self) -> String {
        match self.pieces.as_slice() {
            [only] => only.clone(),
            // Neighbouring pieces share a character.
            pieces => pieces.iter().enumerate().flat_map(|(n, piece)| piece.chars().skip(usize::from(n > 0))).collect(),
        }
    }
}

/// A query taken apart.
#[derive(Clone, Debug)]
pub struct Input {
    /// The query, cut to the longest allowed.
    pub text: String,
    /// Its words without stop words.
    pub words: Vec<InputWord>,
    /// All of it folded and run together.
    pub joined: String,
    /// Whether some of it is Chinese, Japanese or Korean.
    pub cjk: bool,
}

impl Input {
    /// Takes any text apart; nothing is an error.
    pub fn parse(q: &str) -> Self {
        let text = head(q.trim(), MAX_QUERY_CHARS).to_owned();
        let mut found: Vec<InputWord> = Vec::new();
        let (mut joined, mut cjk) = (String::new(), false);
        for word in words(&text).flat_map(|word| cut(&text, word)) {
            let slice = &text[word.start..word.end];
            let folded = fold(slice);
            joined.push_str(&folded);
            cjk |= word.cjk;
            let pieces = if word.cjk { bigrams(slice) } else { vec![folded] };
            found.push(InputWord { start: word.start, end: word.end, pieces, last: false });
        }
        if let Some(last) = found.last_mut() {
            last.last = true;
        }
        found.retain(|word| word.pieces.iter().any(|piece| !piece.is_empty()));
        let meaningful = |word: &InputWord| !is_stop_word(&word.pieces[0]);
        if found.iter().any(meaningful) {
            found.retain(meaningful);
        }
        let mut words: Vec<InputWord> = Vec::new();
        for word in found {
            match words.iter_mut().find(|other| other.pieces == word.pieces) {
                Some(same) => same.last |= word.last,
                None => words.push(word),
            }
        }
        words.truncate(MAX_WORDS);
        Self { text, words, joined, cjk }
    }

    /// Its words, each in one piece.
    pub fn terms(&self) -> Vec<String> {
        self.words.iter().map(InputWord::term).collect()
    }
}

/// A run without spaces is cut at the words that are known, and a compound of another language in two.
fn cut(text: &str, word: Word) -> Vec<Word> {
    if !word.cjk {
        let halves = Synonyms::builtin().halves(&text[word.start..word.end]);
        let at = halves.map(|length| word.start + length);
        return at.map_or_else(|| vec![word], |at| vec![Word { end: at, ..word }, Word { start: at, ..word }]);
    }
    let mut start = word.start;
    let cuts = Synonyms::builtin().cuts(&text[word.start..word.end]).into_iter();
    cuts.map(|length| {
        let piece = Word { start, end: start + length, cjk: true };
        start += length;
        piece
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(q: &str) -> Vec<String> {
        Input::parse(q).terms()
    }

    #[test]
    fn drops_stop_words_unless_there_is_nothing_else() {
        assert_eq!(terms("Create a Jira issue from an alert"), ["create", "jira", "issue", "alert"]);
        assert_eq!(terms("how to"), ["how", "to"]);
        assert_eq!(terms("Meldung per Slack"), ["meldung", "slack"]);
    }

    #[test]
    fn syntax_is_punctuation() {
        assert_eq!(terms("\"pager\" AND -(duty:*)"), ["pager", "duty"]);
        assert!(terms("\"*:?!() \u{200f}").is_empty());
    }

    #[test]
    fn repeats_and_excess_are_dropped() {
        assert_eq!(terms("slack Slack SLACK"), ["slack"]);
        let many: Vec<String> = (0..100).map(|n| format!("w{n}")).collect();
        assert_eq!(terms(&many.join(" ")).len(), MAX_WORDS);
        assert!(Input::parse(&"ü".repeat(5000)).text.chars().count() <= MAX_QUERY_CHARS);
    }
}

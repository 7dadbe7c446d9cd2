//! How text becomes terms. The same rules serve documents, queries and highlights, so that "Pager Duty", "pagerduty"
//! and "PagerDuty" meet: `words` finds words and their parts, [`fold`] removes case and accents, [`stem`] removes
//! English endings, `tokenizer` plugs it all into Tantivy.

mod phrases;
mod tokenizer;
mod words;

pub use phrases::{is_stop_word, key, phrase_key, split};
pub use tokenizer::{GRAMS, NAMES, PROSE, SPELLING, STARTS, register};
pub use words::{Word, may_have_parts, parts, words};

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word that is indexed, in characters; longer ones are keys and hashes.
pub const MAX_WORD_CHARS: usize = 40;
/// Longest prefix of a word that is indexed for search as you type, in characters.
pub const MAX_GRAM_CHARS: usize = 20;
/// Longest prefix of a whole name that is indexed, in characters.
pub const MAX_START_CHARS: usize = 40;

/// Lower case, without accents and compatibility forms: `Zoë` → `zoe`, `Ｋ８ｓ` → `k8s`, `Größe` → `grosse`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The stem of a folded English word; words of other scripts and with digits stay as they are.
pub fn stem(folded: &str) -> Cow<'_, str> {
    if folded.len() < 4 || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(folded);
    }
    frostem::Stemmer::new(frostem::Algorithm::English).stem(folded)
}

/// How a stem is told from a word in fields that have both: `ease` is found by "easing", not by "eas".
pub fn stem_term(folded: &str) -> String {
    format!("{}~", stem(folded))
}

/// All words of a text folded and run together: what "Pager Duty" and "PagerDuty" have in common.
pub fn joined(text: &str) -> String {
    words(text).map(|word| fold(&text[word.start..word.end])).collect()
}

/// The first `chars` characters.
pub fn head(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

/// Two-character pieces of a run of Chinese, Japanese or Korean, which has no spaces between words.
pub fn bigrams(run: &str) -> Vec<String> {
    let chars: Vec<char> = run.chars().collect();
    if chars.len() < 3 {
        return vec![fold(run)];
    }
    chars.windows(2).map(|pair| fold(&pair.iter().collect::<String>())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_and_compatibility_forms() {
        assert_eq!(fold("PagerDuty"), "pagerduty");
        assert_eq!(fold("Zoë Größe Łódź Ｋ８ｓ"), "zoe grosse lodz k8s");
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn stems_english_words_only() {
        assert_eq!(stem("monitoring"), stem("monitors"));
        assert_eq!(stem("k8s"), "k8s");
        assert_eq!(stem("dns"), "dns");
    }

    #[test]
    fn joins_words() {
        assert_eq!(joined("Pager-Duty"), "pagerduty");
        assert_eq!(joined("  ...  "), "");
    }

    #[test]
    fn cuts_at_characters() {
        assert_eq!(head("größe", 3), "grö");
        assert_eq!(head("ab", 3), "ab");
        assert_eq!(bigrams("数据库"), ["数据", "据库"]);
    }
}

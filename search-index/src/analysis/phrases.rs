//! Phrases that mean something as a whole: their words without those that say nothing.

use super::words::is_cjk;
use super::{fold, stem, words};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that say nothing about what is searched, unless there are no others. English first, then German, French,
/// Spanish, Portuguese, Italian and Dutch.
const STOP_WORDS: [&str; 145] = [
    "a", "about", "all", "an", "and", "another", "any", "are", "as", "at", "based", "be", "by", "can", "do", "for",
    "from", "get", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "need", "of", "off",
    "on", "or", "our", "s", "should", "that", "the", "their", "this", "to", "up", "use", "using", "via", "want", "we",
    "what", "when", "where", "which", "with", "you", "your", "der", "die", "und", "von", "mit", "fur", "ein", "eine",
    "einen", "de", "des", "du", "la", "le", "les", "un", "une", "pour", "sur", "el", "los", "las", "del", "una",
    "para", "por", "con", "dos", "em", "um", "per", "bei", "zum", "zur", "auf", "aus", "nach", "den", "dem", "das",
    "oder", "par", "dans", "avec", "aux", "gli", "nel", "nella", "della", "dei", "che", "het", "een", "van", "voor",
    "met", "naar", "bij", "wenn", "wer", "wie", "was", "mein", "meine", "meiner", "unser", "unsere", "wird", "quand",
    "lorsque", "mes", "notre", "qui", "que", "cuando", "como", "mis", "nuestro", "quando", "meu", "minha", "nosso",
    "nostro", "come", "wanneer", "als", "hoe", "mijn", "onze",
];

/// Whether a folded word says nothing.
pub fn is_stop_word(folded: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.into());
    WORDS.contains(folded) || is_particle(folded)
}

/// Whether it is what is left of a run without spaces: a single character, or an ending of Japanese.
fn is_particle(folded: &str) -> bool {
    let mut chars = folded.chars();
    let single = chars.next().filter(|_| chars.next().is_none());
    single.is_some_and(is_cjk) || (!folded.is_empty() && folded.chars().all(|c| matches!(c, '\u{3041}'..='\u{309f}')))
}

/// Folded words without stop words, and whether there is one without spaces between words among them.
pub fn split(phrase: &str) -> (Vec<String>, bool) {
    let (mut found, mut unspaced) = (Vec::new(), false);
    for word in words(phrase) {
        found.push(fold(&phrase[word.start..word.end]));
        unspaced |= word.cjk;
    }
    if found.iter().any(|word| !is_stop_word(word)) {
        found.retain(|word| !is_stop_word(word));
    }
    (found, unspaced)
}

/// What phrases with the same stems have in common.
pub fn key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| stem(word).into_owned()).collect::<Vec<_>>().join(" ")
}

/// The same of a phrase as it is written.
pub fn phrase_key(phrase: &str) -> String {
    key(split(phrase).0.iter().map(String::as_str))
}

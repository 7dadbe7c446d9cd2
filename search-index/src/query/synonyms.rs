//! What words and phrases stand for, read from `synonyms.toml`: abbreviations and second names, tasks in plain words,
//! makers for their products, and other languages.

use super::weights as w;
use crate::analysis::{fold, stem, words};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const FILE: &str = include_str!("../../synonyms.toml");

/// Words that say nothing about what is searched, unless there are no others. English first, then German, French,
/// Spanish and Portuguese.
const STOP_WORDS: [&str; 86] = [
    "a", "about", "all", "an", "and", "another", "any", "are", "as", "at", "based", "be", "by", "can", "do", "for",
    "from", "get", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "need", "of", "off",
    "on", "or", "our", "s", "should", "that", "the", "their", "this", "to", "up", "use", "using", "via", "want", "we",
    "what", "when", "where", "which", "with", "you", "your", "der", "die", "und", "von", "mit", "fur", "ein", "eine",
    "einen", "de", "des", "du", "la", "le", "les", "un", "une", "pour", "sur", "el", "los", "las", "del", "una",
    "para", "por", "con", "dos", "em", "um",
];

/// A phrase that listings may have instead of what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Its folded words without stop words.
    pub words: Vec<String>,
    /// What it counts against the typed words.
    pub factor: f32,
}

/// The file, ready to look phrases up in.
#[derive(Debug, Default)]
pub struct Synonyms {
    meanings: HashMap<String, Vec<Meaning>>,
    light: HashSet<String>,
    /// Tasks as they are written, in order.
    tasks: Vec<(Vec<String>, String)>,
    /// Words of the longest phrase.
    longest: usize,
    /// Phrases in Chinese, Japanese or Korean, and the characters of the longest.
    unspaced: HashSet<String>,
    longest_unspaced: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    same: Vec<Vec<String>>,
    light: Vec<String>,
    means: HashMap<String, Vec<String>>,
    makers: HashMap<String, Vec<String>>,
    translations: HashMap<String, Vec<String>>,
}

/// Whether a folded word says nothing.
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.contains(&folded)
}

/// Folded words without stop words, and whether there is one without spaces between words among them.
fn split(phrase: &str) -> (Vec<String>, bool) {
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

/// Phrases of several words that stand for products; shorter ones first, then by the alphabet.
fn tasks(file: &File) -> Vec<(Vec<String>, String)> {
    let mut tasks: Vec<(Vec<String>, String)> =
        file.means.keys().map(|phrase| (split(phrase).0, phrase.clone())).collect();
    tasks.retain(|(words, _)| words.len() > 1);
    tasks.sort_unstable_by(|a, b| (a.0.len(), &a.1).cmp(&(b.0.len(), &b.1)));
    tasks
}

fn key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| stem(word).into_owned()).collect::<Vec<_>>().join(" ")
}

impl Synonyms {
    /// The program's own file. One that can't be read is reported, and searching goes on without it.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Synonyms> = LazyLock::new(|| {
            Synonyms::parse(FILE).unwrap_or_else(|error| {
                tracing::error!(%error, "synonyms.toml cannot be read: searching without synonyms");
                Synonyms::default()
            })
        });
        &BUILTIN
    }

    /// Reads a file's text.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut synonyms = Self::default();
        for line in &file.same {
            for phrase in line {
                let others = line.iter().filter(|other| *other != phrase);
                synonyms.add(phrase, others, w::SAME);
            }
        }
        for (phrase, meanings) in &file.translations {
            synonyms.add(phrase, meanings.iter(), w::TRANSLATED);
        }
        for (phrase, meanings) in file.means.iter().chain(&file.makers) {
            synonyms.add(phrase, meanings.iter(), w::MEANT);
        }
        synonyms.tasks = tasks(&file);
        synonyms.light = file.light.iter().map(|word| stem(&fold(word)).into_owned()).collect();
        Ok(synonyms)
    }

    fn add<'a>(&mut self, phrase: &str, meanings: impl Iterator<Item = &'a String>, factor: f32) {
        let (words, unspaced) = split(phrase);
        self.longest = self.longest.max(words.len());
        if unspaced {
            let whole = words.concat();
            self.longest_unspaced = self.longest_unspaced.max(whole.chars().count());
            self.unspaced.insert(whole);
        }
        let known = self.meanings.entry(key(words.iter().map(String::as_str))).or_default();
        for meaning in meanings {
            let words = split(meaning).0;
            match known.iter_mut().find(|other| other.words == words) {
                Some(same) => same.factor = same.factor.max(factor),
                None => known.push(Meaning { words, factor }),
            }
        }
    }

    /// Whether a folded word says little about which product is meant.
    pub fn is_light(&self, word: &str) -> bool {
        self.light.contains(stem(word).as_ref())
    }

    /// Tasks whose words begin with what was typed, in the same order; those with the fewest words first.
    pub fn tasks<'a>(&'a self, typed: &'a [String]) -> impl Iterator<Item = &'a str> {
        let begins = move |(words, _): &&(Vec<String>, String)| {
            words.len() >= typed.len() && words.iter().zip(typed).all(|(word, typed)| word.starts_with(typed.as_str()))
        };
        self.tasks.iter().filter(begins).map(|(_, phrase)| phrase.as_str())
    }

    /// Translations of what other words stand for: a translation may be a phrase with meanings of its own.
    fn further(&self, meanings: &[Meaning]) -> Vec<Meaning> {
        let mut all = meanings.to_vec();
        for meaning in meanings.iter().filter(|meaning| meaning.factor >= w::SAME) {
            let next = self.meanings.get(&key(meaning.words.iter().map(String::as_str)));
            for other in next.into_iter().flatten() {
                if !all.iter().any(|known| known.words == other.words) {
                    all.push(Meaning { factor: other.factor * meaning.factor, ..other.clone() });
                }
            }
        }
        all
    }

    /// The phrases among `words`, longest first and never overlapping: where each is and what it stands for.
    pub fn phrases(&self, words: &[&str]) -> Vec<(std::ops::Range<usize>, Vec<Meaning>)> {
        let mut found: Vec<(std::ops::Range<usize>, Vec<Meaning>)> = Vec::new();
        for length in (1..=self.longest.min(words.len())).rev() {
            for start in 0..=words.len() - length {
                let range = start..start + length;
                if found.iter().any(|(other, _)| range.start < other.end && other.start < range.end) {
                    continue;
                }
                if let Some(meanings) = self.meanings.get(&key(words[range.clone()].iter().copied())) {
                    found.push((range, self.further(meanings)));
                }
            }
        }
        found
    }

    /// Cuts a run of Chinese, Japanese or Korean at the phrases it has: lengths in bytes, first to last.
    pub fn cuts(&self, run: &str) -> Vec<usize> {
        let mut cuts: Vec<usize> = Vec::new();
        let mut rest = run;
        let mut unknown = 0;
        while let Some(first) = rest.chars().next() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest_unspaced);
            if let Some(end) = ends.filter(|end| self.unspaced.contains(&fold(&rest[..*end]))).last() {
                cuts.extend((unknown > 0).then_some(unknown));
                cuts.push(end);
                unknown = 0;
                rest = &rest[end..];
            } else {
                unknown += first.len_utf8();
                rest = &rest[first.len_utf8()..];
            }
        }
        cuts.extend((unknown > 0).then_some(unknown));
        cuts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_for(phrase: &[&str], words: &[&str]) -> bool {
        let found = Synonyms::builtin().phrases(phrase);
        found.iter().flat_map(|(_, meanings)| meanings).any(|meaning| meaning.words == words)
    }

    #[test]
    fn the_file_can_be_read() {
        assert!(Synonyms::parse(FILE).is_ok());
        assert!(Synonyms::parse("same = 1").is_err());
    }

    #[test]
    fn abbreviations_work_both_ways_and_tasks_one_way() {
        assert!(stands_for(&["k8s"], &["kubernetes"]) && stands_for(&["kubernetes"], &["k8s"]));
        assert!(stands_for(&["open", "tickets"], &["jira"]) && !stands_for(&["jira"], &["ticketing"]));
    }

    #[test]
    fn the_longest_phrase_wins() {
        let found = Synonyms::builtin().phrases(&["cheap", "time", "series", "database"]);
        assert_eq!(found.iter().map(|(range, _)| (range.start, range.end)).collect::<Vec<_>>(), [(1, 4)]);
    }

    #[test]
    fn a_translation_stands_for_what_its_english_stands_for() {
        assert!(stands_for(&["mensajes"], &["messaging"]));
        assert!(stands_for(&["uberwachung"], &["monitoring"]));
        assert!(stands_for(&["passwortmanager"], &["bitwarden"]));
    }

    #[test]
    fn text_without_spaces_is_cut_at_phrases() {
        let cut = |run: &'static str| {
            let mut rest = run;
            let mut pieces = Vec::new();
            for length in Synonyms::builtin().cuts(run) {
                let (piece, after) = rest.split_at(length);
                pieces.push(piece);
                rest = after;
            }
            pieces
        };
        assert_eq!(cut("操作系统监控"), ["操作系统", "监控"]);
        assert_eq!(cut("データベース監視"), ["データベース", "監視"]);
        assert_eq!(cut("巨型数据库"), ["巨型", "数据库"]);
    }
}

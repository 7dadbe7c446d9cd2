//! What words and phrases stand for: abbreviations and second names, and tasks in plain words (`synonyms.toml`), words of
//! other languages (`translations.toml`), kinds and makers of products (`knowledge`).

mod files;

use super::weights as w;
use crate::analysis::{fold, key, stem};
use crate::knowledge::{Does, Fact, Knowledge};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Shortest half of a compound, in characters.
const LEAST_OF_COMPOUND: usize = 4;

/// What listings may have instead of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A phrase: its folded words without stop words.
    Words(Vec<String>),
    /// Something known of the product.
    Fact(Fact),
}

/// A sense of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// What it is.
    pub sense: Sense,
    /// What it counts against the typed words.
    pub factor: f32,
}

/// The files, ready to look phrases up in: `files` reads them.
#[derive(Debug, Default)]
pub struct Synonyms {
    meanings: HashMap<String, Vec<Meaning>>,
    /// Keys of phrases by what they are run together: "Passwort-Manager" is "Passwortmanager".
    together: HashMap<String, String>,
    light: HashSet<String>,
    /// What words ask an integration to do.
    verbs: HashMap<String, Does>,
    /// Tasks as they are written, in order.
    tasks: Vec<(Vec<String>, String)>,
    /// What words mean that are together in a query, wherever.
    hints: HashMap<String, Vec<Meaning>>,
    /// Keys of those and of tasks by the longest of their words.
    scattered: HashMap<String, Vec<String>>,
    /// Words of the longest phrase.
    longest: usize,
    /// Phrases in Chinese, Japanese or Korean, and the characters of the longest.
    unspaced: HashSet<String>,
    longest_unspaced: usize,
    /// Words of other languages, and the English ones they stand for: what compounds are made of.
    foreign: HashSet<String>,
    english: HashSet<String>,
}

impl Synonyms {
    /// The program's own file. One that can't be read is reported, and searching goes on without it.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Synonyms> = LazyLock::new(|| {
            Synonyms::parse(files::SYNONYMS, files::TRANSLATIONS, Knowledge::builtin()).unwrap_or_else(|error| {
                tracing::error!(%error, "synonyms.toml or translations.toml cannot be read: searching without them");
                Synonyms::default()
            })
        });
        &BUILTIN
    }

    /// Whether a folded word says little about which product is meant.
    pub fn is_light(&self, word: &str) -> bool {
        self.light.contains(stem(word).as_ref())
    }

    /// Whether a folded word is known of another language.
    pub fn is_foreign(&self, word: &str) -> bool {
        self.foreign.contains(word) || self.unspaced.contains(word)
    }

    /// What a folded word asks an integration to do.
    pub fn asks_to(&self, word: &str) -> Option<Does> {
        self.verbs.get(stem(word).as_ref()).copied()
    }

    /// Tasks whose words begin with what was typed, in the same order; those with the fewest words first.
    pub fn tasks<'a>(&'a self, typed: &'a [String]) -> impl Iterator<Item = &'a str> {
        let begins = move |(words, _): &&(Vec<String>, String)| {
            words.len() >= typed.len() && words.iter().zip(typed).all(|(word, typed)| word.starts_with(typed.as_str()))
        };
        self.tasks.iter().filter(begins).map(|(_, phrase)| phrase.as_str())
    }

    /// Also what the meanings stand for themselves: a translation may be a phrase with meanings of its own, and what a
    /// task stands for may be a kind of product.
    fn further(&self, meanings: &[Meaning]) -> Vec<Meaning> {
        let mut all = meanings.to_vec();
        for meaning in meanings {
            let Sense::Words(words) = &meaning.sense else { continue };
            let next = self.meanings.get(&key(words.iter().map(String::as_str)));
            for other in next.into_iter().flatten() {
                let follows = meaning.factor >= w::SAME || matches!(other.sense, Sense::Fact(_));
                if follows && !all.iter().any(|known| known.sense == other.sense) {
                    all.push(Meaning { factor: other.factor * meaning.factor, ..other.clone() });
                }
            }
        }
        all
    }

    /// What words stand for together, however they are spaced.
    fn of_phrase(&self, words: &[&str]) -> Option<&Vec<Meaning>> {
        let together = || self.meanings.get(self.together.get(stem(&words.concat()).as_ref())?);
        self.meanings.get(&key(words.iter().copied())).or_else(together)
    }

    /// The phrases among `words`, longest first and never overlapping: where each is and what it stands for.
    pub fn phrases(&self, words: &[&str]) -> Vec<(Range<usize>, Vec<Meaning>)> {
        let mut found: Vec<(Range<usize>, Vec<Meaning>)> = Vec::new();
        for length in (1..=self.longest.min(words.len())).rev() {
            for start in 0..=words.len() - length {
                let range = start..start + length;
                if found.iter().any(|(other, _)| range.start < other.end && other.start < range.end) {
                    continue;
                }
                if let Some(meanings) = self.of_phrase(&words[range.clone()]) {
                    found.push((range, self.further(meanings)));
                }
            }
        }
        found
    }

    /// Hints whose words are all among `words`, and tasks likewise that are not part of one of `phrases`: which words, and
    /// what they stand for together. None is part of another.
    pub fn scattered(&self, words: &[&str], phrases: &[Range<usize>]) -> Vec<(Vec<usize>, Vec<Meaning>)> {
        let stems: Vec<_> = words.iter().map(|word| stem(word)).collect();
        let mut found: Vec<(Vec<usize>, &str)> = Vec::new();
        for key in stems.iter().filter_map(|stem| self.scattered.get(stem.as_ref())).flatten() {
            let places = key.split(' ').map(|word| stems.iter().position(|stem| stem == word));
            let Some(mut places) = places.collect::<Option<Vec<usize>>>() else { continue };
            places.sort_unstable();
            let as_phrase = |phrase: &Range<usize>| places.iter().all(|place| phrase.contains(place));
            if self.hints.contains_key(key) || !phrases.iter().any(as_phrase) {
                found.push((places, key));
            }
        }
        let part = |(places, _): &&(Vec<usize>, &str)| {
            found
                .iter()
                .any(|(others, _)| others.len() > places.len() && places.iter().all(|place| others.contains(place)))
        };
        let whole = found.iter().filter(|phrase| !part(phrase));
        let meanings = |key: &str| self.hints.get(key).or_else(|| self.meanings.get(key));
        whole.filter_map(|(places, key)| Some((places.clone(), self.further(meanings(key)?)))).collect()
    }

    /// Where a compound of another language is cut, in bytes: "Temperatursensoren" is "Temperatur" and "Sensoren".
    pub fn halves(&self, word: &str) -> Option<usize> {
        let whole = fold(word);
        if self.foreign.contains(&whole) || self.together.contains_key(stem(&whole).as_ref()) {
            return None;
        }
        let chars = word.chars().count();
        let ends = word.char_indices().map(|(at, _)| at).take(chars.saturating_sub(LEAST_OF_COMPOUND) + 1);
        ends.skip(LEAST_OF_COMPOUND).filter(|end| self.is_compound(&fold(&word[..*end]), &fold(&word[*end..]))).last()
    }

    /// Whether two words make a compound of another language, an "s" between them or not.
    fn is_compound(&self, first: &str, second: &str) -> bool {
        let first = if self.foreign.contains(first) { first } else { first.strip_suffix('s').unwrap_or(first) };
        let known = |word: &str| self.foreign.contains(word) || self.english.contains(word);
        known(first) && known(second) && (self.foreign.contains(first) || self.foreign.contains(second))
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
        found
            .iter()
            .flat_map(|(_, meanings)| meanings)
            .any(|meaning| meaning.sense == Sense::Words(words.iter().map(|word| (*word).to_owned()).collect()))
    }

    #[test]
    fn the_file_can_be_read() {
        let knowledge = Knowledge::default();
        assert!(Synonyms::parse(files::SYNONYMS, files::TRANSLATIONS, &knowledge).is_ok());
        assert!(Synonyms::parse("same = 1", files::TRANSLATIONS, &knowledge).is_err());
        assert!(Synonyms::parse(files::SYNONYMS, "", &knowledge).is_err());
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
    fn words_of_a_hint_may_be_anywhere() {
        let found = |words: &[&str]| {
            let found = Synonyms::builtin().scattered(words, &[]);
            found.into_iter().any(|(places, _)| places.len() == 2 && words[places[0]] == "country")
        };
        assert!(found(&["country", "address", "ip"]) && !found(&["country", "address"]));
    }

    #[test]
    fn a_task_that_is_a_phrase_is_not_scattered_too() {
        let words = ["block", "ip"];
        let alone = Synonyms::builtin().scattered(&words, &[]);
        assert!(alone.iter().any(|(places, _)| places == &[0, 1]));
        assert_eq!(Synonyms::builtin().scattered(&words, std::slice::from_ref(&(0..2))), []);
    }

    #[test]
    fn phrases_are_the_same_with_and_without_spaces() {
        for words in [&["passwort", "manager"][..], &["passwortmanager"]] {
            assert!(stands_for(words, &["password", "manager"]), "{words:?}");
        }
    }

    #[test]
    fn compounds_of_other_languages_are_cut() {
        let translations = r#"[translations]
            temperatur = ["temperature"]
            sicherheit = ["security"]
            sensoren = ["sensor"]
            sicherheitssensoren = ["security sensors"]"#;
        let synonyms = Synonyms::parse(files::SYNONYMS, translations, &Knowledge::default()).unwrap();
        let halves = |word: &'static str| synonyms.halves(word).map(|at| word.split_at(at));
        assert_eq!(halves("Temperatursensoren"), Some(("Temperatur", "sensoren")));
        assert_eq!(halves("Sicherheitstemperatur"), Some(("Sicherheits", "temperatur")));
        for word in ["Sicherheitssensoren", "Temperatur", "sensorensor", "temperaturdog", "tem", ""] {
            assert_eq!(halves(word), None, "{word}");
        }
        for word in ["Datadog", "logstash", "firewall", "uptimekuma", "pagerduty", "solarwinds", "metricbeat"] {
            assert_eq!(Synonyms::builtin().halves(word), None, "{word}");
        }
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
        assert_eq!(cut("メールサーバー検索"), ["メールサーバー", "検索"]);
        assert_eq!(cut("巨型数据库"), ["巨型", "数据库"]);
    }
}

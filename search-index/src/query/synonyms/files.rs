//! From the files to what can be looked up.

use super::{Meaning, Sense, Synonyms};
use crate::analysis::{fold, key, phrase_key, split, stem};
use crate::knowledge::{Does, Knowledge};
use crate::query::weights as w;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words in English.
pub const SYNONYMS: &str = include_str!("../../../synonyms.toml");
/// Words of other languages.
pub const TRANSLATIONS: &str = include_str!("../../../translations.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    same: Vec<Vec<String>>,
    light: Vec<String>,
    verbs: BTreeMap<Does, Vec<String>>,
    means: BTreeMap<String, Vec<String>>,
    hints: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Translations {
    translations: BTreeMap<String, Vec<String>>,
}

/// Phrases of several words that stand for products; shorter ones first, then by the alphabet.
fn tasks(file: &File) -> Vec<(Vec<String>, String)> {
    let mut tasks: Vec<(Vec<String>, String)> =
        file.means.keys().map(|phrase| (split(phrase).0, phrase.clone())).collect();
    tasks.retain(|(words, _)| words.len() > 1);
    tasks.sort_unstable_by(|a, b| (a.0.len(), &a.1).cmp(&(b.0.len(), &b.1)));
    tasks
}

impl Synonyms {
    /// Reads the texts of the files.
    pub fn parse(text: &str, translations: &str, knowledge: &Knowledge) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let Translations { translations } = toml::from_str(translations)?;
        let mut synonyms = Self::default();
        for line in &file.same {
            for phrase in line {
                let others = line.iter().filter(|other| *other != phrase);
                synonyms.add(phrase, others, w::SAME);
            }
        }
        for (phrase, meanings) in &translations {
            synonyms.add(phrase, meanings.iter(), w::TRANSLATED);
            if !phrase.contains([' ', '-']) {
                synonyms.foreign.insert(fold(phrase));
                synonyms.english.extend(meanings.iter().filter(|meaning| !meaning.contains(' ')).cloned());
            }
        }
        for (phrase, meanings) in &file.means {
            synonyms.add(phrase, meanings.iter(), w::MEANT);
            synonyms.scatter(phrase);
        }
        for (phrase, meanings) in &file.hints {
            let meant =
                meanings.iter().map(|meaning| Meaning { sense: Sense::Words(split(meaning).0), factor: w::MEANT });
            synonyms.hints.insert(phrase_key(phrase), meant.collect());
            synonyms.scatter(phrase);
        }
        for (phrase, fact) in knowledge.phrases() {
            synonyms.learn(phrase, std::iter::once(Meaning { sense: Sense::Fact(fact), factor: 1.0 }));
        }
        for (does, words) in &file.verbs {
            synonyms.verbs.extend(words.iter().map(|word| (stem(&fold(word)).into_owned(), *does)));
        }
        synonyms.tasks = tasks(&file);
        synonyms.light = file.light.iter().map(|word| stem(&fold(word)).into_owned()).collect();
        let first = |meanings: &[String]| meanings.first().is_some_and(|word| synonyms.is_light(&fold(word)));
        let translated = translations.iter().filter(|(_, meanings)| first(meanings));
        let translated: Vec<String> = translated.map(|(phrase, _)| stem(&fold(phrase)).into_owned()).collect();
        synonyms.light.extend(translated);
        Ok(synonyms)
    }

    fn add<'a>(&mut self, phrase: &str, meanings: impl Iterator<Item = &'a String>, factor: f32) {
        self.learn(phrase, meanings.map(|meaning| Meaning { sense: Sense::Words(split(meaning).0), factor }));
    }

    fn learn(&mut self, phrase: &str, meanings: impl Iterator<Item = Meaning>) {
        let (words, unspaced) = split(phrase);
        self.longest = self.longest.max(words.len());
        if unspaced {
            let whole = words.concat();
            self.longest_unspaced = self.longest_unspaced.max(whole.chars().count());
            self.unspaced.insert(whole);
        }
        let key = key(words.iter().map(String::as_str));
        self.together.entry(stem(&words.concat()).into_owned()).or_insert_with(|| key.clone());
        let known = self.meanings.entry(key).or_default();
        for meaning in meanings {
            match known.iter_mut().find(|other| other.sense == meaning.sense) {
                Some(same) => same.factor = same.factor.max(meaning.factor),
                None => known.push(meaning),
            }
        }
    }

    /// Remembers a phrase by the longest of them.
    fn scatter(&mut self, phrase: &str) {
        let key = phrase_key(phrase);
        if let Some(longest) = key.split(' ').max_by_key(|stem| stem.len()) {
            self.scattered.entry(longest.to_owned()).or_default().push(key.clone());
        }
    }
}

//! Several words that mean something together.

use super::Reading;
use crate::query::ask::{self, Ask};
use crate::query::input::{Input, InputWord};
use crate::query::synonyms::{Meaning, Sense, Synonyms};
use crate::query::terms::{Occurrences, Prefix, Reach};
use crate::query::weights as w;
use crate::snapshot::Snapshot;
use domain::Result;
use std::ops::Range;

/// Several words that mean something together.
pub struct Phrase {
    /// Which words.
    pub range: Range<usize>,
    /// How they occur, or what they stand for.
    pub found: Occurrences,
}

impl Reading {
    /// Neighbouring words that occur run together: "alert manager" for `Alertmanager`.
    pub(super) fn pairs(&mut self, snapshot: &Snapshot, input: &Input) -> Result<Vec<Phrase>> {
        let mut pairs = Vec::new();
        for (first, words) in input.words.windows(2).enumerate() {
            let term = words[0].term() + &words[1].term();
            let prefix = if words[1].last { Prefix::IfUnknown } else { Prefix::No };
            let found = Occurrences::find(snapshot, &term, 1.0, prefix, Reach::Compounds)?;
            if found.known {
                self.marks.add(&term, words[1].last);
                pairs.push(Phrase { range: first..first + 2, found });
            }
        }
        Ok(pairs)
    }

    /// What words and phrases stand for.
    pub(super) fn meanings(&mut self, snapshot: &Snapshot, input: &Input) -> Result<Vec<Phrase>> {
        let terms = input.terms();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let mut phrases = Vec::new();
        for (range, meanings) in Synonyms::builtin().phrases(&terms) {
            let share = share(&range, terms.len());
            self.named_so(snapshot, &meanings, range.len() == terms.len())?;
            let found = self.meant(snapshot, &meanings, share)?;
            if found.known || found.in_readmes > 0 {
                phrases.push(Phrase { range, found });
            }
        }
        Ok(phrases)
    }

    /// What words here and there stand for together: each of them may be what is found.
    pub(super) fn scattered(
        &mut self,
        snapshot: &Snapshot,
        input: &Input,
        phrases: &[Phrase],
    ) -> Result<Vec<(Vec<usize>, Occurrences)>> {
        let terms = input.terms();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let ranges: Vec<Range<usize>> = phrases.iter().map(|phrase| phrase.range.clone()).collect();
        let mut scattered = Vec::new();
        for (places, meanings) in Synonyms::builtin().scattered(&terms, &ranges) {
            let found = self.meant(snapshot, &meanings, w::SCATTERED)?;
            if found.known {
                scattered.push((places, found));
            }
        }
        Ok(scattered)
    }

    /// Lifts what is called like another name of the typed words.
    fn named_so(&mut self, snapshot: &Snapshot, meanings: &[Meaning], whole: bool) -> Result<()> {
        for meaning in meanings.iter().filter(|meaning| meaning.factor >= w::SAME) {
            let Sense::Words(words) = &meaning.sense else { continue };
            let score = if whole { w::WHOLE_MEANT } else { w::NAMED_MEANT };
            self.named(snapshot, &words.concat(), score * meaning.factor)?;
        }
        Ok(())
    }

    fn meant(&mut self, snapshot: &Snapshot, meanings: &[Meaning], share: f32) -> Result<Occurrences> {
        let mut found = Occurrences::default();
        for meaning in meanings {
            found.extend(meant(snapshot, &meaning.sense, meaning.factor * share)?);
            // What a word only stands for is not what was asked: marking it would explain less than the word itself.
            if let Sense::Words(words) = &meaning.sense
                && meaning.factor >= w::SAME
            {
                for word in words {
                    self.marks.add(word, false);
                }
            }
        }
        Ok(found)
    }
}

/// Whether two ranges have words in common.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The words one by one, except those of a phrase.
pub fn groups(words: usize, phrases: &[Phrase]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = phrases.iter().map(|phrase| phrase.range.clone()).collect();
    groups.retain(|group| group.len() > 1);
    let alone = (0..words).filter(|i| !groups.iter().any(|group| group.contains(i))).map(|i| i..i + 1);
    let alone: Vec<Range<usize>> = alone.collect();
    groups.extend(alone);
    groups.sort_by_key(|group| group.start);
    groups
}

/// How much a word says about which product is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Enough by itself.
    Much,
    /// Only next to another word of a compound: what it stands for by itself is not meant.
    Together,
    /// Little, given that others say more.
    Little,
}

/// What each word says. "Monitor" says little, but not in "Acme Monitor" where something is called so: "cluster monitoring"
/// is no more than "monitoring".
pub fn says(snapshot: &Snapshot, input: &Input, compounds: &[Phrase]) -> Result<Vec<Says>> {
    let synonyms = Synonyms::builtin();
    let light: Vec<bool> = input.words.iter().map(|word| synonyms.is_light(&word.pieces[0])).collect();
    if !light.contains(&false) {
        return Ok(vec![Says::Much; light.len()]);
    }
    let mut says: Vec<Says> = light.iter().map(|light| if *light { Says::Little } else { Says::Much }).collect();
    for compound in compounds {
        let term: String = input.words[compound.range.clone()].iter().map(InputWord::term).collect();
        let says_more = light[compound.range.clone()].contains(&false) || is_name(snapshot, &term)?;
        if says_more && !synonyms.is_light(&term) {
            for word in says[compound.range.clone()].iter_mut().filter(|word| **word == Says::Little) {
                *word = Says::Together;
            }
        }
    }
    Ok(says)
}

/// Whether something is called just so.
pub fn is_name(snapshot: &Snapshot, term: &str) -> Result<bool> {
    let mut names = 0;
    for field in [snapshot.fields.name_joined, snapshot.fields.alias_joined] {
        names += snapshot.lexicon.frequency(field, term)?;
    }
    Ok(names > 0)
}

/// What the meanings of a phrase count, by its length and whether there is more in the query.
fn share(phrase: &Range<usize>, words: usize) -> f32 {
    match phrase.len() {
        1 if words > 1 => w::ONE_OF_SEVERAL,
        length => (1..length).map(|_| w::LONGER_PHRASE).sum::<f32>() + 1.0,
    }
}

fn meant(snapshot: &Snapshot, sense: &Sense, factor: f32) -> Result<Occurrences> {
    let words = match sense {
        Sense::Words(words) => words,
        Sense::Fact(fact) => return Occurrences::of_fact(snapshot, fact, factor),
    };
    if let [word] = words.as_slice() {
        return Occurrences::find(snapshot, word, factor, Prefix::No, Reach::All);
    }
    let compound = words.concat();
    let mut found = Occurrences::find(snapshot, &compound, factor, Prefix::No, Reach::Compounds)?;
    let share = factor * w::APART;
    let mut all = Vec::new();
    for word in words {
        let word = Occurrences::find(snapshot, word, share, Prefix::No, Reach::Prose)?;
        if word.is_empty() {
            return Ok(found);
        }
        all.extend(ask::groups(word.strong.iter().chain(&word.weak)));
    }
    found.strong.push(Ask::All(all));
    found.known = true;
    Ok(found)
}

//! Marking in a text what matched.

use crate::analysis::{Word, fold, may_have_parts, parts, stem, words};
use crate::gate::Gate;
use crate::query::InputWord;
use contract::search::Fragment;

/// What to mark.
#[derive(Debug, Default)]
pub struct Marks {
    terms: Vec<String>,
    stems: Vec<String>,
    prefixes: Vec<String>,
    /// What the terms and their stems begin with: most of a text is dismissed by it.
    gate: Gate,
}

type Span = (usize, usize);

/// Bytes that a word has in common with its stem at least, and all of a long stem but so many.
const ALIKE: usize = 2;

impl Marks {
    /// Marks a folded term, and with `prefix` what begins with it.
    pub fn add(&mut self, term: &str, prefix: bool) {
        if self.terms.iter().any(|known| known == term) {
            return;
        }
        let stem = stem(term).into_owned();
        self.gate.add(term, term.len());
        self.gate.add(&stem, stem.len().saturating_sub(ALIKE).max(ALIKE));
        self.terms.push(term.to_owned());
        self.stems.push(stem);
        if prefix {
            self.prefixes.push(term.to_owned());
        }
    }

    /// Marks a word of the query.
    pub fn add_word(&mut self, word: &InputWord) {
        for piece in &word.pieces {
            self.add(piece, word.last || piece.chars().nth(2).is_some());
        }
    }

    fn is_term(&self, folded: &str) -> bool {
        self.terms.iter().any(|term| term == folded)
    }

    /// The part of `slice` to mark, relative to it.
    fn within(&self, slice: &str) -> Option<Span> {
        if !self.gate.may_begin(slice.as_bytes(), 0) {
            return None;
        }
        let folded = fold(slice);
        if self.is_term(&folded) {
            return Some((0, slice.len()));
        }
        // Whatever has the same stem begins alike.
        let alike = |stem: &&String| stem.bytes().zip(folded.bytes()).take(ALIKE).all(|(a, b)| a == b);
        let mut stems = self.stems.iter().filter(alike).peekable();
        if stems.peek().is_some() {
            let stemmed = stem(&folded);
            if stems.any(|stem| *stem == stemmed) {
                return Some((0, slice.len()));
            }
        }
        let prefix =
            self.prefixes.iter().filter(|prefix| folded.starts_with(prefix.as_str())).max_by_key(|p| p.len())?;
        Some((0, if slice.is_ascii() { prefix.len() } else { slice.len() }))
    }

    fn word(&self, text: &str, word: Word) -> Option<Span> {
        let slice = &text[word.start..word.end];
        if word.cjk {
            return self.cjk(slice).map(|(start, end)| (word.start + start, word.start + end));
        }
        let place = self.within(slice).or_else(|| {
            if !may_have_parts(slice) {
                return None;
            }
            parts(slice)
                .into_iter()
                .filter(|(start, end)| end - start < slice.len())
                .find_map(|(start, end)| self.within(&slice[start..end]).map(|(from, to)| (start + from, start + to)))
        });
        place.map(|(from, to)| (word.start + from, word.start + to))
    }

    /// From the first to the last piece found in a run of Chinese, Japanese or Korean.
    fn cjk(&self, run: &str) -> Option<Span> {
        let found = self.terms.iter().filter_map(|term| run.find(term.as_str()).map(|at| (at, at + term.len())));
        found.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The first place that matches.
    pub fn first(&self, text: &str) -> Option<Span> {
        let mut done = 0;
        while let Some(at) = self.gate.next(text, done) {
            let between = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
            let from = text.as_bytes()[done..at].iter().rposition(between).map_or(done, |place| done + place + 1);
            let Word { start, end, cjk } = words(&text[from..]).next()?;
            let word = Word { start: from + start, end: from + end, cjk };
            if let Some(found) = self.word(text, word) {
                return Some(found);
            }
            done = word.end;
        }
        None
    }

    /// From a word to the one after it, where both run together are a term.
    fn pair(&self, text: &str, first: Word, second: Word) -> Option<Span> {
        let slice = &text[first.start..first.end];
        if !self.gate.may_begin(slice.as_bytes(), 0) {
            return None;
        }
        let folded = fold(slice);
        let mut rests = self.terms.iter().filter_map(|term| term.strip_prefix(folded.as_str()));
        let second_folded = fold(&text[second.start..second.end]);
        rests.any(|rest| rest == second_folded).then_some((first.start, second.end))
    }

    fn spans(&self, text: &str) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut before: Option<Word> = None;
        for word in words(text) {
            spans.extend(before.and_then(|before| self.pair(text, before, word)));
            spans.extend(self.word(text, word));
            before = Some(word);
        }
        spans.sort_unstable();
        spans
    }

    /// The text in pieces, marked and not.
    pub fn fragments(&self, text: &str) -> Vec<Fragment> {
        let mut fragments: Vec<Fragment> = Vec::new();
        if self.gate.next(text, 0).is_none() {
            push(&mut fragments, text, false);
            return fragments;
        }
        let mut done = 0;
        for (start, end) in self.spans(text) {
            let start = start.max(done);
            if start >= end {
                continue;
            }
            push(&mut fragments, &text[done..start], false);
            push(&mut fragments, &text[start..end], true);
            done = end;
        }
        push(&mut fragments, &text[done..], false);
        fragments
    }
}

fn push(fragments: &mut Vec<Fragment>, text: &str, hit: bool) {
    match fragments.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ => fragments.push(Fragment { text: text.to_owned(), hit }),
    }
}

/// Whether anything is marked.
pub fn any_hit(fragments: &[Fragment]) -> bool {
    fragments.iter().any(|fragment| fragment.hit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Input;

    fn marked(q: &str, text: &str) -> String {
        let mut marks = Marks::default();
        let input = Input::parse(q);
        input.words.windows(2).for_each(|pair| marks.add(&(pair[0].term() + &pair[1].term()), pair[1].last));
        input.words.iter().for_each(|word| marks.add_word(word));
        let fragments = marks.fragments(text);
        assert_eq!(fragments.iter().map(|f| f.text.as_str()).collect::<String>(), text);
        fragments.iter().map(|f| if f.hit { format!("[{}]", f.text) } else { f.text.clone() }).collect()
    }

    #[test]
    fn marks_words_stems_and_beginnings() {
        assert_eq!(marked("slack", "Send to Slack!"), "Send to [Slack]!");
        assert_eq!(marked("alerts", "Alerting for teams"), "[Alerting] for teams");
        assert_eq!(marked("alertm", "Alertmanager"), "[Alertm]anager");
    }

    #[test]
    fn marks_compounds_written_otherwise() {
        assert_eq!(marked("pagerduty", "Pager Duty alerts"), "[Pager Duty] alerts");
        assert_eq!(marked("pager duty", "PagerDuty alerts"), "[PagerDuty] alerts");
        assert_eq!(marked("duty", "PagerDuty"), "Pager[Duty]");
    }

    #[test]
    fn the_first_match_is_found_wherever_it_is() {
        let first = |q: &str, text: &str| {
            let mut marks = Marks::default();
            Input::parse(q).words.iter().for_each(|word| marks.add_word(word));
            marks.first(text).map(|(start, end)| text[start..end].to_owned())
        };
        assert_eq!(first("duty", "A study of ducks — PagerDuty.").as_deref(), Some("Duty"));
        assert_eq!(first("ecran", "a1b2“…” l'Écran").as_deref(), Some("Écran"));
        assert_eq!(first("monitors", "Mon, moni, unmonitored, monitoring").as_deref(), Some("monitoring"));
        assert_eq!(first("数据", "Redis数据库监控").as_deref(), Some("数据"));
        assert_eq!(first("slack", "slick — stack, slac"), None);
    }

    proptest::proptest! {
        #[test]
        fn passing_over_text_passes_over_no_match(
            q in "(ecran|monitors|数据)",
            text in "(cran|écran|Monitor|mon|数据| |—|\u{308}){0,8}",
        ) {
            let mut marks = Marks::default();
            Input::parse(&q).words.iter().for_each(|word| marks.add_word(word));
            let found = words(&text).find_map(|word| marks.word(&text, word));
            proptest::prop_assert_eq!(marks.first(&text), found);
        }
    }

    #[test]
    fn marks_other_scripts_whole() {
        assert_eq!(marked("grosse", "Größe"), "[Größe]");
        assert_eq!(marked("数据库", "Redis数据库监控"), "Redis[数据库]监控");
    }
}

//! Marking in a text what matched.

use crate::analysis::{Word, fold, may_have_parts, parts, stem, words};
use crate::query::InputWord;
use contract::search::Fragment;

/// What to mark.
#[derive(Debug, Default)]
pub struct Marks {
    terms: Vec<String>,
    stems: Vec<String>,
    prefixes: Vec<String>,
    /// What the terms and their stems begin with: most words of a text are dismissed by it.
    heads: Vec<Head>,
}

/// The first byte, and the second where both are ASCII.
type Head = (u8, Option<u8>);

fn head(text: &str) -> Option<Head> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    Some((first, bytes.get(1).copied().filter(|second| first.is_ascii() && second.is_ascii())))
}

type Span = (usize, usize);

/// Bytes that a word has in common with its stem at least.
const ALIKE: usize = 2;

impl Marks {
    /// Marks a folded term, and with `prefix` what begins with it.
    pub fn add(&mut self, term: &str, prefix: bool) {
        if self.terms.iter().any(|known| known == term) {
            return;
        }
        let stem = stem(term).into_owned();
        for head in [head(term), head(&stem)].into_iter().flatten() {
            if !self.heads.contains(&head) {
                self.heads.push(head);
            }
        }
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

    /// Whether a folded term may begin like `slice`.
    fn may_begin(&self, slice: &str) -> bool {
        let Some((first, second)) = head(slice) else { return false };
        if !first.is_ascii() {
            return true;
        }
        let (first, second) = (first.to_ascii_lowercase(), second.map(|second| second.to_ascii_lowercase()));
        self.heads.iter().any(|head| head.0 == first && (head.1.is_none() || second.is_none() || head.1 == second))
    }

    /// The part of `slice` to mark, relative to it.
    fn within(&self, slice: &str) -> Option<Span> {
        if !self.may_begin(slice) {
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
        words(text).find_map(|word| self.word(text, word))
    }

    /// From a word to the one after it, where both run together are a term.
    fn pair(&self, text: &str, first: Word, second: Word) -> Option<Span> {
        let slice = &text[first.start..first.end];
        if !self.may_begin(slice) {
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
    fn marks_other_scripts_whole() {
        assert_eq!(marked("grosse", "Größe"), "[Größe]");
        assert_eq!(marked("数据库", "Redis数据库监控"), "Redis[数据库]监控");
    }
}

//! Scoring some documents after others, so few at a time that what they score stays close to the processor, and each
//! time only those that can still be among the best: questions that can't lift anything that high by themselves are asked
//! only about what others found (`MaxScore`: Turtle and Flood, Information Processing & Management 31(6), 1995).

use super::bits::Bits;
use super::cursor::Cursor;
use super::steps::{Left, Step};
use crate::prominence;
use crate::query::weights as w;
use crate::segment::SegmentData;
use crate::snapshot::Snapshot;
use crate::top::{self, Top};
use domain::Result;
use tantivy::DocId;

/// Documents of the first window, and of the largest: each is twice as long as the one before, so that it is soon known
/// what the best are. Few in tests, so that small indexes have many windows.
const FIRST: usize = if cfg!(test) { 64 } else { 512 };
const LONGEST: usize = if cfg!(test) { 128 } else { 4096 };
const WORDS: usize = LONGEST / 64;
/// Sums in another order may differ by less than this share.
const ROUNDING: f32 = 1e-4;

/// Documents that follow each other.
#[derive(Clone, Copy)]
pub struct Window {
    /// The first.
    pub start: DocId,
    /// One past the last.
    pub end: DocId,
}

/// Some documents of a window.
type Set = [u64; WORDS];

/// What one document has of a query.
#[derive(Clone, Copy, Default)]
struct Row {
    score: f32,
    /// The best way it has the word `word`.
    best: f32,
    /// The last word it was scored by; 0 when it was by none.
    word: u16,
}

/// One window.
struct Pass<'a> {
    data: &'a SegmentData,
    window: Window,
    rows: &'a mut [Row],
    /// Documents that have a row.
    scored: Set,
    /// The least score that is among the best.
    least: f32,
}

/// Offers the best of some documents of a segment.
pub fn best(snapshot: &Snapshot, segment: u32, steps: &[Step<'_>], among: &Bits, top: &mut Top) -> Result<()> {
    let (data, id_ranks) = (&snapshot.segments[segment as usize], &snapshot.id_ranks[segment as usize]);
    let mut cursors = cursors(snapshot, segment, steps)?;
    let mut rows = vec![Row::default(); data.len().min(LONGEST)];
    for (window, wanted) in windows(among) {
        if wanted.iter().all(|word| *word == 0) {
            continue;
        }
        let least = top.least_score() * (1.0 - ROUNDING);
        let enough = cursors.partition_point(|cursor| cursor.left.any * prominence::MOST >= least);
        let (by_themselves, further) = cursors.split_at_mut(enough);
        if by_themselves.is_empty() {
            return Ok(());
        }
        let mut pass = Pass { data, window, rows: &mut rows, scored: [0; WORDS], least };
        for cursor in by_themselves {
            pass.find(cursor, wanted);
        }
        for doc in pass.promising(further) {
            let score = pass.rows[window.place(doc)].score * data.prominence[doc as usize];
            let primary = top::ordered_f32(score);
            if !top.is_out(primary) {
                top.push(top::key(primary, id_ranks[doc as usize], score));
            }
        }
        Bits::each_of(&pass.scored, window.start, |doc| pass.rows[window.place(doc)] = Row::default());
    }
    Ok(())
}

/// One window after the other, and which of its documents are wanted.
fn windows(among: &Bits) -> impl Iterator<Item = (Window, &[u64])> {
    let (mut left, mut start, mut length) = (among.words(), 0, FIRST / 64);
    std::iter::from_fn(move || {
        let (wanted, others) = left.split_at(length.min(left.len()));
        let end = start + 64 * DocId::try_from(wanted.len()).ok()?;
        let window = Window { start, end };
        (left, start, length) = (others, end, (length * 2).min(WORDS));
        (!wanted.is_empty()).then_some((window, wanted))
    })
}

fn cursors<'a>(snapshot: &'a Snapshot, segment: u32, steps: &[Step<'a>]) -> Result<Vec<Cursor<'a>>> {
    let mut cursors: Vec<Cursor<'_>> = Vec::with_capacity(steps.len());
    for step in steps {
        let Some(cursor) = Cursor::new(snapshot, segment, step)? else { continue };
        if let Some(before) = cursors.last_mut() {
            let any = cursor.left.any;
            let of_other_word = Left { any, further: any, best: 0.0 };
            before.later = if before.word == cursor.word { cursor.left } else { of_other_word };
        }
        cursors.push(cursor);
    }
    Ok(cursors)
}

impl Pass<'_> {
    /// Scores what a question finds, unless it finds it too far behind.
    fn find(&mut self, cursor: &mut Cursor<'_>, wanted: &[u64]) {
        let Self { data, window, rows, scored, least } = self;
        let (word, later) = (cursor.word, cursor.later);
        let see = |doc: DocId, score: f32| {
            let row = &mut rows[window.place(doc)];
            if row.word == 0 {
                if (score + later.over(score)) * data.prominence[doc as usize] < *least {
                    return;
                }
                window.insert(scored, doc);
            }
            row.add(word, score);
        };
        cursor.read(*window, |doc| window.has(wanted, doc), see);
    }

    /// Asks further questions about what was found. Tells what of it may be among the best.
    fn promising(&mut self, further: &mut [Cursor<'_>]) -> Vec<DocId> {
        let Self { data, window, rows, scored, least } = self;
        let mut promising = Vec::new();
        Bits::each_of(scored, window.start, |doc| promising.push(doc));
        for cursor in further {
            let (word, left) = (cursor.word, cursor.left);
            promising.retain(|doc| {
                let row = &rows[window.place(*doc)];
                let left = if row.word == word { left.over(row.best) } else { left.any };
                (row.score + left) * data.prominence[*doc as usize] >= *least
            });
            if promising.is_empty() {
                break;
            }
            let add = |doc: DocId, score| rows[window.place(doc)].add(word, score);
            if cursor.is_short(*window, data.len(), promising.len()) {
                let mut wanted = [0; WORDS];
                for doc in &promising {
                    window.insert(&mut wanted, *doc);
                }
                cursor.read(*window, |doc| window.has(&wanted, doc), add);
            } else {
                cursor.look_up(&promising, add);
            }
        }
        promising
    }
}

impl Window {
    /// How many documents it has.
    pub fn length(self) -> usize {
        (self.end - self.start) as usize
    }

    fn place(self, doc: DocId) -> usize {
        (doc - self.start) as usize
    }

    fn insert(self, set: &mut Set, doc: DocId) {
        set[self.place(doc) / 64] |= 1 << (doc % 64);
    }

    fn has(self, set: &[u64], doc: DocId) -> bool {
        set[self.place(doc) / 64] >> (doc % 64) & 1 != 0
    }
}

impl Row {
    /// The best way a document has a word counts, and a share of the others.
    fn add(&mut self, word: u16, score: f32) {
        if self.word != word {
            *self = Self { word, best: 0.0, ..*self };
        }
        let better = (score - self.best).max(0.0);
        self.best += better;
        self.score += better;
        self.score += w::FURTHER_FIELD * (score - better);
    }
}

#[cfg(test)]
mod tests {
    use crate::index::TantivyIndex;
    use crate::query::{Input, Reading};
    use crate::scan::best;
    use crate::tally::Tally;
    use contract::Timestamp;
    use contract::listing::{Certification, ListingCard};
    use domain::ports::{CategoryName, SearchDocument, SearchIndex};
    use proptest::prelude::*;
    use std::collections::HashSet;

    /// Few words, so that each is in many documents.
    const WORDS: [&str; 8] = ["alert", "alerts", "cloud", "metric", "pager", "monitor", "slack", "ticket"];

    fn document(n: usize, words: &[usize]) -> SearchDocument {
        let word = |at: usize| WORDS[words[at % words.len()]];
        let text = |from: usize, length: usize| (from..from + length).map(word).collect::<Vec<_>>().join(" ");
        let category = CategoryName { path: "a/b".into(), group: "A".into(), leaf: "B".into() };
        SearchDocument {
            card: ListingCard {
                id: format!("listing-{n}").into(),
                name: format!("{} {n}", word(0)),
                summary: text(1, n % 4),
                partner_id: "partner".into(),
                partner_name: "Partner".into(),
                icon: None,
                certification: Certification::None,
                installable: n.is_multiple_of(3),
                category: "a/b".into(),
                installs: u32::try_from(n * 37 % 5000).unwrap(),
                rating: None,
                price: None,
            },
            aliases: Vec::new(),
            tags: vec![word(2).to_owned()],
            categories: vec![category],
            readme: text(3, n % 9),
            pricing: ("free".into(), "Free".into()),
            support: ("community".into(), "Community".into()),
            capabilities: Vec::new(),
            auth: ("none".into(), "None".into()),
            rating: 0.0,
            requests: 0,
            looks: 0,
            published_at: Timestamp(0),
        }
    }

    #[test]
    fn no_term_is_read_twice_for_a_word() {
        let index = TantivyIndex::in_memory().unwrap();
        index.rebuild((0..9).map(|n| document(n, &[0, 1, 0, 1])).collect(), 1).unwrap();
        let snapshot = index.snapshot();
        let reading = Reading::new(&snapshot, &Input::parse("alerts")).unwrap();
        for clause in &reading.clauses {
            let terms: Vec<_> = clause.strong.iter().filter_map(|ask| ask.entry()).map(|entry| &entry.term).collect();
            let once: HashSet<_> = terms.iter().collect();
            assert_eq!((once.len(), terms.is_empty()), (terms.len(), false));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_left_out_is_none_of_the_best(
            listings in proptest::collection::vec(proptest::collection::vec(0..WORDS.len(), 1..12), 200..600),
            queries in proptest::collection::vec(proptest::collection::vec(0..WORDS.len(), 1..4), 12),
            keep in 1usize..20,
        ) {
            let index = TantivyIndex::in_memory().unwrap();
            let (first, second) = listings.split_at(listings.len() / 3);
            let put = |documents: &[Vec<usize>], from: usize| {
                documents.iter().enumerate().map(|(n, words)| document(n + from, words)).collect::<Vec<_>>()
            };
            index.rebuild(put(first, 0), 1).unwrap();
            let change = |document| domain::ports::IndexChange::Put(Box::new(document));
            index.apply(put(second, first.len()).into_iter().map(change).collect(), 2).unwrap();
            let snapshot = index.snapshot();
            for words in queries {
                let q = words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
                let reading = Reading::new(&snapshot, &Input::parse(&q)).unwrap();
                let tally = Tally::new(&snapshot, &reading).unwrap();
                let all = best(&snapshot, &tally, listings.len() + 1).unwrap();
                prop_assert_eq!(all.len() as u64, tally.matched);
                let few = best(&snapshot, &tally, keep).unwrap();
                prop_assert_eq!(&few[..], &all[..keep.min(all.len())], "{}", q);
            }
        }
    }
}

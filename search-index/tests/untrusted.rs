//! Whatever somebody types: an answer, never a panic or an error.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests, and their helpers")]

mod common;

use common::{filter, index, query};
use contract::search::{FacetField, SearchQuery, Sort};
use domain::ports::SearchIndex;

const NASTY: [&str; 22] = [
    "\"",
    "\"unclosed phrase",
    "AND OR NOT",
    "name:slack AND -jira",
    "field:*",
    "[a TO z]",
    "(((",
    "a^99999",
    "~2 slakc~",
    "\\",
    "\0\0",
    "\u{feff}\u{200b}\u{202e}",
    "e\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦 🚒",
    "ﷺ",
    "ß ẞ ﬃ",
    "İıſK",
    "数据库监控告警",
    "ไทยภาษา",
    "नमस्ते",
    "שלום",
    "\u{1d4df}\u{1d4f8}",
];

/// A small generator of repeatable noise (Marsaglia's xorshift).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn text(&mut self) -> String {
        let length = self.next() % 40;
        (0..length)
            .map(|_| match self.next() % 4 {
                0 => char::from(u8::try_from(self.next() % 128).unwrap()),
                1 => ' ',
                2 => char::from(b"slackprometheus"[usize::try_from(self.next() % 15).unwrap()]),
                _ => char::from_u32(u32::try_from(self.next() % 0x11_0000).unwrap()).unwrap_or('\u{301}'),
            })
            .collect()
    }
}

fn all_questions(q: &str) {
    let index = index();
    ask_everything(&index, q);
}

fn ask_everything(index: &search_index::TantivyIndex, q: &str) {
    let page = index.search(&query(q)).unwrap();
    assert!(page.total <= 12);
    for hit in &page.hits {
        let joined: String = hit.summary_fragments.iter().map(|f| f.text.as_str()).collect();
        assert_eq!(joined, hit.card.summary, "{q:?}");
    }
    index.suggest(q, 8).unwrap();
    index.similar(&q.into(), 8).unwrap();
    let filters = vec![filter(FacetField::Partner, q), filter(FacetField::Category, q)];
    assert_eq!(index.search(&SearchQuery { filters, sort: Sort::Name, ..query("") }).unwrap().total, 0);
}

#[test]
fn odd_input_is_answered() {
    for q in NASTY {
        all_questions(q);
        all_questions(&q.repeat(2000));
    }
    all_questions(&"x".repeat(100_000));
    all_questions(&"slack ".repeat(10_000));
}

#[test]
fn noise_is_answered() {
    let index = index();
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    for _ in 0..1500 {
        ask_everything(&index, &noise.text());
    }
}

#[test]
fn odd_documents_are_indexed() {
    let index = index();
    let changes = NASTY.iter().chain(&["", "x"]).map(|text| {
        let mut document = common::listing("slack");
        document.card.id = (*text).into();
        (document.card.name, document.card.summary, document.readme) =
            (text.repeat(50), text.repeat(3), text.repeat(9999));
        document.tags = vec![text.repeat(300)];
        document.aliases = vec![String::new(), (*text).to_owned()];
        document.rating = f64::NAN;
        domain::ports::IndexChange::Put(Box::new(document))
    });
    index.apply(changes.collect(), 2).unwrap();
    let total = index.search(&query("")).unwrap().total;
    assert_eq!(total, 12 + 24);
    for q in NASTY {
        index.search(&query(q)).unwrap();
        index.suggest(q, 8).unwrap();
    }
}

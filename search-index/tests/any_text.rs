//! No text whatever makes a search fail: it is typed by strangers.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{catalogue, query};
use contract::search::{MAX_QUERY_CHARS, SearchPage};
use domain::ports::SearchIndex;
use proptest::prelude::*;
use search_index::TantivyIndex;
use std::sync::LazyLock;

/// Pieces that are known to be trouble: bidirectional controls, NUL, emoji, combining marks, query syntax, other scripts.
const PIECES: [&str; 28] = [
    "\u{202e}",
    "\u{200f}",
    "\0",
    "🔥",
    "👩‍🚒",
    "e\u{301}",
    "\u{301}\u{301}",
    "\"",
    "*",
    "~2",
    "AND",
    "NOT -",
    "field:",
    "(((",
    "[a TO",
    "数据库",
    "データ",
    "한국어",
    "ß",
    "İ",
    "ﬁ",
    "\u{feff}",
    "pager duty",
    "k8s",
    "open a ticket",
    "slakc",
    "x",
    " ",
];

static INDEX: LazyLock<TantivyIndex> = LazyLock::new(common::index);

fn check(q: &str) -> SearchPage {
    let page = INDEX.search(&query(q)).unwrap();
    assert!(page.hits.len() <= catalogue().len());
    for hit in &page.hits {
        let name: String = hit.name_fragments.iter().map(|fragment| fragment.text.as_str()).collect();
        assert_eq!(name, hit.card.name, "highlighting loses nothing");
        assert!(hit.score.is_finite(), "{q:?} scores {}", hit.score);
    }
    INDEX.suggest(q, 8).unwrap();
    page
}

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(q in any::<String>()) {
        check(&q);
    }

    #[test]
    fn any_mix_of_troublesome_pieces(q in pieces()) {
        check(&q);
    }

    #[test]
    fn one_thing_very_often(piece in proptest::sample::select(&PIECES[..]), times in 1usize..40_000) {
        check(&piece.repeat(times));
    }

    #[test]
    fn what_follows_the_longest_query_is_ignored(rest in any::<String>()) {
        let longest = "slack ".repeat(MAX_QUERY_CHARS);
        let found: Vec<_> = check(&longest).hits.into_iter().map(|hit| hit.card.id).collect();
        let with_more: Vec<_> = check(&(longest + &rest)).hits.into_iter().map(|hit| hit.card.id).collect();
        prop_assert_eq!(found, with_more);
    }
}

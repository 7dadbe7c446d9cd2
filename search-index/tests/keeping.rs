//! Writing, reopening, and what happens to an index that can't be used.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests, and their helpers")]

mod common;

use common::{ask, catalogue, filter, ids, listing, query};
use contract::search::{FacetField, SearchQuery};
use domain::ports::{IndexChange, SearchIndex};
use search_index::{TantivyIndex, version};
use std::fs;
use std::path::Path;

fn filled(dir: &Path) -> TantivyIndex {
    let index = TantivyIndex::open(dir).unwrap();
    index.rebuild(catalogue(), 42).unwrap();
    index
}

/// Positions and results of an index opened anew.
fn reopened(dir: &Path) -> (Option<i64>, u64) {
    let index = TantivyIndex::open(dir).unwrap();
    (index.position(), ask(&index, "").total)
}

#[test]
fn a_new_index_wants_to_be_built() {
    let index = TantivyIndex::in_memory().unwrap();
    assert_eq!(index.position(), None);
    assert_eq!(ask(&index, "").total, 0);
    assert_eq!(ask(&index, "slack").total, 0);
}

#[test]
fn changes_are_visible_at_once() {
    let index = TantivyIndex::in_memory().unwrap();
    index.rebuild(Vec::new(), 0).unwrap();
    index
        .apply(vec![IndexChange::Put(Box::new(listing("slack"))), IndexChange::Put(Box::new(listing("jira")))], 7)
        .unwrap();
    assert_eq!(index.position(), Some(7));
    assert_eq!(ids(&ask(&index, "slack")), ["slack"]);

    let mut renamed = listing("slack");
    renamed.card.name = "Discord".to_owned();
    renamed.card.partner_name = "Discord".to_owned();
    index.apply(vec![IndexChange::Put(Box::new(renamed)), IndexChange::Delete("jira".into())], 9).unwrap();
    assert_eq!(index.position(), Some(9));
    assert_eq!(ids(&ask(&index, "")), ["slack"]);
    assert_eq!(ids(&ask(&index, "discord")), ["slack"]);
    assert_eq!(ask(&index, "jira").total, 0);
    let partner = vec![filter(FacetField::Partner, "slack")];
    let page = index.search(&SearchQuery { filters: partner, ..query("") }).unwrap();
    let labels: Vec<&str> = page
        .facets
        .iter()
        .filter(|f| f.field == FacetField::Partner)
        .flat_map(|f| &f.values)
        .map(|v| v.label.as_str())
        .collect();
    assert_eq!(labels, ["Discord"], "the latest label");
}

#[test]
fn the_last_change_of_a_listing_counts() {
    let index = TantivyIndex::in_memory().unwrap();
    let put = || IndexChange::Put(Box::new(listing("slack")));
    index.apply(vec![put(), put(), IndexChange::Delete("slack".into())], 1).unwrap();
    assert_eq!(ask(&index, "").total, 0);
    index.apply(vec![IndexChange::Delete("slack".into()), put(), put()], 2).unwrap();
    assert_eq!(ask(&index, "").total, 1);
}

#[test]
fn many_small_changes_keep_orders_right() {
    let index = TantivyIndex::in_memory().unwrap();
    for (document, position) in catalogue().into_iter().rev().zip(1..) {
        index.apply(vec![IndexChange::Put(Box::new(document))], position).unwrap();
    }
    let by_name = SearchQuery { sort: contract::search::Sort::Name, ..query("") };
    let names: Vec<String> = index.search(&by_name).unwrap().hits.into_iter().map(|hit| hit.card.name).collect();
    assert_eq!(names.len(), 12);
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn rebuilding_replaces_everything() {
    let index = TantivyIndex::in_memory().unwrap();
    index.rebuild(catalogue(), 1).unwrap();
    index.rebuild(vec![listing("jira")], 2).unwrap();
    assert_eq!(ids(&ask(&index, "")), ["jira"]);
    assert_eq!(index.position(), Some(2));
}

#[test]
fn an_index_survives_closing() {
    let dir = tempfile::tempdir().unwrap();
    drop(filled(dir.path()));
    assert_eq!(reopened(dir.path()), (Some(42), 12));
}

#[test]
fn an_index_of_another_version_is_emptied() {
    let dir = tempfile::tempdir().unwrap();
    drop(filled(dir.path()));
    let meta = dir.path().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let ours = format!("\\\"schema\\\":{}", version());
    assert!(text.contains(&ours), "{text}");
    fs::write(&meta, text.replace(&ours, "\\\"schema\\\":0")).unwrap();
    assert_eq!(reopened(dir.path()), (None, 0));
    drop(filled(dir.path()));
    assert_eq!(reopened(dir.path()), (Some(42), 12));
}

#[test]
fn a_damaged_index_is_emptied() {
    for damage in ["meta.json", "store", "idx", "missing"] {
        let dir = tempfile::tempdir().unwrap();
        drop(filled(dir.path()));
        let files = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
        let wanted = if damage == "missing" { "term" } else { damage };
        let file = files.into_iter().find(|path| path.to_string_lossy().ends_with(wanted)).unwrap();
        if damage == "missing" {
            fs::remove_file(&file).unwrap();
        } else {
            let mut bytes = fs::read(&file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
            fs::write(&file, bytes).unwrap();
        }
        assert_eq!(reopened(dir.path()), (None, 0), "{damage}");
    }
}

#[test]
fn a_second_writer_is_refused_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let first = filled(dir.path());
    assert!(TantivyIndex::open(dir.path()).is_err());
    drop(first);
    assert_eq!(reopened(dir.path()), (Some(42), 12));
}

#[test]
fn searches_go_on_while_writing() {
    let index = common::index();
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| (0..300).map(|_| ask(&index, "slack").total).min());
        for position in 2..12 {
            index.apply(vec![IndexChange::Put(Box::new(listing("slack")))], position).unwrap();
        }
        assert_eq!(searching.join().unwrap(), Some(1));
    });
}

//! What finds what, and in which order.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests, and their helpers")]

mod common;

use common::{ask, catalogue, ids, index, listing};
use domain::ports::SearchIndex;
use search_index::TantivyIndex;

#[test]
fn exact_name_comes_first() {
    let index = index();
    for document in catalogue() {
        let page = ask(&index, &document.card.name);
        assert_eq!(ids(&page)[0], document.card.id.as_str(), "{}", document.card.name);
        assert_eq!(page.corrected, None);
    }
}

#[test]
fn spellings_with_and_without_spaces_are_the_same() {
    let index = index();
    for q in ["Pager Duty", "pagerduty", "PagerDuty", "PAGER-DUTY", "pagér duty"] {
        assert_eq!(ids(&ask(&index, q))[0], "pagerduty", "{q}");
    }
    for q in ["webhook", "web hook", "WebHook"] {
        assert_eq!(ids(&ask(&index, q))[0], "webhook", "{q}");
    }
    for q in ["uptimekuma", "uptime kuma"] {
        assert_eq!(ids(&ask(&index, q))[0], "uptime-kuma", "{q}");
    }
}

#[test]
fn finds_while_typing() {
    let index = index();
    for q in ["alertm", "prometheus al", "prometheus alertm"] {
        assert_eq!(ids(&ask(&index, q))[0], "alertmanager", "{q}");
    }
    assert_eq!(ids(&ask(&index, "s"))[0], "slack");
}

#[test]
fn corrects_typing_mistakes_and_says_so() {
    let index = index();
    for (q, id, corrected) in [
        ("pagrduty", "pagerduty", "PagerDuty"),
        ("slakc", "slack", "Slack"),
        ("promethues", "prometheus", "Prometheus"),
        ("kuberntees", "kubernetes", "Kubernetes"),
        ("grafanna loki", "grafana-loki", "Grafana loki"),
    ] {
        let page = ask(&index, q);
        assert_eq!(ids(&page)[0], id, "{q}");
        assert_eq!(page.corrected.as_deref(), Some(corrected), "{q}");
    }
}

#[test]
fn short_words_are_not_corrected() {
    let index = index();
    assert_eq!(ask(&index, "xra").total, 0);
    assert_eq!(ask(&index, "jrx").total, 0);
}

#[test]
fn a_word_that_exists_is_not_corrected() {
    let index = TantivyIndex::in_memory().unwrap();
    let mut other = listing("slack");
    other.card.id = "slick".into();
    other.card.name = "Slick".to_owned();
    other.card.partner_name = "Slick".to_owned();
    index.rebuild(vec![listing("slack"), other], 1).unwrap();
    let page = ask(&index, "slick");
    assert_eq!(ids(&page), ["slick"]);
    assert_eq!(page.corrected, None);
}

#[test]
fn words_may_be_split_and_abbreviated() {
    let index = index();
    assert_eq!(ids(&ask(&index, "prom alert manager"))[0], "alertmanager");
    assert_eq!(ids(&ask(&index, "k8s"))[0], "kubernetes");
    assert_eq!(ids(&ask(&index, "PD"))[0], "pagerduty");
    assert_eq!(ids(&ask(&index, "am"))[0], "alertmanager");
}

#[test]
fn category_words_find_their_listings() {
    let index = index();
    let page = ask(&index, "observability");
    let found = ids(&page);
    for listing in ["grafana", "grafana-loki", "prometheus", "sentry", "uptime-kuma"] {
        assert!(found.contains(&listing), "{listing} in {found:?}");
    }
}

#[test]
fn all_words_are_wanted_but_most_will_do() {
    let index = index();
    assert_eq!(ids(&ask(&index, "grafana dashboards"))[0], "grafana");
    assert_eq!(ids(&ask(&index, "create a jira issue from an alert"))[0], "jira");
    assert_eq!(ids(&ask(&index, "grafana zzzzqqqq"))[0], "grafana");
    assert_eq!(ids(&ask(&index, "grafana zzzzqqqq yyyyxxxx"))[0], "grafana", "a name counts more");
    assert_eq!(ask(&index, "grafana zzzzqqqq yyyyxxxx wwwwvvvv").total, 0, "one word of four is too few");
    assert_eq!(ask(&index, "resolved zzzzqqqq yyyyxxxx").total, 0, "one word of three that is no name is too few");
}

#[test]
fn nothing_is_found_for_nonsense() {
    let index = index();
    let page = ask(&index, "zzzzqqqq");
    assert_eq!((page.total, page.hits.len()), (0, 0));
    assert_eq!(page.corrected, None);
}

#[test]
fn nothing_typed_is_everything_most_installed_first() {
    let index = index();
    for q in ["", "   ", "?!", "\"\""] {
        let page = ask(&index, q);
        assert_eq!(page.total, 12, "{q:?}");
        assert_eq!(ids(&page)[..2], ["slack", "webhook"]);
    }
}

#[test]
fn prominence_orders_equals() {
    let index = TantivyIndex::in_memory().unwrap();
    let mut popular = listing("sentry");
    popular.card.id = "sentry-two".into();
    popular.card.installs = 5000;
    index.rebuild(vec![listing("sentry"), popular], 1).unwrap();
    assert_eq!(ids(&ask(&index, "sentry")), ["sentry-two", "sentry"]);
}

#[test]
fn a_meaning_of_several_words_needs_each_of_them() {
    let told = |id: &str, summary: &str| {
        let mut document = listing("slack");
        document.card.id = id.into();
        document.card.name = format!("Thing {id}");
        document.card.summary = summary.to_owned();
        document
    };
    // One word of the meaning is as rare as the whole, or much more frequent: these are looked up in different ways.
    for others in [1, 60] {
        let mut documents: Vec<_> =
            (0..others).map(|n| told(&format!("a{n}"), "Storage for whatever you like.")).collect();
        documents.push(told("both", "Storage of any object."));
        documents.push(told("one", "An object of art."));
        let index = TantivyIndex::in_memory().unwrap();
        index.rebuild(documents, 1).unwrap();
        let page = ask(&index, "blob storage");
        assert_eq!(ids(&page)[0], "both", "{others}");
        assert!(!ids(&page).contains(&"one"), "{others}");
        let page = ask(&index, "object storage");
        assert_eq!(ids(&page)[0], "both", "{others}");
    }
}

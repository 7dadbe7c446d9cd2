//! What an answer says: facets, order, pages, highlights, reasons.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests, and their helpers")]

mod common;

use common::{ask, filter, ids, index, is_related, marked, query};
use contract::search::{
    FacetField, FacetValue, MAX_LIMIT, MAX_OFFSET, PAGE_SIZE, SearchPage, SearchQuery, Sort, SuggestionKind,
};
use domain::ports::SearchIndex;

fn values(page: &SearchPage, field: FacetField) -> Vec<&FacetValue> {
    page.facets.iter().filter(|facet| facet.field == field).flat_map(|facet| &facet.values).collect()
}

fn count(page: &SearchPage, field: FacetField, value: &str) -> Option<u64> {
    values(page, field).into_iter().find(|v| v.value == value).map(|v| v.count)
}

#[test]
fn facets_count_groups_and_leaves_with_names() {
    let page = ask(&index(), "");
    assert_eq!(count(&page, FacetField::Category, "monitoring"), Some(5));
    assert_eq!(count(&page, FacetField::Category, "monitoring/metrics"), Some(3));
    assert_eq!(count(&page, FacetField::Installable, "no"), Some(1));
    let monitoring = values(&page, FacetField::Category).into_iter().find(|v| v.value == "monitoring").unwrap();
    assert_eq!(monitoring.label, "Monitoring & observability");
    let partner = values(&page, FacetField::Partner).into_iter().find(|v| v.value == "grafana-labs").unwrap();
    assert_eq!((partner.label.as_str(), partner.count), ("Grafana Labs", 2));
    let counts: Vec<u64> = values(&page, FacetField::Category).iter().map(|v| v.count).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "most frequent first");
    assert_eq!(values(&page, FacetField::Certification)[0].label, "Not certified");
}

#[test]
fn a_fields_own_filter_leaves_its_counts_alone() {
    let index = index();
    let filters = vec![filter(FacetField::Category, "monitoring/metrics")];
    let page = index.search(&SearchQuery { filters: filters.clone(), ..query("") }).unwrap();
    assert_eq!(page.total, 3);
    assert_eq!(count(&page, FacetField::Category, "monitoring/logging"), Some(1));
    assert_eq!(count(&page, FacetField::Partner, "grafana-labs"), Some(1));
    assert_eq!(count(&page, FacetField::Partner, "slack"), None);

    let mut both = filters;
    both.push(filter(FacetField::Category, "monitoring/logging"));
    let page = index.search(&SearchQuery { filters: both.clone(), ..query("") }).unwrap();
    assert_eq!(page.total, 4, "values of one field mean any of them");

    both.push(filter(FacetField::Partner, "grafana-labs"));
    let page = index.search(&SearchQuery { filters: both, ..query("") }).unwrap();
    assert_eq!(page.total, 2, "different fields must all match");
    assert_eq!(count(&page, FacetField::Partner, "prometheus"), Some(1));
    assert_eq!(count(&page, FacetField::Category, "incidents"), None);
}

#[test]
fn a_chosen_value_is_shown_even_without_results() {
    let filters = vec![filter(FacetField::Partner, "nobody"), filter(FacetField::Category, "collaboration")];
    let page = index().search(&SearchQuery { filters, ..query("grafana") }).unwrap();
    assert_eq!(page.total, 0);
    let nobody = values(&page, FacetField::Partner).into_iter().find(|v| v.value == "nobody").unwrap();
    assert!(nobody.selected && nobody.count == 0);
    let chat = values(&page, FacetField::Category).into_iter().find(|v| v.value == "collaboration").unwrap();
    assert!(chat.selected && chat.label == "Collaboration");
}

#[test]
fn sorts() {
    let index = index();
    let sorted = |sort| index.search(&SearchQuery { sort, ..query("") }).unwrap();
    assert_eq!(ids(&sorted(Sort::Installs))[..3], ["slack", "webhook", "sentry"]);
    assert_eq!(ids(&sorted(Sort::Newest))[..2], ["webhook", "sentry"]);
    assert_eq!(ids(&sorted(Sort::Name))[..4], ["grafana", "grafana-loki", "jira", "kubernetes"]);
    assert_eq!(ids(&sorted(Sort::Rating))[..4], ["grafana", "opsgenie", "pagerduty", "uptime-kuma"], "equals by id");
    let found = index.search(&SearchQuery { sort: Sort::Name, ..query("on-call") }).unwrap();
    assert_eq!(ids(&found), ["opsgenie", "pagerduty"]);
}

#[test]
fn pages() {
    let index = index();
    let page = |offset, limit| {
        let query = SearchQuery { offset, limit, sort: Sort::Name, ..query("") };
        index.search(&query).unwrap()
    };
    let all = page(0, 12);
    assert_eq!(ids(&page(5, 3)), ids(&all)[5..8]);
    assert_eq!(page(5, 3).total, 12);
    assert!(page(12, 3).hits.is_empty());
    assert_eq!(page(0, 0).limit, PAGE_SIZE);
    assert_eq!(page(0, u32::MAX).limit, MAX_LIMIT);
    assert_eq!(page(u32::MAX, 1).offset, MAX_OFFSET);
}

#[test]
fn marks_what_matched() {
    let index = index();
    let first = |q: &str| ask(&index, q).hits.swap_remove(0);
    assert_eq!(marked(&first("slack").name_fragments), "[Slack]");
    assert_eq!(marked(&first("alertm").name_fragments), "Prometheus [Alertm]anager");
    assert_eq!(marked(&first("pagrduty").name_fragments), "[PagerDuty]");
    assert_eq!(marked(&first("pager duty").name_fragments), "[PagerDuty]");
    assert_eq!(marked(&first("posts messages").summary_fragments), "[Post] [messages] to channels.");
    assert_eq!(marked(&first("").name_fragments), "Slack");
}

#[test]
fn says_why_when_the_text_does_not_show_it() {
    let index = index();
    let reason = |q: &str, id: &str| {
        let hit = ask(&index, q).hits.into_iter().find(|hit| hit.card.id.as_str() == id).unwrap();
        hit.reason.map(|reason| (reason.field, marked(&reason.fragments)))
    };
    let because = |field: &str, text: &str| Some((field.to_owned(), text.to_owned()));
    assert_eq!(reason("slack", "slack"), None);
    assert_eq!(reason("am", "alertmanager"), because("alias", "[AM]"));
    assert_eq!(reason("k8s", "kubernetes"), None, "the name is marked");
    assert_eq!(reason("cncf", "prometheus"), because("tag", "[cncf]"));
    assert_eq!(reason("observability", "sentry"), because("category", "Monitoring & [observability]"));
    assert_eq!(reason("atlassian", "jira"), because("partner", "[Atlassian]"));
    assert_eq!(
        reason("wizard", "sentry"),
        because("readme", "… an internal integration and copy its client secret into the [wizard].")
    );
}

#[test]
fn suggests_completions() {
    let index = index();
    let suggest = |q: &str| -> Vec<String> {
        let found = index.suggest(q, 5).unwrap().into_iter();
        found.filter(|found| found.kind == SuggestionKind::Listing).map(|found| found.id).collect()
    };
    assert_eq!(suggest("s"), ["slack", "sentry", "jira"], "names before aliases, popular first");
    assert_eq!(suggest("grafana"), ["grafana", "grafana-loki"], "the whole name before longer ones");
    assert_eq!(suggest("lok"), ["grafana-loki"]);
    assert_eq!(suggest("prom al"), ["alertmanager"]);
    assert_eq!(suggest("pager du"), ["pagerduty"]);
    assert_eq!(suggest("pgaer"), ["pagerduty"], "a transposition in the beginning");
    assert_eq!(suggest("kuberntes"), ["kubernetes"]);
    assert!(suggest("zzzz").is_empty() && suggest("").is_empty() && suggest("?").is_empty());
    assert_eq!(index.suggest("s", 1).unwrap().len(), 1);
    assert_eq!(suggest("atlas"), ["jira", "opsgenie"], "products of a partner");
    assert_eq!(suggest("collab"), ["slack"], "products of a category");
    assert_eq!(suggest("open a ticket")[0], "jira", "products for a task");
    let k8s = index.suggest("k8", 5).unwrap().remove(0);
    assert_eq!((k8s.hint.as_str(), marked(&k8s.name).as_str()), ("k8s", "Kubernetes"));
    let loki = index.suggest("grafana lo", 5).unwrap().remove(0);
    assert_eq!((loki.hint.as_str(), marked(&loki.name).as_str()), ("Logging", "[Grafana] [Lo]ki"));
}

#[test]
fn suggests_categories_partners_and_tasks() {
    let index = index();
    let others = |q: &str| -> Vec<(SuggestionKind, String, String)> {
        let found = index.suggest(q, 8).unwrap().into_iter();
        let others = found.filter(|found| found.kind != SuggestionKind::Listing);
        others.map(|found| (found.kind, found.id, found.hint)).collect()
    };
    let category = |path: &str, listings: &str| (SuggestionKind::Category, path.to_owned(), listings.to_owned());
    assert_eq!(others("loggi"), [category("monitoring/logging", "1")]);
    assert_eq!(others("incidents"), [category("incidents", "5")]);
    assert_eq!(others("monitroing"), [category("monitoring", "5")], "misspelt");
    assert_eq!(others("atlas"), [(SuggestionKind::Partner, "atlassian".to_owned(), "2".to_owned())]);
    assert!(others("sentr").is_empty(), "a partner of one listing is found by it");
    assert!(others("open a tic").contains(&(SuggestionKind::Task, "open ticket".to_owned(), String::new())));
    assert!(others("video con").is_empty(), "a task that nothing here does");
    assert_eq!(index.suggest("logging", 8).unwrap()[0].kind, SuggestionKind::Category, "called exactly so");
    assert!(index.suggest("s", 2).unwrap().len() <= 2);
}

#[test]
fn few_results_are_followed_by_what_is_like_them() {
    let index = index();
    let page = ask(&index, "opsgenie");
    assert_eq!((page.total, ids(&page)), (1, vec!["opsgenie"]), "they are no results");
    let related: Vec<&str> = page.hits.iter().filter(|hit| is_related(hit)).map(|hit| hit.card.id.as_str()).collect();
    assert!(related.contains(&"pagerduty") && !related.contains(&"opsgenie"), "{related:?}");
    let chosen = SearchQuery { filters: vec![filter(FacetField::Pricing, "free")], ..query("opsgenie") };
    let alone = |query: &SearchQuery| !index.search(query).unwrap().hits.iter().any(is_related);
    assert!(alone(&chosen) && alone(&SearchQuery { sort: Sort::Name, ..query("opsgenie") }));
    assert!(alone(&SearchQuery { limit: 1, ..query("opsgenie") }));
    assert!(ask(&index, "gibberishword").hits.is_empty(), "nothing is like nothing");
}

#[test]
fn finds_similar_listings() {
    let index = index();
    let similar =
        |id: &str| -> Vec<String> { index.similar(&id.into(), 3).unwrap().into_iter().map(|card| card.id.0).collect() };
    assert_eq!(similar("pagerduty")[0], "opsgenie");
    assert_eq!(similar("jira")[0], "opsgenie", "partner and group");
    assert!(!similar("grafana").contains(&"grafana".to_owned()));
    assert!(similar("nobody").is_empty());
}

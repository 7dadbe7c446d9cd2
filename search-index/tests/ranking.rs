//! What comes before what, and when nothing comes.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{ask, ids, index, listing};
use domain::ports::{SearchDocument, SearchIndex};
use search_index::TantivyIndex;

/// A listing like Sentry's with another id, name and partner.
fn variant(id: &str, name: &str, partner: &str) -> SearchDocument {
    let mut listing = listing("sentry");
    listing.card.id = id.into();
    listing.card.name = name.to_owned();
    listing.card.partner_name = partner.to_owned();
    listing.card.partner_id = partner.to_lowercase().into();
    listing.card.installs = 0;
    listing
}

fn found(listings: Vec<SearchDocument>, q: &str) -> Vec<String> {
    let index = TantivyIndex::in_memory().unwrap();
    index.rebuild(listings, 1).unwrap();
    ids(&ask(&index, q)).into_iter().map(str::to_owned).collect()
}

#[test]
fn tasks_in_plain_words_find_the_products() {
    let index = index();
    for (q, id) in [
        ("open a ticket when something breaks", "jira"),
        ("page someone", "pagerduty"),
        ("post a message to the team chat", "slack"),
        ("error tracking", "sentry"),
    ] {
        assert_eq!(ids(&ask(&index, q))[0], id, "{q}");
    }
}

#[test]
fn other_languages_find_the_same() {
    let index = index();
    for q in ["Überwachung", "surveillance", "monitoreo", "monitoramento", "监控", "監視"] {
        let page = ask(&index, q);
        assert!(ids(&page).contains(&"prometheus"), "{q}: {:?}", ids(&page));
    }
    assert_eq!(ids(&ask(&index, "Slack 消息"))[0], "slack");
    // What the dictionary has not is passed over next to what it has.
    for q in ["告警发送到Slack", "アラートをSlackに送信", "Slack qwertzuiop Nachricht asdfghjkl"] {
        assert_eq!(ids(&ask(&index, q)).first(), Some(&"slack"), "{q}");
    }
}

#[test]
fn products_are_found_by_what_they_are_and_who_makes_them() {
    let listings = || {
        vec![
            variant("vault", "Vault", "Someone"),
            variant("veeva", "Veeva Vault", "Someone"),
            variant("entra", "Azure AD", "Someone"),
        ]
    };
    for (q, id) in [
        ("hashicorp", "vault"),
        ("secrets management", "vault"),
        ("secret managers", "vault"),
        ("Entra ID", "entra"),
        ("identity provider", "entra"),
        ("proveedor de identidad", "entra"),
        ("シングルサインオン", "entra"),
    ] {
        assert_eq!(found(listings(), q)[0], id, "{q}");
    }
}

#[test]
fn a_word_of_a_name_that_says_little_stands_for_nothing_else() {
    let called = |id: &str, name: &str| {
        let mut listing = listing("slack");
        listing.card.id = id.into();
        listing.card.name = name.to_owned();
        listing
    };
    let listings = vec![called("acme", "Acme Monitor"), called("other", "Other Metrics")];
    assert_eq!(found(listings, "acme monitor"), ["acme"]);
}

#[test]
fn a_name_comes_before_what_is_only_known() {
    let listings = vec![variant("consul", "Consul", "Someone"), variant("named", "HashiCorp Status", "Someone")];
    assert_eq!(found(listings, "hashicorp"), ["named", "consul"]);
}

#[test]
fn what_does_what_is_asked_comes_first() {
    let able = |id: &str, kind: &str| {
        let mut listing = variant(id, "Redis", "Someone");
        listing.capabilities = vec![(kind.to_owned(), "keys".to_owned())];
        listing
    };
    let listings = || vec![able("a", "other"), able("b", "action"), able("c", "data_source")];
    assert_eq!(found(listings(), "redis"), ["a", "b", "c"]);
    assert_eq!(found(listings(), "delete redis keys")[0], "b");
    assert_eq!(found(listings(), "monitor redis")[0], "c");
}

#[test]
fn what_speaks_the_language_that_was_typed_comes_first() {
    let mut chinese = variant("b", "Redis", "Someone");
    chinese.readme = "监控插件的配置".to_owned();
    let listings = || vec![variant("a", "Redis", "Someone"), chinese.clone()];
    assert_eq!(found(listings(), "redis"), ["a", "b"]);
    assert_eq!(found(listings(), "Redis数据库"), ["b", "a"]);
}

#[test]
fn nothing_is_the_answer_where_nothing_fits() {
    let index = index();
    for q in [
        "Ferienhaus an der Ostsee",
        "recette de crème brûlée",
        "ballet tickets vienna",
        "mountain cabin rental",
        "messages in glass bottles found",
    ] {
        assert!(ids(&ask(&index, q)).is_empty(), "{q}");
    }
}

#[test]
fn a_filter_does_not_make_a_weak_match_fit() {
    let index = index();
    let mut query = common::query("ballet tickets vienna");
    query.filters = vec![common::filter(contract::search::FacetField::Pricing, "free")];
    assert_eq!(index.search(&query).unwrap().total, 0);
}

#[test]
fn the_maker_comes_before_a_popular_look_alike() {
    let mut copy = variant("a-copy", "Acme", "Someone");
    copy.card.installs = 5000;
    let found = found(vec![copy, variant("original", "Acme", "Acme")], "acme");
    assert_eq!(found, ["original", "a-copy"]);
}

#[test]
fn popularity_never_beats_a_better_match() {
    let mut popular = variant("popular", "Sentinel", "Someone");
    popular.card.installs = 60_000;
    popular.card.summary = "Works with Acme.".to_owned();
    assert_eq!(found(vec![popular, variant("acme", "Acme", "Other")], "acme"), ["acme", "popular"]);
}

#[test]
fn the_exact_word_comes_before_a_similar_one() {
    let near = variant("grafana", "Grafana", "Grafana Labs");
    assert_eq!(found(vec![near, variant("grafano", "Grafano", "Someone")], "grafano"), ["grafano"]);
}

#[test]
fn a_name_comes_down_to_what_the_product_is_called() {
    let listings = vec![
        variant("other", "Zabbix Dashboards for Jenkins", "Someone"),
        variant("jenkins", "Jenkins Input Plugin", "Telegraf"),
    ];
    assert_eq!(found(listings, "jenkins")[0], "jenkins");
}

#[test]
fn a_stem_is_not_a_word() {
    let listings = vec![variant("cyber", "XM Cyber", "Someone"), variant("cybereason", "Cybereason", "Other")];
    assert_eq!(found(listings, "cybere")[0], "cybereason");
}

#[test]
fn partners_take_turns_among_equals() {
    let listings = vec![
        variant("a1", "Queue", "Alpha"),
        variant("a2", "Queue", "Alpha"),
        variant("a3", "Queue", "Alpha"),
        variant("b1", "Queue", "Beta"),
    ];
    assert_eq!(found(listings, "queue"), ["a1", "b1", "a2", "a3"]);
}

#[test]
fn a_name_misspelt_across_its_words_is_found() {
    let listings = vec![variant("engine", "Google App Engine", "Google"), variant("pap", "Pap", "Someone")];
    assert_eq!(found(listings, "google pap engine")[0], "engine");
}

#[test]
fn words_that_say_little_say_no_more_together() {
    let called = |id: &str, name: &str, tag: &str| {
        let mut document = listing("slack");
        document.card.id = id.into();
        document.card.name = name.to_owned();
        document.card.summary = format!("About {name}.");
        document.tags = vec![tag.to_owned()];
        document
    };
    let index = TantivyIndex::in_memory().unwrap();
    let mut documents = vec![
        called("cassandra", "Cassandra", "nosql"),
        called("exporter", "Cassandra Exporter", "nosql"),
        called("redis", "Redis", "cluster monitoring tool"),
    ];
    index.rebuild(documents.clone(), 1).unwrap();
    assert_eq!(ids(&ask(&index, "cassandra cluster monitoring")), ["cassandra", "exporter"]);
    // Unless something is called so.
    documents.push(called("product", "Cluster Monitoring", "nosql"));
    index.rebuild(documents, 2).unwrap();
    assert!(ids(&ask(&index, "cassandra cluster monitoring")).contains(&"product"));
}

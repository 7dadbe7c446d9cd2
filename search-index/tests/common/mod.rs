//! A small catalogue written by hand, and short ways to ask.
#![allow(dead_code, reason = "each test file uses its part")]

use contract::Timestamp;
use contract::listing::{Certification, ListingCard};
use contract::search::{FacetField, Filter, Fragment, Hit, RELATED, SearchPage, SearchQuery};
use domain::ports::{CategoryName, SearchDocument, SearchIndex};
use search_index::TantivyIndex;

/// One line of the catalogue: id, name, summary, partner, leaf, tags, aliases.
type Line = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const LINES: [Line; 12] = [
    (
        "pagerduty",
        "PagerDuty",
        "Open and resolve incidents for whoever is on call.",
        "PagerDuty",
        "incidents/on-call",
        "paging,on-call",
        "PD",
    ),
    (
        "alertmanager",
        "Prometheus Alertmanager",
        "Receive firing and resolved alerts.",
        "Prometheus",
        "incidents/alerting",
        "alerts,cncf",
        "AM",
    ),
    (
        "prometheus",
        "Prometheus",
        "Query metrics and time series.",
        "Prometheus",
        "monitoring/metrics",
        "metrics,cncf",
        "prom",
    ),
    (
        "grafana",
        "Grafana",
        "Annotate dashboards and read their alerts.",
        "Grafana Labs",
        "monitoring/metrics",
        "dashboards",
        "",
    ),
    ("grafana-loki", "Grafana Loki", "Search log lines.", "Grafana Labs", "monitoring/logging", "logs", ""),
    ("slack", "Slack", "Post messages to channels.", "Slack", "collaboration/chat", "chat,messages", ""),
    ("opsgenie", "Opsgenie", "Alert the right people.", "Atlassian", "incidents/on-call", "on-call", ""),
    ("jira", "Jira", "Create and update issues.", "Atlassian", "incidents/tickets", "tickets", "jira software"),
    (
        "kubernetes",
        "Kubernetes",
        "Read events of clusters.",
        "CNCF",
        "infrastructure/kubernetes",
        "containers,cncf",
        "k8s",
    ),
    (
        "uptime-kuma",
        "Uptime Kuma",
        "Watch whether websites answer.",
        "Uptime Kuma",
        "monitoring/metrics",
        "websites",
        "",
    ),
    ("sentry", "Sentry", "Turn errors into events.", "Sentry", "monitoring/apm", "errors", ""),
    ("webhook", "Web Hook", "Accept any JSON.", "OpenConductor", "incidents/alerting", "http", "generic"),
];

/// Names of groups and leaves.
fn category(path: &str) -> CategoryName {
    let (group, leaf) = path.split_once('/').unwrap();
    let title = |slug: &str| slug[..1].to_uppercase() + &slug[1..].replace('-', " ");
    let group = if group == "monitoring" { "Monitoring & observability".to_owned() } else { title(group) };
    CategoryName { path: path.to_owned(), group, leaf: title(leaf) }
}

fn pair(value: &str, label: &str) -> (String, String) {
    (value.to_owned(), label.to_owned())
}

fn list(text: &str) -> Vec<String> {
    text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn document(n: usize, line: Line) -> SearchDocument {
    let (id, name, summary, partner, leaf, tags, aliases) = line;
    let installs = if id == "slack" { 900 } else { u32::try_from(n).unwrap() };
    SearchDocument {
        card: ListingCard {
            id: id.into(),
            name: name.to_owned(),
            summary: summary.to_owned(),
            partner_id: partner.to_lowercase().replace(' ', "-").into(),
            partner_name: partner.to_owned(),
            icon: None,
            certification: if n.is_multiple_of(3) { Certification::Gold } else { Certification::None },
            installable: id != "uptime-kuma",
            category: leaf.to_owned(),
            installs,
            rating: None,
            price: (id == "opsgenie").then(|| "From $9/mo".to_owned()),
        },
        aliases: list(aliases),
        tags: list(tags),
        categories: vec![category(leaf)],
        readme: match id {
            "sentry" => {
                "# Set-up\n\nCreate an internal integration and copy its client secret into the wizard.".to_owned()
            }
            _ => format!("How to connect {name}."),
        },
        pricing: if n.is_multiple_of(2) { pair("free", "Free") } else { pair("byol", "Bring your own licence") },
        support: pair("community", "Community"),
        capabilities: vec![pair("webhook", "Receives events")],
        auth: pair("api_key", "API key"),
        rating: [4.5, 3.0, 0.0][n % 3],
        requests: 0,
        looks: 0,
        published_at: Timestamp(1_700_000_000_000 + i64::try_from(n).unwrap() * 1000),
    }
}

/// The catalogue.
pub fn catalogue() -> Vec<SearchDocument> {
    LINES.into_iter().enumerate().map(|(n, line)| document(n, line)).collect()
}

/// The listing with this id.
pub fn listing(id: &str) -> SearchDocument {
    catalogue().into_iter().find(|document| document.card.id.as_str() == id).unwrap()
}

/// An index of the catalogue.
pub fn index() -> TantivyIndex {
    let index = TantivyIndex::in_memory().unwrap();
    index.rebuild(catalogue(), 1).unwrap();
    index
}

/// A query for `q` alone.
pub fn query(q: &str) -> SearchQuery {
    SearchQuery { q: q.to_owned(), ..SearchQuery::default() }
}

/// A filter.
pub fn filter(field: FacetField, value: &str) -> Filter {
    Filter { field, value: value.to_owned() }
}

/// Asks for `q` alone.
pub fn ask(index: &TantivyIndex, q: &str) -> SearchPage {
    index.search(&query(q)).unwrap()
}

/// Ids in order, without what is only related.
pub fn ids(page: &SearchPage) -> Vec<&str> {
    page.hits.iter().filter(|hit| !is_related(hit)).map(|hit| hit.card.id.as_str()).collect()
}

/// Whether it follows the results because it is like them.
pub fn is_related(hit: &Hit) -> bool {
    hit.reason.as_ref().is_some_and(|reason| reason.field == RELATED)
}

/// `Send to [Slack]`.
pub fn marked(fragments: &[Fragment]) -> String {
    fragments.iter().map(|f| if f.hit { format!("[{}]", f.text) } else { f.text.clone() }).collect()
}

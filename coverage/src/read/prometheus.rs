//! `prometheus.yml`, and files of rules.

use super::hosts;
use crate::mention::{Finding, Kind, Reading, Signal, Sort};
use crate::tree::Node;

/// Whether it is the configuration of Prometheus.
pub fn is_one(it: Node<'_, '_>) -> bool {
    ["scrape_configs", "remote_write", "rule_files"].iter().any(|key| it.get(key).is_some())
        || it.find(&["alerting", "alertmanagers"]).is_some()
        || it.find(&["global", "scrape_interval"]).is_some()
}

/// Whether it is a file of rules.
pub fn is_rules(it: Node<'_, '_>) -> bool {
    it.get("groups").is_some_and(|groups| groups.children().any(|group| group.get("rules").is_some()))
}

/// Jobs, discoveries, where measurements and alerts go.
pub fn read(it: Node<'_, '_>, into: &mut Reading) {
    into.is(Kind::Prometheus, "prometheus", it.line());
    if let Some(scraped) = it.get("scrape_configs") {
        into.signal(Signal::Metrics, scraped.line());
        jobs(scraped, into);
    }
    for key in ["remote_write", "remote_read"] {
        if let Some(remote) = it.get(key) {
            hosts(remote, into);
        }
    }
    let managers = it.find(&["alerting", "alertmanagers"]);
    if let Some(managers) = managers {
        into.mention(Sort::File, "alertmanager", managers.line());
    }
    if let Some(rules) = it.get("rule_files").filter(Node::is_list) {
        into.signal(Signal::Alerts, rules.line());
        if managers.is_none() {
            into.finding(Finding::Unsent, "rule_files", rules.line());
        }
    }
}

/// What is scraped; the Collector has the same list.
pub fn jobs(scraped: Node<'_, '_>, into: &mut Reading) {
    for job in scraped.children() {
        for child in job.children() {
            if child.key() == "job_name" {
                into.mention(Sort::Job, child.value(), child.line());
            } else if let Some(discovery) = child.key().strip_suffix("_sd_configs")
                && !["static", "file", "http", "dns"].contains(&discovery)
            {
                into.mention(Sort::Discovery, discovery, child.line());
            }
        }
    }
}

/// Whether there are alerts among the rules.
pub fn read_rules(it: Node<'_, '_>, into: &mut Reading) {
    into.is(Kind::PrometheusRules, "prometheus", it.line());
    alerts(it, into);
}

/// The first alert below.
pub fn alerts(it: Node<'_, '_>, into: &mut Reading) {
    if let Some(alert) = it.below().find(|node| node.key() == "alert") {
        into.signal(Signal::Alerts, alert.line());
    }
}

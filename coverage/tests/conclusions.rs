//! What files come to together.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use coverage::{Assessment, Job, Lack, Reading, Sort, Technology, assess, read};

struct Known(&'static str, Vec<String>, Vec<Job>);

fn known() -> Vec<Known> {
    let known = |id, marks: &[&str], does: &[Job]| {
        Known(id, marks.iter().map(|mark| (*mark).to_owned()).collect(), does.to_vec())
    };
    vec![
        known("aws", &["host:amazonaws.com"], &[Job::Cloud]),
        known("eks", &["provider:aws_eks", "group:eks.amazonaws.com"], &[Job::Cluster]),
        known("alertmanager", &["image:prom/alertmanager"], &[Job::Alerts]),
        known("pagerduty", &["host:pagerduty.com"], &[Job::OnCall]),
        known("opsgenie", &[], &[Job::OnCall]),
        known("slack", &[], &[Job::Chat]),
        known("tempo", &["image:grafana/tempo", "host:tempo*"], &[Job::Traces]),
        known("datadog", &["variable:DD_*"], &[Job::Applications, Job::Metrics]),
    ]
}

fn outcome(files: &[&str], installed: &[&str]) -> Assessment {
    let known = known();
    let technologies: Vec<Technology<'_>> = known
        .iter()
        .map(|it| Technology { id: it.0, marks: &it.1, does: it.2.clone(), installed: installed.contains(&it.0) })
        .collect();
    let readings: Vec<Reading> = files.iter().map(|text| read("", text)).collect();
    assess(&readings.iter().collect::<Vec<_>>(), &technologies)
}

fn found(it: &Assessment) -> Vec<&'static str> {
    it.found.iter().map(|found| known()[found.technology].0).collect()
}

fn lacks(it: &Assessment) -> Vec<Lack> {
    it.gaps.iter().map(|gap| gap.lack).collect()
}

const TWO_DESKS: &str =
    "route: {receiver: a}\nreceivers:\n- name: a\n  pagerduty_configs: []\n  opsgenie_configs: []\n";
const CHAT: &str = "route: {receiver: a}\nreceivers:\n- name: a\n  slack_configs: [{channel: x}]\n";
const NOBODY: &str = "groups:\n- rules:\n  - alert: Down\n    expr: up == 0\n";

#[test]
fn two_that_do_the_same_overlap() {
    let it = outcome(&[TWO_DESKS], &[]);
    assert_eq!(found(&it), ["alertmanager", "pagerduty", "opsgenie"]);
    assert_eq!(it.overlaps.iter().map(|it| it.job).collect::<Vec<_>>(), [Job::OnCall]);
    assert_eq!(it.overlaps[0].technologies, [3, 4]);
    let evidence = &it.found[1].evidence[0];
    assert_eq!((evidence.file, evidence.line, evidence.sort), (0, 4, Some(Sort::Notifier)));
}

#[test]
fn what_is_installed_counts_too() {
    let one = TWO_DESKS.replace("  opsgenie_configs: []\n", "");
    assert!(outcome(&[&one], &[]).overlaps.is_empty());
    assert_eq!(outcome(&[&one], &["opsgenie"]).overlaps[0].technologies, [3, 4]);
    assert!(outcome(&[], &["opsgenie", "pagerduty"]).overlaps.is_empty(), "without files nothing is said");
    assert_eq!(lacks(&outcome(&[CHAT], &[])), [Lack::OnCall]);
    assert!(lacks(&outcome(&[CHAT], &["pagerduty"])).is_empty());
}

#[test]
fn a_format_is_no_tool() {
    let text = "receivers: {tempo: }\nexporters: {debug: }\n";
    let it = outcome(&[text, "services:\n  a: {image: team/api}\n"], &[]);
    assert_eq!(found(&it), ["tempo"]);
    assert!(lacks(&it).contains(&Lack::Traces), "what is received is kept nowhere yet");
}

#[test]
fn alerts_need_somebody() {
    let it = outcome(&[NOBODY], &[]);
    assert_eq!(lacks(&it), [Lack::Destination]);
    assert_eq!(it.gaps[0].evidence.line, 3);
    let mail = "route: {receiver: a}\nreceivers:\n- name: a\n  email_configs: [{to: x}]\n";
    assert_eq!(lacks(&outcome(&[mail], &[])), [Lack::OnCall], "mail tells somebody, and wakes nobody");
}

#[test]
fn what_runs_wants_to_be_seen() {
    let compose = "services:\n  a: {image: grafana/tempo}\n  b: {build: ., environment: {DD_API_KEY: x}}\n";
    assert_eq!(lacks(&outcome(&[compose], &[])), [Lack::Logs]);
    assert_eq!(
        lacks(&outcome(&["services:\n  a: {image: team/api}\n"], &[])),
        [Lack::Metrics, Lack::Logs, Lack::Traces]
    );
}

#[test]
fn the_closest_mark_wins() {
    let it = outcome(&["resource \"aws_eks_cluster\" \"a\" {\n}\nprovider \"aws\" {\n}\n"], &[]);
    assert_eq!(found(&it), ["aws", "eks"]);
    assert_eq!(it.found[0].evidence.len(), 1, "the cluster is not counted for the cloud as well");
}

#[test]
fn a_host_is_one_below_a_domain() {
    let to = |host: &str| {
        let text = format!("receivers: {{otlp: }}\nexporters: {{otlp: {{endpoint: '{host}'}}}}\n");
        found(&outcome(&[&text], &[])).contains(&"pagerduty")
    };
    assert!(to("https://events.pagerduty.com/v2") && to("pagerduty.com:443"));
    assert!(!to("https://notpagerduty.com") && !to("https://pagerduty.com.evil.example"));
}

#[test]
fn own_names_are_told_apart_from_plumbing() {
    let text = "receivers: {otlp: , quokka: }\nexporters: {debug: , otlphttp: }\nprocessors: {batch: }\n";
    let it = outcome(&[text], &[]);
    assert_eq!(it.unknown.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["quokka"]);
}

//! Real files of each kind, and files that are not quite right.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use coverage::{Finding, Kind, Reading, Section, Signal, Sort, read};

const COLLECTOR: &str = include_str!("../../e2e/fixtures/coverage/otel-collector.yaml");
const PROMETHEUS: &str = include_str!("../../e2e/fixtures/coverage/prometheus.yml");
const ALERTMANAGER: &str = include_str!("../../e2e/fixtures/coverage/alertmanager.yml");
const TERRAFORM: &str = include_str!("../../e2e/fixtures/coverage/main.tf");
const KUBERNETES: &str = include_str!("../../e2e/fixtures/coverage/shop.k8s.yaml");
const COMPOSE: &str = include_str!("../../e2e/fixtures/coverage/docker-compose.yml");

/// Names of a sort, with the text of their lines to compare with.
fn names(reading: &Reading, sort: Sort) -> Vec<&str> {
    reading.mentions.iter().filter(|it| it.sort == sort).map(|it| it.name.as_str()).collect()
}

/// Every name stands in the line that is told.
fn lines_are_right(text: &str, reading: &Reading) {
    let lines: Vec<&str> = text.lines().collect();
    for it in reading.mentions.iter().filter(|it| it.sort != Sort::File) {
        let line = lines[it.line as usize - 1];
        assert!(line.contains(&it.name) || it.sort == Sort::Resource, "{it:?} in {line:?}");
    }
}

#[test]
fn a_collector() {
    let it = read("otel-collector.yaml", COLLECTOR);
    lines_are_right(COLLECTOR, &it);
    assert_eq!(it.kinds, [Kind::Collector]);
    assert_eq!(names(&it, Sort::Receiver), ["otlp", "prometheus", "filelog", "zipkin"]);
    assert_eq!(names(&it, Sort::Exporter), ["otlp", "otlphttp", "prometheusremotewrite", "datadog", "debug"]);
    assert_eq!(names(&it, Sort::Job), ["quokka-7f3a9-gateway"]);
    assert_eq!(
        names(&it, Sort::Host),
        ["tempo.observability.svc", "api.honeycomb.io", "mimir.shop.example", "datadoghq.eu"]
    );
    assert_eq!(
        it.signals.iter().map(|(it, _)| *it).collect::<Vec<_>>(),
        [Signal::Traces, Signal::Metrics, Signal::Logs]
    );
    let findings: Vec<(Finding, &str)> = it.findings.iter().map(|(finding, name, _)| (*finding, &**name)).collect();
    assert_eq!(
        findings,
        [
            (Finding::Dropped, "logs"),
            (Finding::Unused(Section::Receiver), "zipkin"),
            (Finding::Unused(Section::Extension), "pprof"),
        ]
    );
}

#[test]
fn a_prometheus() {
    let it = read("prometheus.yml", PROMETHEUS);
    lines_are_right(PROMETHEUS, &it);
    assert_eq!(it.kinds, [Kind::Prometheus]);
    assert_eq!(names(&it, Sort::Job), ["prometheus", "jenkins", "kubernetes-pods"]);
    assert_eq!(names(&it, Sort::Discovery), ["kubernetes"]);
    assert_eq!(names(&it, Sort::Host), ["prometheus-prod-01-eu-west-0.grafana.net"]);
    assert_eq!(names(&it, Sort::File), ["prometheus", "alertmanager"]);
    assert!(it.findings.is_empty());
    let alone = PROMETHEUS.replace("alerting:", "nothing:");
    assert_eq!(read("", &alone).findings[0].0, Finding::Unsent);
}

#[test]
fn an_alertmanager() {
    let it = read("alertmanager.yml", ALERTMANAGER);
    lines_are_right(ALERTMANAGER, &it);
    assert_eq!(it.kinds, [Kind::Alertmanager]);
    assert_eq!(names(&it, Sort::Notifier), ["slack", "pagerduty", "opsgenie"]);
    assert_eq!(names(&it, Sort::Host), ["hooks.shop.example"], "only the host: the rest may be a secret");
    assert_eq!(it.findings, [(Finding::Unrouted, "old-desk".to_owned(), 30)]);
    assert_eq!(it.signals, [(Signal::Told, 31)]);
}

#[test]
fn a_terraform() {
    let it = read("main.tf", TERRAFORM);
    lines_are_right(TERRAFORM, &it);
    assert_eq!(it.kinds, [Kind::Terraform]);
    assert_eq!(names(&it, Sort::Provider), ["aws", "datadog", "pagerduty", "s3"]);
    assert_eq!(
        names(&it, Sort::Resource),
        ["aws_eks", "aws_cloudwatch_metric_alarm", "datadog_monitor", "helm_release"]
    );
    assert_eq!(names(&it, Sort::Chart), ["argo-cd"]);
    assert_eq!(read("", TERRAFORM).mentions, it.mentions, "known without a name too");
}

#[test]
fn kubernetes_manifests() {
    let it = read("shop.k8s.yaml", KUBERNETES);
    lines_are_right(KUBERNETES, &it);
    assert_eq!(it.kinds, [Kind::Kubernetes, Kind::Collector]);
    assert_eq!(names(&it, Sort::Image), ["quokka-7f3a9/shop", "fluent/fluent-bit"]);
    assert_eq!(names(&it, Sort::Variable), ["SENTRY_DSN"]);
    assert_eq!(names(&it, Sort::Group), ["apps", "prometheus.io", "vault.hashicorp.com", "monitoring.coreos.com"]);
    assert_eq!(names(&it, Sort::Exporter), ["loki"]);
    assert_eq!(names(&it, Sort::Host), ["loki-gateway"]);
    assert_eq!(it.signals.iter().map(|(it, _)| *it).collect::<Vec<_>>(), [Signal::Alerts, Signal::Logs]);
    assert!(it.findings.is_empty(), "{:?}", it.findings);
}

#[test]
fn a_compose_file() {
    let it = read("docker-compose.yml", COMPOSE);
    assert_eq!(it.kinds, [Kind::Compose]);
    assert_eq!(names(&it, Sort::Image), ["grafana/grafana", "gitea", "postgres", "keycloak/keycloak"]);
    assert_eq!(names(&it, Sort::Variable), ["NEW_RELIC_LICENSE_KEY", "NOTE"]);
}

#[test]
fn json_is_yaml() {
    let it = read(
        "pod.json",
        r#"{"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion":"apps/v1","kind":"Deployment",
             "spec":{"template":{"spec":{"containers":[{"image":"grafana/loki:3"},{"image":"redis"}]}}}}]}"#,
    );
    assert_eq!(it.kinds, [Kind::Kubernetes]);
    assert_eq!(names(&it, Sort::Image), ["grafana/loki", "redis"]);
    assert_eq!(it.mentions.iter().find(|it| it.name == "redis").unwrap().line, 3);
}

#[test]
fn what_is_odd_does_not_hide_the_rest() {
    for odd in [
        "services:\n\n  # a comment\n  a: &x !tag\n    image: 'redis' # 7\n",
        "---\n# nothing\n---\nservices:\n  a:\n    image: \"redis\"\n",
        "services:\n  a: {build: ., image: redis}\n",
        "services:\r\n  a:\r\n    image: redis\r\n",
        "\u{feff}services:\n    a:\n        image: redis\n",
        "services:\n  {{- range .x }}\n  a:\n    image: redis\n  {{- end }}\n",
        "services:\n  a:\n    command: [one,\n      'two', # two\n      three]\n    image: redis\n",
        "services:\n  a:\n    command: [never closed\n    image: redis\n",
        "services:\n  a:\n    command: |\n      image: not-this\n\n      x: [\n    image: redis\n",
        "services:\n  a:\n    note: \"two\n      lines: yes\"\n    image: redis\n",
        "services:\n  a:\n    environment:\n    - A=1\n    - B=2\n    image: redis\n",
        "\"services\" :\n  ? odd\n  a:\n\timage: redis\n    image: redis\n",
    ] {
        let it = read("compose.yaml", odd);
        assert_eq!((&it.kinds[..], names(&it, Sort::Image)), (&[Kind::Compose][..], vec!["redis"]), "{odd}");
    }
}

#[test]
fn what_is_nothing_of_all_this_is_not_recognised() {
    for text in ["", "hello", "a: b", "- 1\n- 2", "fn main() { println!(\"x\"); }", "<html></html>", "\0\u{1}\u{2}"] {
        let it = read("x", text);
        assert!(it.kinds.is_empty() && it.mentions.is_empty(), "{text:?}: {it:?}");
    }
}

#[test]
fn a_long_file_is_read_as_far_as_it_is_allowed() {
    let long = format!("services:\n  a:\n    image: redis\n{}", "  # füll\n".repeat(300_000));
    let it = read("compose.yml", &long);
    assert!(it.cut);
    assert_eq!(names(&it, Sort::Image), ["redis"]);
}

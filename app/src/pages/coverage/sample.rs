//! Invented files, to see what the page does.

use super::files::Files;

const COLLECTOR: &str = r"receivers:
  otlp:
    protocols: {grpc: {}, http: {}}
  zipkin:
exporters:
  otlp/tempo:
    endpoint: tempo:4317
  datadog:
    api: {key: '${env:DD_API_KEY}'}
  debug:
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp/tempo, datadog]
    metrics:
      receivers: [otlp]
      exporters: [datadog]
    logs:
      receivers: [otlp]
      exporters: [debug]
";

const ALERTMANAGER: &str = "route:
  receiver: chat
  routes:
    - matchers: ['severity=\"critical\"']
      receiver: on-call
receivers:
  - name: chat
    slack_configs: [{channel: '#alerts'}]
  - name: on-call
    pagerduty_configs: [{routing_key_file: /etc/key}]
    opsgenie_configs: [{api_key_file: /etc/key}]
  - name: old-desk
    webhook_configs: [{url: 'https://desk.shop.example/hook'}]
";

const COMPOSE: &str = "services:
  grafana:
    image: grafana/grafana:11.5.1
  jenkins:
    image: jenkins/jenkins:lts
  db:
    image: postgres:17
";

/// Takes them in. Their names say that they are samples.
pub fn add(files: Files) {
    files.add("sample-collector.yaml", COLLECTOR);
    files.add("sample-alertmanager.yml", ALERTMANAGER);
    files.add("sample-compose.yml", COMPOSE);
}

#[cfg(test)]
mod tests {
    use super::*;
    use coverage::{Finding, Kind, Section, read};

    #[test]
    fn the_samples_show_what_the_page_can_do() {
        let collector = read("c.yaml", COLLECTOR);
        assert_eq!(collector.kinds, [Kind::Collector]);
        let findings: Vec<Finding> = collector.findings.iter().map(|(finding, ..)| *finding).collect();
        assert_eq!(findings, [Finding::Dropped, Finding::Unused(Section::Receiver)]);
        assert_eq!(read("a.yml", ALERTMANAGER).findings.len(), 1);
        assert_eq!(read("d.yml", COMPOSE).kinds, [Kind::Compose]);
    }
}

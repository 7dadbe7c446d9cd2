//! What is found, in words.

use coverage::{Finding, Job, Kind, Lack, Section, Sort};

/// What a file is.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Prometheus => "Prometheus",
        Kind::PrometheusRules => "Rules of Prometheus",
        Kind::Alertmanager => "Alertmanager",
        Kind::Collector => "OpenTelemetry Collector",
        Kind::Terraform => "Terraform",
        Kind::Kubernetes => "Kubernetes",
        Kind::Compose => "Docker Compose",
    }
}

/// What stands at a place.
pub const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::File => "configuration of",
        Sort::Image => "image",
        Sort::Registry => "registry",
        Sort::Receiver => "receiver",
        Sort::Processor => "component",
        Sort::Exporter => "exporter",
        Sort::Job => "scrape job",
        Sort::Discovery => "discovery",
        Sort::Notifier => "notifies",
        Sort::Provider => "provider",
        Sort::Resource => "resource",
        Sort::Chart => "chart",
        Sort::Group => "API or annotation",
        Sort::Host => "host",
        Sort::Variable => "variable",
    }
}

/// What several technologies do, behind their names.
pub const fn job(job: Job) -> &'static str {
    match job {
        Job::Cloud => "have your machines",
        Job::Cluster => "run your containers",
        Job::Provisioning => "build infrastructure from code",
        Job::Applications => "watch your applications",
        Job::Metrics => "keep your metrics",
        Job::Dashboards => "show your metrics",
        Job::Logs => "keep your logs",
        Job::Shipping => "collect your logs",
        Job::Traces => "keep your traces",
        Job::Alerts => "raise alerts",
        Job::OnCall => "page whoever is on call",
        Job::Chat => "carry the talk about incidents",
        Job::Tickets => "track your work",
        Job::ServiceDesk => "take requests and changes",
        Job::Code => "hold your source",
        Job::Builds => "build and test",
        Job::Deployment => "bring releases out",
        Job::Artifacts => "hold packages and images",
        Job::Events => "look for attacks",
        Job::Weaknesses => "look for weaknesses",
        Job::Identity => "know who people are",
        Job::Evidence => "collect evidence for audits",
    }
}

const fn section(section: Section) -> &'static str {
    match section {
        Section::Receiver => "receiver",
        Section::Processor => "processor",
        Section::Exporter => "exporter",
        Section::Connector => "connector",
        Section::Extension => "extension",
    }
}

/// What is missing: in one line, why it matters, and the category that has it.
pub fn lack(lack: Lack, name: &str) -> (String, &'static str, &'static str) {
    let (title, why, leaf) = match lack {
        Lack::Destination => (
            "Alerts reach nobody",
            "They are made here, and nothing was found that tells a person.",
            "incidents/alerting",
        ),
        Lack::OnCall => (
            "Nobody is woken",
            "Alerts are shown somewhere, and nothing was found that pages whoever is on call.",
            "incidents/alerting",
        ),
        Lack::Metrics => {
            ("No metrics", "Systems run here, and nothing was found that measures them.", "monitoring/metrics")
        }
        Lack::Logs => ("No logs", "Nothing was found that collects or keeps them.", "monitoring/logging"),
        Lack::Traces => ("No traces", "Nothing was found that collects or keeps them.", "monitoring/tracing"),
        Lack::In(Finding::Unused(part)) => {
            let title = format!("The {} {name} is in no pipeline", section(part));
            return (title, "It is declared, and the Collector does not start it.", "");
        }
        Lack::In(Finding::Undeclared(part)) => {
            let title = format!("The {} {name} is declared nowhere", section(part));
            return (title, "A pipeline uses it, so the Collector will not start.", "");
        }
        Lack::In(Finding::Dropped) => {
            let title = format!("The pipeline {name} leads nowhere");
            let leaf = match name.split('/').next() {
                Some("logs") => "monitoring/logging",
                Some("traces") => "monitoring/tracing",
                _ => "monitoring/metrics",
            };
            return (title, "It ends in the Collector’s own log, and what it carries is kept nowhere.", leaf);
        }
        Lack::In(Finding::Unrouted) => {
            return (format!("The receiver {name} is never told"), "No route leads to it.", "");
        }
        Lack::In(Finding::Unsent) => (
            "Rules without Alertmanager",
            "Rules are loaded, and no Alertmanager is named to take alerts.",
            "incidents/alerting",
        ),
    };
    (title.to_owned(), why, leaf)
}

/// `A`, `A and B`, `A, B and C`.
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn names_in_a_sentence() {
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B"]), "A and B");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
    }
}

//! What the reading of a file gives.

/// What a file, or a part of one, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Prometheus: what it scrapes, where it writes, where alerts go.
    Prometheus,
    /// Rules of Prometheus.
    PrometheusRules,
    /// Alertmanager: receivers and routes.
    Alertmanager,
    /// OpenTelemetry Collector: components and pipelines.
    Collector,
    /// Terraform or `OpenTofu`.
    Terraform,
    /// Kubernetes manifests.
    Kubernetes,
    /// Docker Compose.
    Compose,
}

/// Where a name stands, which says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The file itself is the configuration of this.
    File,
    /// A container image.
    Image,
    /// A registry that images come from.
    Registry,
    /// A receiver of the Collector.
    Receiver,
    /// A processor, connector or extension of the Collector.
    Processor,
    /// An exporter of the Collector.
    Exporter,
    /// A job that Prometheus scrapes.
    Job,
    /// A discovery of Prometheus.
    Discovery,
    /// A kind of receiver of Alertmanager.
    Notifier,
    /// A provider of Terraform, or a backend.
    Provider,
    /// A resource or data source of Terraform.
    Resource,
    /// A chart of Helm.
    Chart,
    /// The group of a Kubernetes API, or the domain of an annotation.
    Group,
    /// The host of an address.
    Host,
    /// An environment variable.
    Variable,
}

impl Sort {
    /// The kind of mark that can stand for it.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Image => "image",
            Self::Registry => "registry",
            Self::Host => "host",
            Self::Receiver | Self::Processor | Self::Exporter => "otel",
            Self::Job => "job",
            Self::Discovery => "discovery",
            Self::Notifier => "notifier",
            Self::Provider | Self::Resource => "provider",
            Self::Chart => "chart",
            Self::Group => "group",
            Self::Variable => "variable",
        }
    }

    /// Whether the name alone may be that of a technology.
    pub const fn is_name(self) -> bool {
        !matches!(self, Self::Image | Self::Registry | Self::Group | Self::Host | Self::Variable | Self::Resource)
    }

    /// Whether a name that nobody knows is worth telling.
    pub const fn is_telling(self) -> bool {
        matches!(self, Self::Image | Self::Receiver | Self::Exporter | Self::Notifier | Self::Provider | Self::Chart)
    }
}

/// A name in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub sort: Sort,
    /// The name.
    pub name: String,
    /// Its line, from 1.
    pub line: u32,
}

/// Something that a file does, whatever it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Rules make alerts.
    Alerts,
    /// Mail is sent, or a webhook called, when there is an alert.
    Told,
    /// Measurements are collected.
    Metrics,
    /// Logs are collected.
    Logs,
    /// Traces are collected.
    Traces,
}

/// A part of a file that declares names which other parts use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what its name says")]
pub enum Section {
    Receiver,
    Processor,
    Exporter,
    Connector,
    Extension,
}

/// Something in one file that can't be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Declared for the Collector, and in no pipeline: it is not started.
    Unused(Section),
    /// In a pipeline, and declared nowhere: the Collector does not start.
    Undeclared(Section),
    /// A pipeline that ends in the Collector's own log.
    Dropped,
    /// A receiver of Alertmanager that no route leads to.
    Unrouted,
    /// Prometheus loads rules and knows no Alertmanager.
    Unsent,
}

/// What was read of a file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What is in it; nothing when it is not understood.
    pub kinds: Vec<Kind>,
    /// Names, each once for each place it can stand.
    pub mentions: Vec<Mention>,
    /// What it does, with the first line.
    pub signals: Vec<(Signal, u32)>,
    /// What can't be meant: which, the name, the line.
    pub findings: Vec<(Finding, String, u32)>,
    /// Whether it was too long to be read to its end.
    pub cut: bool,
}

/// Different names of a file that are kept.
const MOST: usize = 1_000;

impl Reading {
    /// The file is one of these.
    pub(crate) fn is(&mut self, kind: Kind, technology: &str, line: u32) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
        self.mention(Sort::File, technology, line);
    }

    /// The file mentions this.
    pub(crate) fn mention(&mut self, sort: Sort, name: &str, line: u32) {
        if name.is_empty() || name.len() > 200 || self.mentions.iter().any(|it| it.sort == sort && it.name == name) {
            return;
        }
        if self.mentions.len() < MOST {
            self.mentions.push(Mention { sort, name: name.to_owned(), line });
        } else {
            self.cut = true;
        }
    }

    /// The file does this.
    pub(crate) fn signal(&mut self, signal: Signal, line: u32) {
        if !self.signals.iter().any(|(it, _)| *it == signal) {
            self.signals.push((signal, line));
        }
    }

    /// This can't be meant.
    pub(crate) fn finding(&mut self, finding: Finding, name: &str, line: u32) {
        if self.findings.len() < MOST {
            self.findings.push((finding, name.chars().take(200).collect(), line));
        }
    }
}

//! What a technology is there for. Two that do the same job may be one too many.

macro_rules! jobs {
    ($($name:ident = $wire:literal, $leaf:literal, $alone:literal, $doc:literal;)+) => {
        /// What a technology is there for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Job {
            $(#[doc = $doc] $name),+
        }

        impl Job {
            /// All jobs.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Wire name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire),+ }
            }

            /// The category of the catalogue whose listings do it.
            pub const fn leaf(self) -> &'static str {
                match self { $(Self::$name => $leaf),+ }
            }

            /// Whether one technology is enough for it.
            pub const fn alone(self) -> bool {
                match self { $(Self::$name => $alone),+ }
            }
        }
    };
}

jobs! {
    Cloud = "cloud", "infrastructure/cloud", false, "Has machines and services.";
    Cluster = "cluster", "infrastructure/kubernetes", false, "Runs containers.";
    Provisioning = "provisioning", "infrastructure/infrastructure-as-code", true, "Builds infrastructure from code.";
    Applications = "applications", "monitoring/apm", true, "Watches applications.";
    Metrics = "metrics", "monitoring/metrics", true, "Keeps measurements.";
    Dashboards = "dashboards", "monitoring/metrics", true, "Shows measurements.";
    Logs = "logs", "monitoring/logging", true, "Keeps logs.";
    Shipping = "shipping", "monitoring/logging", true, "Collects logs and passes them on.";
    Traces = "traces", "monitoring/tracing", true, "Keeps traces.";
    Alerts = "alerts", "monitoring/metrics", false, "Notices that something is wrong.";
    OnCall = "on-call", "incidents/alerting", true, "Wakes whoever is on call.";
    Chat = "chat", "incidents/communication", true, "Where people talk.";
    Tickets = "tickets", "incidents/ticketing", true, "Tracks work.";
    ServiceDesk = "service-desk", "incidents/itsm", true, "Takes requests and changes.";
    Code = "code", "devops/version-control", true, "Holds the source.";
    Builds = "builds", "devops/ci-cd", true, "Builds and tests.";
    Deployment = "deployment", "devops/ci-cd", true, "Brings releases out.";
    Artifacts = "artifacts", "devops/artifacts", true, "Holds packages and images.";
    Events = "events", "security/siem", true, "Looks for attacks.";
    Weaknesses = "weaknesses", "security/vulnerability", true, "Looks for weaknesses.";
    Identity = "identity", "security/identity", true, "Knows who people are.";
    Evidence = "evidence", "security/compliance", true, "Collects evidence.";
}

impl Job {
    /// What the listings of a category usually do.
    pub fn usual(leaf: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|job| job.leaf() == leaf)
    }

    /// The job with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|job| job.as_str() == text)
    }
}

//! Installations: the wizard, states, checks and events.

use crate::field::FieldSpec;
use crate::json::FromJson;
use crate::listing::{CapabilitySummary, ListingCard, Permission};
use crate::{EventId, InstallationId, ProbeId, Timestamp};
use serde::{Deserialize, Serialize};

/// State of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Being set up; nothing was tested yet.
    Setup,
    /// The connection test passed; no data was seen yet.
    Authorised,
    /// Data flows, and it was seen.
    Receiving,
    /// Some calls or mappings fail.
    Degraded,
    /// Longer without an event than is normal.
    Silent,
    /// The credential or the test fails.
    Failing,
    /// Stopped by a person.
    Paused,
    /// Gone; secrets are deleted.
    Uninstalled,
}

impl ConnectionState {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Setup,
        Self::Authorised,
        Self::Receiving,
        Self::Degraded,
        Self::Silent,
        Self::Failing,
        Self::Paused,
        Self::Uninstalled,
    ];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Authorised => "authorised",
            Self::Receiving => "receiving",
            Self::Degraded => "degraded",
            Self::Silent => "silent",
            Self::Failing => "failing",
            Self::Paused => "paused",
            Self::Uninstalled => "uninstalled",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Setup => "Being set up",
            Self::Authorised => "Waiting for data",
            Self::Receiving => "Working",
            Self::Degraded => "Degraded",
            Self::Silent => "Silent",
            Self::Failing => "Failing",
            Self::Paused => "Paused",
            Self::Uninstalled => "Uninstalled",
        }
    }

    /// The state with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Severity of a normalised event, as in the PagerDuty Common Event Format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// May become a problem.
    Warning,
    /// Something fails.
    Error,
    /// Act now.
    Critical,
}

impl Severity {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
        }
    }
}

/// Whether a problem lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// It lasts.
    Firing,
    /// It is over.
    Resolved,
}

impl EventStatus {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Firing => "firing",
            Self::Resolved => "resolved",
        }
    }
}

/// An event as people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventView {
    /// Id.
    pub id: EventId,
    /// Rises with arrival; for "what came after".
    pub sequence: i64,
    /// Capability that brought it.
    pub capability: String,
    /// One line.
    pub summary: String,
    /// Severity.
    pub severity: Severity,
    /// Firing or resolved.
    pub status: EventStatus,
    /// Host, service or project.
    pub source: String,
    /// Page of the event at the vendor.
    pub link: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Times the same arrived.
    pub count: u32,
    /// Whether it is the probe's.
    pub synthetic: bool,
}

/// Result of one call: what was tried, what came back, how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallReport {
    /// Whether it did what it should.
    pub ok: bool,
    /// What was tried: `GET https://alerts.example.com/api/v2/status`. Secrets are redacted.
    pub tried: String,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// Milliseconds.
    pub took_ms: u32,
    /// What it proves or what went wrong, in a sentence.
    pub message: String,
    /// What to do about it; empty when all is well.
    pub fix: String,
    /// Start of the answer, secrets redacted.
    pub answer: String,
}

/// A recorded check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckView {
    /// `test`, `probe`, `action` or `poll`.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// Outcome.
    pub report: CallReport,
}

/// Step of the wizard, in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum WizardStep {
    /// What is paid for it, where it is sold.
    Plan,
    /// What it will do.
    Review,
    /// Credentials and configuration.
    Connect,
    /// The connection test.
    Test,
    /// Data arrives.
    Prove,
}

impl WizardStep {
    /// All steps in order.
    pub const ALL: [Self; 5] = [Self::Plan, Self::Review, Self::Connect, Self::Test, Self::Prove];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Review => "review",
            Self::Connect => "connect",
            Self::Test => "test",
            Self::Prove => "prove",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Review => "Review",
            Self::Connect => "Connect",
            Self::Test => "Test",
            Self::Prove => "Prove",
        }
    }

    /// The step with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }
}

/// A field with its present value. Secrets never carry theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct FormField {
    /// Description. The key of a credential starts with `auth.`, of configuration with `config.`.
    pub spec: FieldSpec,
    /// Stored value; empty for secrets.
    pub value: String,
    /// For a secret: one is stored.
    pub stored: bool,
    /// What is wrong with it, from the last attempt.
    pub error: Option<String>,
}

/// What to paste on the other side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct SetupSnippet {
    /// Capability it belongs to.
    pub capability: String,
    /// `yaml`, `json`, `bash`, `markdown` …
    pub language: String,
    /// Text with address and secret filled in. For `markdown`: sanitised HTML.
    pub text: String,
}

/// How one capability can be proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ProofOption {
    /// Capability.
    pub capability: CapabilitySummary,
    /// `probe` (a synthetic event is sent round), `poll` (ask now), `action` (send a test message), `wait` (only real data proves it).
    pub how: String,
    /// When it was last proven.
    pub proven_at: Option<Timestamp>,
}

/// Everything the wizard shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct WizardView {
    /// The listing.
    pub listing: ListingCard,
    /// Release that is or will be installed.
    pub version: String,
    /// The installation; `None` before Review is confirmed.
    pub installation: Option<InstallationId>,
    /// Its state.
    pub state: ConnectionState,
    /// Why this person can't install it, and what to do; `None` when they can.
    pub blocked: Option<crate::PublicError>,
    /// Plan and payment; nothing where nothing is sold.
    #[serde(default)]
    pub plan: Option<crate::billing::PlanStep>,
    /// What the policy means for this person before Review is confirmed; nothing for visitors, for listings that can't be
    /// installed, and once there is an installation.
    #[serde(default)]
    pub policy: Option<crate::policy::PolicyStanding>,
    /// Hosts it may call.
    pub hosts: Vec<Permission>,
    /// What the credential is used for.
    pub scopes: Vec<Permission>,
    /// What it can do.
    pub capabilities: Vec<CapabilitySummary>,
    /// Where data is kept, in words.
    pub data_regions: Vec<String>,
    /// Pricing in words.
    pub pricing: String,
    /// How to get the credential.
    pub auth_help: String,
    /// Fields of the Connect step.
    pub fields: Vec<FormField>,
    /// Our address for the other side, where it needs to be known before Connect is complete.
    pub webhook_url: Option<String>,
    /// The last connection test.
    pub last_test: Option<CheckView>,
    /// What to paste on the other side.
    pub snippets: Vec<SetupSnippet>,
    /// How data can be proven.
    pub proofs: Vec<ProofOption>,
    /// The last probe, poll or action.
    pub last_proof: Option<CheckView>,
    /// A probe under way.
    pub waiting_probe: Option<ProbeId>,
    /// Milliseconds from the start of the installation to the first event.
    pub time_to_first_event_ms: Option<i64>,
    /// The last events.
    pub events: Vec<EventView>,
}

/// An installation in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstallationCard {
    /// Id.
    pub id: InstallationId,
    /// The listing.
    pub listing: ListingCard,
    /// Installed release.
    pub version: String,
    /// State.
    pub state: ConnectionState,
    /// Installed by.
    pub installed_by: String,
    /// Begun.
    pub created_at: Timestamp,
    /// Last event.
    pub last_event_at: Option<Timestamp>,
    /// Events so far.
    pub events: u64,
}

/// Everything on an installation's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstallationDetail {
    /// The part that is also in the list.
    pub card: InstallationCard,
    /// Whether the viewer may change it.
    pub can_manage: bool,
    /// Milliseconds from the start of the installation to the first event.
    pub time_to_first_event_ms: Option<i64>,
    /// Non-secret configuration: label and value.
    pub configuration: Vec<(String, String)>,
    /// Last checks, newest first.
    pub checks: Vec<CheckView>,
    /// Last events, newest first.
    pub events: Vec<EventView>,
    /// Payloads that came but could not be mapped or verified, in the last 7 days.
    pub rejected: u32,
    /// Server time, for relative dates.
    pub now: Timestamp,
}

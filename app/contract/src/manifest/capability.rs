//! What an integration can do, and how what arrives is verified, mapped and proven.

use super::{Expect, RequestSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kind of capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapabilityKind {
    /// The other side calls us.
    Webhook,
    /// We ask the other side.
    DataSource,
    /// We tell the other side.
    Action,
}

impl CapabilityKind {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::DataSource => "data_source",
            Self::Action => "action",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Webhook => "Receives events",
            Self::DataSource => "Reads data",
            Self::Action => "Takes action",
        }
    }
}

/// `[[capability]]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Kind.
    #[serde(rename = "type")]
    pub kind: CapabilityKind,
    /// Slug, unique in the manifest.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// `webhook`: longest normal silence, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// `webhook`: how an inbound call proves who sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<Verify>,
    /// Expression that gives one element per event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Expression; elements for which it is false are skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// How an element becomes an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<EventMap>,
    /// What to paste on the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup: Option<Setup>,
    /// How to make the other side send a tagged event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<Probe>,
    /// `data_source`, `action`: the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestSpec>,
    /// `data_source`, `action`: what a good answer looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
    /// `data_source`: time between two polls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// `action`: inputs.
    #[serde(default)]
    pub input: Vec<ActionInput>,
    /// `action`: whether repeating the call does no harm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_safe: Option<bool>,
}

/// An input of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionInput {
    /// Name in templates.
    pub key: String,
    /// Label.
    pub label: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: crate::field::FieldKind,
    /// Whether it must be given.
    #[serde(default)]
    pub required: bool,
    /// Used by the test message in the wizard.
    #[serde(default)]
    pub example: String,
    /// What it is.
    #[serde(default)]
    pub help: String,
    /// Choices.
    #[serde(default)]
    pub options: Vec<crate::field::FieldOption>,
}

/// Verification of inbound calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// Scheme.
    pub scheme: VerifyScheme,
    /// Header that carries the proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// Text before the proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Encoding of a signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<SignatureEncoding>,
    /// Template of the shared secret; ours by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Verification scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerifyScheme {
    /// Only the secret address.
    None,
    /// The secret itself in a header.
    Bearer,
    /// HTTP basic, user `openconductor`.
    Basic,
    /// HMAC-SHA-256 of the body.
    HmacSha256,
    /// Standard Webhooks (<https://www.standardwebhooks.com>).
    StandardWebhooks,
}

/// Encoding of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum SignatureEncoding {
    Hex,
    Base64,
}

/// `[capability.map]`: templates of an event's fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventMap {
    /// One line.
    pub summary: String,
    /// Severity.
    pub severity: String,
    /// Firing or resolved.
    pub status: String,
    /// The same for all events about one problem.
    pub dedup_key: String,
    /// Host, service or project.
    pub source: String,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// Part of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// Logical group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Kind of event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Page of the event at the vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl EventMap {
    /// Name and template of each field that is set.
    pub fn templates(&self) -> Vec<(&'static str, &str)> {
        [
            ("summary", Some(&self.summary)),
            ("severity", Some(&self.severity)),
            ("status", Some(&self.status)),
            ("dedup_key", Some(&self.dedup_key)),
            ("source", Some(&self.source)),
            ("occurred_at", self.occurred_at.as_ref()),
            ("component", self.component.as_ref()),
            ("group", self.group.as_ref()),
            ("class", self.class.as_ref()),
            ("link", self.link.as_ref()),
        ]
        .into_iter()
        .filter_map(|(name, template)| template.map(|template| (name, template.as_str())))
        .collect()
    }
}

/// `[capability.setup]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// `yaml`, `json`, `bash`, `markdown` …
    pub language: String,
    /// Template.
    pub text: String,
}

/// `[capability.probe]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// Makes the other side send us a tagged event.
    pub request: RequestSpec,
    /// Template over the event; when it contains the probe's id, the event is the probe.
    pub arrives: String,
}

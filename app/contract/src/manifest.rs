//! The integration manifest, version 1: what a partner declares. See `docs/manifest.md`.
//!
//! These types say what a manifest may contain (unknown keys are errors); whether it makes sense is judged by
//! `domain::catalog::check`.

use crate::field::FieldSpec;
pub use crate::pricing::{Pricing, PricingModel};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A whole manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Format version: 1.
    pub manifest: u32,
    /// Slug, unique and never reused.
    pub id: String,
    /// Display name.
    pub name: String,
    /// SemVer of this release.
    pub version: String,
    /// One sentence, ≤ 160 characters.
    pub summary: String,
    /// Partner slug.
    pub partner: String,
    /// One to three leaves of the category tree.
    pub categories: Vec<String>,
    /// Lower-case tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Other names people type; used by search only.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Support promise.
    pub support: Support,
    /// SPDX id or `Proprietary`.
    pub license: String,
    /// Where the other side keeps data.
    #[serde(default)]
    pub data_regions: Vec<String>,
    /// How it is deployed.
    pub listing: Deployment,
    /// What it costs.
    #[serde(default)]
    pub pricing: Pricing,
    /// Links, https only.
    pub links: Links,
    /// Hosts the connection may call.
    #[serde(default)]
    pub egress: Vec<Egress>,
    /// How it authenticates.
    #[serde(default)]
    pub auth: Auth,
    /// Fields of the wizard.
    #[serde(default)]
    pub config: Vec<FieldSpec>,
    /// Connection test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<ConnectionTest>,
    /// What it can do.
    #[serde(default)]
    pub capability: Vec<Capability>,
}

impl Manifest {
    /// Whether it can be installed: it has a test and something to do, and nothing of it is sold. Nobody can buy here yet.
    pub fn installable(&self) -> bool {
        self.test.is_some() && !self.capability.is_empty() && !self.pricing.model.sells()
    }

    /// The capability with this name.
    pub fn capability(&self, name: &str) -> Option<&Capability> {
        self.capability.iter().find(|capability| capability.name == name)
    }

    /// The first capability that takes inbound calls.
    pub fn webhook(&self) -> Option<&Capability> {
        self.capability.iter().find(|capability| capability.kind == CapabilityKind::Webhook)
    }
}

/// Support promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Support {
    /// Best effort.
    #[serde(rename = "community")]
    Community,
    /// On working days.
    #[serde(rename = "business-hours")]
    BusinessHours,
    /// Always.
    #[serde(rename = "24x7")]
    Always,
}

impl Support {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Community => "community",
            Self::BusinessHours => "business-hours",
            Self::Always => "24x7",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Community => "Community",
            Self::BusinessHours => "Business hours",
            Self::Always => "24 × 7",
        }
    }
}

/// How the integration is deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Deployment {
    Saas,
    Webhook,
    Helm,
    Container,
    Terraform,
    Vm,
}

impl Deployment {
    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Saas => "Cloud service",
            Self::Webhook => "Webhook",
            Self::Helm => "Helm chart",
            Self::Container => "Container",
            Self::Terraform => "Terraform module",
            Self::Vm => "Virtual machine",
        }
    }
}

/// Links, https only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it all")]
pub struct Links {
    pub homepage: String,
    pub documentation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changelog: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
}

impl Links {
    /// Key, label and address of each link that is set, in the order shown.
    pub fn all(&self) -> Vec<(&'static str, &'static str, &str)> {
        [
            ("homepage", "Home page", Some(&self.homepage)),
            ("documentation", "Documentation", Some(&self.documentation)),
            ("source", "Source code", self.source.as_ref()),
            ("changelog", "Change log", self.changelog.as_ref()),
            ("status", "Status page", self.status.as_ref()),
            ("support", "Vendor support", self.support.as_ref()),
            ("privacy", "Privacy", self.privacy.as_ref()),
            ("terms", "Terms", self.terms.as_ref()),
        ]
        .into_iter()
        .filter_map(|(key, label, url)| url.map(|url| (key, label, url.as_str())))
        .collect()
    }
}

/// A host the connection may call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Egress {
    /// A name, `*.name`, or a template over `config`.
    pub host: String,
    /// Why it is called.
    pub why: String,
}

/// How the integration authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum AuthKind {
    /// Not at all.
    #[default]
    None,
    /// A key in a header or in the query.
    ApiKey,
    /// `Authorization: Bearer …`.
    Bearer,
    /// User name and password.
    Basic,
    /// Inbound calls carry a secret of ours; nothing is called.
    WebhookSecret,
}

impl AuthKind {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ApiKey => "api_key",
            Self::Bearer => "bearer",
            Self::Basic => "basic",
            Self::WebhookSecret => "webhook_secret",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::ApiKey => "API key",
            Self::Bearer => "Token",
            Self::Basic => "User name and password",
            Self::WebhookSecret => "Webhook secret",
        }
    }
}

/// `[auth]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// Kind.
    #[serde(rename = "type", default)]
    pub kind: AuthKind,
    /// Whether the other side may run without.
    #[serde(default)]
    pub optional: bool,
    /// Where to get the credential.
    #[serde(default)]
    pub help: String,
    /// `api_key`: the header that carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// `api_key`: text before the key in the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// `api_key`: the query parameter that carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// `basic`: label of the user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username_label: Option<String>,
    /// `basic`: label of the password. `bearer`, `api_key`: label of the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_label: Option<String>,
    /// What the credential must be allowed to do.
    #[serde(default)]
    pub scopes: Vec<Scope>,
}

/// Something the credential must be allowed to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The vendor's name for it.
    pub name: String,
    /// Read or write.
    pub access: Access,
    /// Why it is needed.
    pub why: String,
}

/// Read or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Access {
    Read,
    Write,
}

impl Access {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// An HTTP request. Every string is a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    /// `GET`, `POST` …
    #[serde(default = "get")]
    pub method: String,
    /// Address.
    pub url: String,
    /// Headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// JSON body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<serde_json::Value>,
    /// Form body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<BTreeMap<String, String>>,
    /// Any other body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

fn get() -> String {
    "GET".to_owned()
}

/// What a good answer looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Good statuses; empty means any 2xx.
    #[serde(default)]
    pub status: Vec<u16>,
    /// Expression that must be true.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// What a bad answer means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestError {
    /// Statuses it applies to; empty means any.
    #[serde(default)]
    pub status: Vec<u16>,
    /// Expression that must be true for it to apply.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What happened.
    pub say: String,
    /// What to do.
    pub fix: String,
}

/// `[test]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionTest {
    /// The request.
    pub request: RequestSpec,
    /// What a good answer looks like.
    #[serde(default)]
    pub expect: Expect,
    /// Who answered, in words.
    pub identify: String,
    /// What bad answers mean.
    #[serde(default)]
    pub error: Vec<TestError>,
}

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

//! The integration manifest, version 1: what a partner declares. See `docs/manifest.md`.
//!
//! These types say what a manifest may contain (unknown keys are errors); whether it makes sense is judged by
//! `domain::catalog::check`.

mod capability;
mod connection;

pub use capability::*;
pub use connection::*;

use crate::field::FieldSpec;
pub use crate::pricing::{Pricing, PricingModel};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Whether there is a connection: a test, and something to do.
    pub fn connects(&self) -> bool {
        self.test.is_some() && !self.capability.is_empty()
    }

    /// Whether it is sold, and works once it is bought.
    pub fn sold(&self) -> bool {
        self.pricing.model.sells() && self.connects()
    }

    /// Whether it can be installed: there is a connection. What is sold needs a plan too.
    pub fn installable(&self) -> bool {
        self.connects()
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

//! Listings as people see them.

use crate::json::FromJson;
use crate::review::Rating;
use crate::{ListingId, PartnerId, Timestamp};
use serde::{Deserialize, Serialize};

/// Certification level. A level is earned by rules, never set by a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certification {
    /// Not certified.
    #[default]
    None,
    /// Community approved: every automated check passes.
    Bronze,
    /// Verified.
    Silver,
    /// Certified.
    Gold,
}

impl Certification {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bronze => "bronze",
            Self::Silver => "silver",
            Self::Gold => "gold",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "Not certified",
            Self::Bronze => "Bronze",
            Self::Silver => "Silver",
            Self::Gold => "Gold",
        }
    }

    /// The level with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Bronze, Self::Silver, Self::Gold].into_iter().find(|level| level.as_str() == text)
    }
}

/// A listing in a grid or result list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListingCard {
    /// Slug, also the address: `/integrations/{id}`.
    pub id: ListingId,
    /// Display name.
    pub name: String,
    /// One sentence, ≤ 160 characters.
    pub summary: String,
    /// Who publishes it; empty for an entry of another catalogue that none of our partners publishes.
    pub partner_id: PartnerId,
    /// Their name; without a partner, who lists it in that catalogue, if that is known.
    pub partner_name: String,
    /// Address of the icon; `None` shows a letter avatar.
    pub icon: Option<String>,
    /// Certification level.
    pub certification: Certification,
    /// Whether it can be installed.
    pub installable: bool,
    /// First category leaf, `group/leaf`.
    pub category: String,
    /// Organizations that have it installed.
    pub installs: u32,
    /// What its reviews come to; left out where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// What it costs in a few words, such as `From $19/mo`; left out where it costs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
}

/// A named link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Link {
    /// What it is: `Documentation`, `Source` …
    pub label: String,
    /// https address.
    pub url: String,
}

/// Something the integration may do or call, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Permission {
    /// Host or scope name.
    pub name: String,
    /// `read` or `write` for scopes; empty for hosts.
    pub access: String,
    /// Why it is needed.
    pub why: String,
}

/// One thing the integration can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapabilitySummary {
    /// `webhook`, `data_source` or `action`.
    pub kind: String,
    /// Slug in the manifest.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// One sentence.
    pub summary: String,
}

/// One release in a listing's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseSummary {
    /// SemVer.
    pub version: String,
    /// When it was published here.
    pub published_at: Timestamp,
}

/// A section of the README, by its second-level heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Readme {
    /// Sanitised HTML of everything but the set-up and troubleshooting sections.
    pub overview_html: String,
    /// Sanitised HTML of "Set-up" and "Troubleshooting".
    pub setup_html: String,
}

/// Everything the listing page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListingDetail {
    /// The part that is also on cards.
    pub card: ListingCard,
    /// SemVer of the current release.
    pub version: String,
    /// When the listing first appeared.
    pub published_at: Timestamp,
    /// When the current release appeared.
    pub updated_at: Timestamp,
    /// Rendered README.
    pub readme: Readme,
    /// Category leaves: path and name.
    pub categories: Vec<(String, String)>,
    /// Tags.
    pub tags: Vec<String>,
    /// Support promise in words.
    pub support: String,
    /// SPDX licence id or `Proprietary`.
    pub license: String,
    /// Where the other side keeps data.
    pub data_regions: Vec<String>,
    /// How it is deployed.
    pub deployment: String,
    /// Pricing in words.
    pub pricing: String,
    /// Authentication in words.
    pub auth: String,
    /// Links.
    pub links: Vec<Link>,
    /// Hosts it may call.
    pub hosts: Vec<Permission>,
    /// What the credential is used for.
    pub scopes: Vec<Permission>,
    /// What it can do.
    pub capabilities: Vec<CapabilitySummary>,
    /// Releases, newest first.
    pub releases: Vec<ReleaseSummary>,
    /// Similar listings.
    pub related: Vec<ListingCard>,
    /// How many organizations and visitors asked for it.
    pub requests: u32,
    /// The catalogue it was taken from, empty if that has no name; null for what is published here.
    pub feed: Option<String>,
    /// Absolute address of the page.
    pub canonical_url: String,
}

/// What a viewer can do with a listing: never part of a cached page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Default)]
pub struct ListingStanding {
    /// Installations of it in the viewer's organization that are not uninstalled.
    pub installations: Vec<crate::InstallationId>,
    /// Whether the viewer already asked for it.
    pub requested: bool,
}

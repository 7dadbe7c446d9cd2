//! What the coverage map knows of technologies. The files it reads are no part of this: they stay in the browser.

use crate::json::FromJson;
use crate::{InstallationId, ListingId};
use serde::{Deserialize, Serialize};

/// The listing of a technology. Without its icon: a picture that is asked for tells what the files mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct TechnologyListing {
    /// Slug, also the address: `/integrations/{id}`.
    pub id: ListingId,
    /// Whether it can be installed.
    pub installable: bool,
    /// The installation that whoever looks has of it.
    pub installation: Option<InstallationId>,
}

/// A technology and how files call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct KnownTechnology {
    /// Its name in lower case.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its category, `group/leaf`.
    pub leaf: String,
    /// What it is there for: wire names of `coverage::Job`.
    pub does: Vec<String>,
    /// What it is known by: marks of `coverage::Technology`.
    pub marks: Vec<String>,
    /// Its listing, where there is one.
    pub listing: Option<TechnologyListing>,
}

/// Everything that the page needs, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CoverageView {
    /// Technologies, in the order of the categories.
    pub technologies: Vec<KnownTechnology>,
    /// Path and name of each category leaf, in order.
    pub leaves: Vec<(String, String)>,
}

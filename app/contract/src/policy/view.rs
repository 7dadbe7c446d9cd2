//! The policy as pages show it: read, edited, tried out, and met at an install.

use super::{Outcome, Policy, Verdict};
use crate::approval::ApprovalState;
use crate::install::ConnectionState;
use crate::json::FromJson;
use crate::listing::ListingCard;
use crate::{ApprovalId, InstallationId, Timestamp};
use serde::{Deserialize, Serialize};

/// Something to choose in the editor: the value in the policy, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Choice {
    /// Slug.
    pub value: String,
    /// Name for people.
    pub label: String,
}

/// What conditions can name. Only for people who may change the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PolicyChoices {
    /// Data regions.
    pub regions: Vec<Choice>,
    /// Categories: each group is followed by its leaves.
    pub categories: Vec<Choice>,
    /// Partners, by name.
    pub partners: Vec<Choice>,
    /// Listings that can be installed, by name.
    pub listings: Vec<Choice>,
}

/// The policy's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PolicyView {
    /// The policy in force.
    pub policy: Policy,
    /// Each rule as a sentence, in the same order.
    pub sentences: Vec<String>,
    /// What holds where no rule does, as a sentence.
    pub otherwise: String,
    /// Whether the viewer may change it.
    pub can_change: bool,
    /// Who changed it last; `None` before the first change.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<Timestamp>,
    /// What the editor offers; empty for people who may not change the policy.
    pub choices: PolicyChoices,
}

/// A listing in a dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DryRunListing {
    /// The listing.
    pub listing: ListingCard,
    /// Why it comes to this.
    pub why: String,
}

/// Listings with the same outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DryRunGroup {
    /// The outcome.
    pub outcome: Outcome,
    /// How many.
    pub count: u32,
    /// Which, by name.
    pub listings: Vec<DryRunListing>,
}

/// An installation that the draft is stricter with than the policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DryRunInstallation {
    /// The installation.
    pub id: InstallationId,
    /// The listing.
    pub listing: ListingCard,
    /// The installed release.
    pub version: String,
    /// State of the connection.
    pub state: ConnectionState,
    /// Who installed it.
    pub installed_by: String,
    /// What the draft says of it.
    pub verdict: Verdict,
}

/// A listing that the draft judges otherwise than the policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DryRunChange {
    /// The listing.
    pub listing: ListingCard,
    /// With the policy in force.
    pub before: Outcome,
    /// With the draft.
    pub after: Verdict,
}

/// What a draft of a policy would mean. Nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DryRun {
    /// Each rule of the draft as a sentence.
    pub sentences: Vec<String>,
    /// What holds where no rule does, as a sentence.
    pub otherwise: String,
    /// All listings that can be installed, in three groups: allowed, with approval, blocked.
    pub groups: Vec<DryRunGroup>,
    /// What is installed and would no longer be allowed as it is today. It keeps running.
    pub installed: Vec<DryRunInstallation>,
    /// What would differ from the policy in force.
    pub changes: Vec<DryRunChange>,
}

/// A policy while it is edited, after one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PolicyDraft {
    /// The draft.
    pub draft: Policy,
    /// The same as text, for the address of the next step and for saving.
    pub json: String,
    /// Why the last step was not taken.
    pub problem: Option<crate::PublicError>,
    /// Whether it differs from the policy in force.
    pub changed: bool,
    /// What it would mean.
    pub dry_run: DryRun,
    /// The policy in force, and what the editor offers.
    pub view: PolicyView,
}

/// The viewer's last request for approval of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct RequestStanding {
    /// The request: `/approvals/{id}`.
    pub id: ApprovalId,
    /// Its state.
    pub state: ApprovalState,
    /// The release that was asked for.
    pub version: String,
    /// Whether it allows to install now: approved, for this release, and not lapsed.
    pub good: bool,
    /// Until when it is open or good.
    pub expires_at: Timestamp,
}

/// What the policy means for the viewer at an install.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PolicyStanding {
    /// What the policy says of this release, and why.
    pub verdict: Verdict,
    /// Whether the viewer can ask for approval now.
    pub can_ask: bool,
    /// Their open or last request for this listing.
    pub request: Option<RequestStanding>,
}

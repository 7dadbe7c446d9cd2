//! The install policy of an organization: rules over what a listing is and may do. The first rule whose conditions all
//! hold decides; where none does, `otherwise` does. On the wire it is JSON that people can read and keep in a file:
//!
//! ```json
//! {
//!   "rules": [
//!     { "outcome": "allow", "when": [{ "certification_at_least": "silver" }, { "access": "read_only" }], "note": "" }
//!   ],
//!   "otherwise": "ask",
//!   "revision": 3
//! }
//! ```

mod condition;
mod limits;
mod sentence;
mod view;

pub use condition::{Condition, REGIONS, Reach, region_label};
pub use limits::{MAX_CONDITIONS, MAX_NOTE_CHARS, MAX_POLICY_BYTES, MAX_RULES, MAX_VALUES};
pub use sentence::{Named, Namer, slugs};
pub use view::{
    Choice, DryRun, DryRunChange, DryRunGroup, DryRunInstallation, DryRunListing, PolicyChoices, PolicyDraft,
    PolicyStanding, PolicyView, RequestStanding,
};

use crate::json::FromJson;
use serde::{Deserialize, Serialize};

/// What the policy says of an install. Ordered from free to strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every member installs by themselves.
    Allow,
    /// Administrators install; members need an administrator's approval.
    Ask,
    /// Nobody installs.
    Block,
}

impl Outcome {
    /// All outcomes, from free to strict.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Ask, Self::Block];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Ask => "ask",
            Self::Block => "block",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Ask => "Ask for approval",
            Self::Block => "Block",
        }
    }
}

/// One rule: an outcome for every listing that all conditions hold for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it decides.
    pub outcome: Outcome,
    /// All of these must hold. A rule without conditions holds for everything.
    pub when: Vec<Condition>,
    /// Why the rule is there, for the people it stops.
    #[serde(default)]
    pub note: String,
}

/// The policy of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The first rule that holds decides.
    pub rules: Vec<Rule>,
    /// What is decided where no rule holds.
    pub otherwise: Outcome,
    /// Rises with each change, 0 before the first. Send back the one you read: a change in between is then noticed.
    #[serde(default)]
    pub revision: i64,
}

impl Default for Policy {
    /// What holds for an organization that never wrote a policy: everything needs approval.
    fn default() -> Self {
        Self { rules: Vec::new(), otherwise: Outcome::Ask, revision: 0 }
    }
}

/// What a policy says of one listing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// What is decided.
    pub outcome: Outcome,
    /// Position of the rule that decided, from 0; `None` when no rule held.
    pub rule: Option<usize>,
    /// In a sentence or two, for people.
    pub why: String,
}

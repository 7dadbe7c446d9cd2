//! Requests for approval of an install: who asks for which release and why, what it would get, and the answer.

use crate::json::FromJson;
use crate::listing::{CapabilitySummary, ListingCard, Permission};
use crate::policy::Verdict;
use crate::{ApprovalId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Characters of a reason, an answer or a comment.
pub const MAX_TEXT_CHARS: usize = 2000;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Waits for an administrator.
    Open,
    /// The requester may install this release, for a while.
    Approved,
    /// An administrator said no.
    Denied,
    /// The requester took it back.
    Withdrawn,
    /// Nobody answered in time.
    Expired,
}

impl ApprovalState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Open, Self::Approved, Self::Denied, Self::Withdrawn, Self::Expired];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Waits for an answer",
            Self::Approved => "Approved",
            Self::Denied => "Denied",
            Self::Withdrawn => "Withdrawn",
            Self::Expired => "Expired",
        }
    }
}

/// An administrator's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApprovalAnswer {
    /// The requester may install.
    Approve,
    /// They may not.
    Deny,
}

impl ApprovalAnswer {
    /// Wire name, also in links.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Deny => "deny",
        }
    }

    /// Text of the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }

    /// The answer with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Approve, Self::Deny].into_iter().find(|answer| answer.as_str() == text)
    }
}

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalCard {
    /// The request: `/approvals/{id}`.
    pub id: ApprovalId,
    /// What is to be installed.
    pub listing: ListingCard,
    /// Exactly this release.
    pub version: String,
    /// Who asks.
    pub requester: String,
    /// Whether that is the viewer.
    pub mine: bool,
    /// Where it stands.
    pub state: ApprovalState,
    /// Asked.
    pub created_at: Timestamp,
    /// While open: ends by itself. Once approved: good until then.
    pub expires_at: Timestamp,
    /// Answered, withdrawn or expired.
    pub ended_at: Option<Timestamp>,
}

/// The list of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ApprovalList {
    /// Open ones first, then the newest.
    pub approvals: Vec<ApprovalCard>,
    /// How many are open.
    pub open: u32,
    /// Whether these are the requests of everybody in the organization, not only the viewer's.
    pub everybody: bool,
    /// Server time, for relative dates.
    pub now: Timestamp,
}

/// A comment on a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalComment {
    /// Who.
    pub author: String,
    /// Whether that is the viewer.
    pub mine: bool,
    /// What they say; plain text.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// Everything on a request's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalDetail {
    /// The part that is also in the list.
    pub card: ApprovalCard,
    /// The signed-in person: links from mail work for the person they were sent to.
    pub viewer: UserId,
    /// Why they want it; plain text.
    pub reason: String,
    /// What the policy said when they asked.
    pub asked_because: String,
    /// What it says of this release now.
    pub verdict: Verdict,
    /// The current release, when that is another one: this request is then of no use any more.
    pub newer: Option<String>,
    /// Hosts it would call.
    pub hosts: Vec<Permission>,
    /// What its credential would be used for.
    pub scopes: Vec<Permission>,
    /// What it would do.
    pub capabilities: Vec<CapabilitySummary>,
    /// Where the other side keeps data, in words.
    pub data_regions: Vec<String>,
    /// Who answered.
    pub answered_by: Option<String>,
    /// What they said; plain text, may be empty.
    pub answer: Option<String>,
    /// Comments, oldest first.
    pub comments: Vec<ApprovalComment>,
    /// Whether the viewer may approve or deny it now.
    pub can_answer: bool,
    /// Whether the viewer may take it back now.
    pub can_withdraw: bool,
    /// Whether the viewer can install this release because of it now.
    pub can_install: bool,
    /// Server time, for relative dates.
    pub now: Timestamp,
}

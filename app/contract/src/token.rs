//! API tokens and what they may be used for.

use crate::json::FromJson;
use crate::{Timestamp, TokenId};
use serde::{Deserialize, Serialize};

/// What an API token may be used for. It never allows more than its owner may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Installations, their checks and events.
    #[serde(rename = "installations:read")]
    InstallationsRead,
    /// Install and uninstall.
    #[serde(rename = "installations:write")]
    InstallationsWrite,
    /// Approval requests.
    #[serde(rename = "approvals:read")]
    ApprovalsRead,
    /// Answer approval requests.
    #[serde(rename = "approvals:write")]
    ApprovalsWrite,
    /// Members.
    #[serde(rename = "members:read")]
    MembersRead,
    /// The audit trail.
    #[serde(rename = "audit:read")]
    AuditRead,
    /// Write reviews.
    #[serde(rename = "reviews:write")]
    ReviewsWrite,
    /// The catalogue itself: importing feeds.
    #[serde(rename = "catalog:write")]
    CatalogWrite,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 8] = [
        Self::InstallationsRead,
        Self::InstallationsWrite,
        Self::ApprovalsRead,
        Self::ApprovalsWrite,
        Self::MembersRead,
        Self::AuditRead,
        Self::ReviewsWrite,
        Self::CatalogWrite,
    ];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InstallationsRead => "installations:read",
            Self::InstallationsWrite => "installations:write",
            Self::ApprovalsRead => "approvals:read",
            Self::ApprovalsWrite => "approvals:write",
            Self::MembersRead => "members:read",
            Self::AuditRead => "audit:read",
            Self::ReviewsWrite => "reviews:write",
            Self::CatalogWrite => "catalog:write",
        }
    }

    /// What it allows, for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InstallationsRead => "See installations and their events",
            Self::InstallationsWrite => "Install and uninstall",
            Self::ApprovalsRead => "See approval requests",
            Self::ApprovalsWrite => "Answer approval requests",
            Self::MembersRead => "See members",
            Self::AuditRead => "Read the audit trail",
            Self::ReviewsWrite => "Write reviews, find others helpful, report them",
            Self::CatalogWrite => "Import catalogue feeds (operators of the marketplace)",
        }
    }

    /// The scope with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// A token in its owner's list. The secret is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct TokenView {
    /// Id.
    pub id: TokenId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// The first characters of the secret, to tell tokens apart.
    pub hint: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// Made.
    pub created_at: Timestamp,
    /// Not valid afterwards.
    pub expires_at: Timestamp,
    /// Last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// Somebody's tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct TokenList {
    /// Newest first.
    pub tokens: Vec<TokenView>,
    /// The one that was made a moment ago, with its secret.
    pub made: Option<NewTokenView>,
    /// Now, for "5 min ago".
    pub now: Timestamp,
}

/// A token that was just made, with its secret: the only time that it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct NewTokenView {
    /// The token.
    pub token: TokenView,
    /// Its secret.
    pub secret: String,
}

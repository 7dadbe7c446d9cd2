//! Who is looking, and how one can sign in.

use crate::json::FromJson;
use crate::{OrganizationId, PartnerId, SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A role in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrganizationRole {
    /// Sees what is installed, and installs what the policy allows or an administrator approves.
    Member,
    /// A member who also looks after money.
    BillingAdmin,
    /// Decides: members, policy, approvals, connections.
    Admin,
}

impl OrganizationRole {
    /// All roles, the weakest first.
    pub const ALL: [Self; 3] = [Self::Member, Self::BillingAdmin, Self::Admin];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::BillingAdmin => "billing_admin",
            Self::Admin => "admin",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::BillingAdmin => "Billing admin",
            Self::Admin => "Admin",
        }
    }

    /// The role with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A role in a partner's team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum PartnerRole {
    /// Sees the partner's listings and how they are used.
    Member,
    /// Publishes, and looks after the partner's team and money.
    Admin,
}

/// A role of the marketplace's own staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Judges submissions and demand.
    Reviewer,
    /// Runs the marketplace.
    Operator,
}

/// The signed-in person as the pages need them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Viewer {
    /// The person.
    pub user_id: UserId,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The organization they act for.
    pub organization_id: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// Their role in it.
    pub role: OrganizationRole,
    /// The partner they publish for, if any.
    pub partner: Option<PartnerId>,
    /// Their role in the partner's team.
    pub partner_role: Option<PartnerRole>,
    /// Their staff role, if any.
    pub staff: Option<StaffRole>,
}

/// Whoever looks at a page, and what waits for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Account {
    /// The person.
    #[serde(flatten)]
    pub viewer: Viewer,
    /// Notices they have not read.
    pub unread: u32,
}

/// One button on the sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct SignInProvider {
    /// Key in the address, `/auth/{key}`.
    pub key: String,
    /// Text on the button.
    pub name: String,
}

/// An account that exists only in the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DemoAccount {
    /// Key of the account.
    pub key: String,
    /// Name of the person.
    pub name: String,
    /// What they are and may do.
    pub role: String,
}

/// The ways to sign in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Default)]
pub struct SignInOptions {
    /// Configured issuers.
    pub providers: Vec<SignInProvider>,
    /// Demo accounts; empty unless this is a demo on a loopback address.
    pub demo_accounts: Vec<DemoAccount>,
    /// Whether an organization has a sign-in of its own, which is found by e-mail address.
    pub organizations: bool,
    /// That of the organization which whoever looks acts for.
    pub own: Option<SignInProvider>,
}

/// A signed-in browser in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct SessionView {
    /// Id.
    pub id: SessionId,
    /// What it is, such as `Firefox on Linux`.
    pub device: String,
    /// Address it signed in from.
    pub ip: String,
    /// Name of the organization it acts for.
    pub organization: String,
    /// Signed in.
    pub created_at: Timestamp,
    /// Last seen, to the minute.
    pub last_seen_at: Timestamp,
    /// Ends at the latest.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
}

//! An organization: its members, invitations into it, and what its admins decide about it.

use crate::account::OrganizationRole;
use crate::json::FromJson;
use crate::money::Currency;
use crate::{InvitationId, OrganizationId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Longest name of an organization, in characters.
pub const MAX_ORGANIZATION_NAME: usize = 80;
/// Longest address that can be invited, in characters.
pub const MAX_ADDRESS: usize = 200;
/// Invitations of one organization that may be open at the same time.
pub const MAX_INVITATIONS: u64 = 50;
/// Days between deciding to delete an organization and its deletion.
pub const DELETION_GRACE_DAYS: i64 = 14;

/// An organization as its settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct OrganizationView {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Begun.
    pub created_at: Timestamp,
    /// Deleted for good at this time, unless an admin changes their mind.
    pub delete_at: Option<Timestamp>,
    /// Whether whoever looks may change the settings.
    pub manages: bool,
    /// What it sees prices and pays in.
    pub currency: Currency,
    /// Whether whoever looks may choose the currency.
    pub pays: bool,
    /// Whether it has subscribed, so that the currency stays.
    pub currency_fixed: bool,
}

/// A member, as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// The person.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// Their address; only admins see that of others.
    pub email: Option<String>,
    /// Their role.
    pub role: OrganizationRole,
    /// Member since.
    pub joined_at: Timestamp,
    /// Whether it is whoever looks.
    pub you: bool,
}

/// The members of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct MemberList {
    /// Members, by name.
    pub members: Vec<MemberView>,
    /// Whether whoever looks may invite, change roles and remove.
    pub manages: bool,
    /// Invitations that were not answered yet; only for whoever manages.
    pub invitations: Vec<InvitationView>,
    /// Whether there is only one admin, whose role can't be changed and who can't go.
    pub one_admin: bool,
}

/// An invitation that was neither accepted nor revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct InvitationView {
    /// Id.
    pub id: InvitationId,
    /// Where the mail went.
    pub email: String,
    /// The role that comes with it.
    pub role: OrganizationRole,
    /// Name of whoever invited.
    pub invited_by: String,
    /// Sent, the last time.
    pub sent_at: Timestamp,
    /// Not valid afterwards.
    pub expires_at: Timestamp,
    /// Whether it is not valid any more; it can be sent again.
    pub expired: bool,
}

/// What an invitation is to whoever opens its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum JoinState {
    /// Nobody is signed in.
    SignIn,
    /// Unknown, used, revoked or expired: these can't be told apart.
    Unusable,
    /// It is for another address.
    AnotherAddress,
    /// The address fits, but the sign-in service does not vouch for it.
    Unverified,
    /// It can be accepted.
    Open,
    /// It was accepted by whoever looks.
    Joined,
}

/// What the page of an invitation shows. It says nothing of the organization to people whose address does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct JoinView {
    /// What it is to whoever looks.
    pub state: JoinState,
    /// The address of whoever is signed in; empty for visitors.
    pub you: String,
    /// What is offered; only where it can be accepted, or was.
    pub offer: Option<Offer>,
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Offer {
    /// Id of the organization.
    pub id: OrganizationId,
    /// Its name.
    pub organization: String,
    /// The role that comes with it.
    pub role: OrganizationRole,
    /// Name of whoever invited.
    pub invited_by: String,
    /// Not valid afterwards.
    pub expires_at: Timestamp,
}

/// An organization that somebody belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Belonging {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Their role in it.
    pub role: OrganizationRole,
    /// Member since.
    pub joined_at: Timestamp,
    /// Whether it is the one they act for now.
    pub current: bool,
    /// Deleted for good at this time, unless an admin changes their mind.
    pub delete_at: Option<Timestamp>,
}

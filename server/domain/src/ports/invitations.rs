//! Invitations into organizations.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::account::OrganizationRole;
use contract::{InvitationId, OrganizationId, SessionId, Timestamp, UserId};

/// An invitation about to be stored. Its secret is only known by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Id, unless an invitation of this address is there already.
    pub id: InvitationId,
    /// Whose.
    pub organization: OrganizationId,
    /// The invited address, in lower case.
    pub email: String,
    /// The role that comes with it.
    pub role: OrganizationRole,
    /// SHA-256 of the secret in the link.
    pub token_hash: String,
    /// Who invites.
    pub invited_by: UserId,
    /// Sent.
    pub sent_at: Timestamp,
    /// Not valid afterwards.
    pub expires_at: Timestamp,
}

/// An invitation as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// Whose.
    pub organization: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// The invited address, in lower case.
    pub email: String,
    /// The role that comes with it.
    pub role: OrganizationRole,
    /// Name of whoever invited.
    pub invited_by: String,
    /// Sent.
    pub sent_at: Timestamp,
    /// Not valid afterwards.
    pub expires_at: Timestamp,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Invitation {
    /// Whether it can be accepted.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none() && self.expires_at > now
    }
}

/// What storing an invitation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// It is stored, and its effects with it.
    Sent,
    /// The same invitation went out a moment ago: nothing was changed.
    JustSent,
    /// The organization has as many open invitations as it may have.
    TooMany,
}

/// What to keep to when an invitation is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationLimits {
    /// Open invitations of one organization.
    pub open: u64,
    /// Time between two mails to one address, in milliseconds.
    pub pause_ms: i64,
}

/// Who accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The invitation.
    pub invitation: InvitationId,
    /// SHA-256 of the secret they showed: it may have been renewed since it was looked up.
    pub token_hash: String,
    /// The person.
    pub person: UserId,
    /// Their session, which goes over to the organization.
    pub session: SessionId,
    /// Now.
    pub at: Timestamp,
}

/// Repository of invitations.
#[async_trait]
pub trait Invitations: Send + Sync {
    /// Stores an invitation. One of the same address that was neither accepted nor revoked is renewed: its secret, role
    /// and end are replaced.
    async fn invite(&self, new: &NewInvitation, limits: InvitationLimits, effects: &Effects) -> Result<Invited>;

    /// Invitations of an organization that were neither accepted nor revoked, the last one sent first.
    async fn invitations(&self, organization: &OrganizationId) -> Result<Vec<Invitation>>;

    /// One invitation of an organization.
    async fn invitation(&self, organization: &OrganizationId, id: &InvitationId) -> Result<Option<Invitation>>;

    /// The invitation that a secret belongs to: whoever has the link has it.
    async fn invitation_by_token(&self, token_hash: &str) -> Result<Option<Invitation>>;

    /// Revokes an invitation that was neither accepted nor revoked; gives whether it did.
    async fn revoke_invitation(
        &self,
        organization: &OrganizationId,
        id: &InvitationId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;

    /// Accepts an invitation that is open in this moment: membership (unless there is one, which stays as it is, without
    /// `effects`) and session. Gives whether it did.
    async fn accept_invitation(&self, acceptance: &Acceptance, effects: &Effects) -> Result<bool>;
}

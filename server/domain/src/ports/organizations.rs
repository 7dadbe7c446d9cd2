//! Organizations and who belongs to them. What must hold for an organization as a whole, such as that it has an admin, is
//! decided inside the transaction that changes it.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::account::OrganizationRole;
use contract::money::Currency;
use contract::{InstallationId, OrganizationId, SessionId, Timestamp, UserId};

/// An organization as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Begun.
    pub created_at: Timestamp,
    /// When it is deleted for good, if that was decided.
    pub delete_at: Option<Timestamp>,
    /// Whether only sessions of its own issuer may act for it.
    pub sign_in_required: bool,
    /// What it sees prices and pays in.
    pub currency: Currency,
}

/// Somebody in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether an issuer vouches for the address.
    pub email_verified: bool,
    /// Their role.
    pub role: OrganizationRole,
    /// Member since.
    pub joined_at: Timestamp,
}

/// Somebody's organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organization.
    pub organization: Organization,
    /// Their role in it.
    pub role: OrganizationRole,
    /// Member since.
    pub joined_at: Timestamp,
}

/// What came of a change of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberChange {
    /// It is stored.
    Done,
    /// The member is gone or has another role than when they were read.
    Stale,
    /// The organization would have no admin any more.
    LastAdmin,
}

/// What becomes of an organization when one of its members deletes their account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on without them.
    GoesOn,
    /// Nobody is left: it is deleted at this time.
    Ends(Timestamp),
}

/// An organization about to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganization {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Its first admin.
    pub creator: UserId,
    /// Their session, which goes over to it.
    pub session: SessionId,
    /// Now.
    pub at: Timestamp,
}

/// Repository of organizations.
#[async_trait]
pub trait Organizations: Send + Sync {
    /// One organization.
    async fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>>;

    /// Its members, by name.
    async fn members(&self, organization: &OrganizationId) -> Result<Vec<Member>>;

    /// Organizations of a person, the first one joined first.
    async fn organizations_of(&self, person: &UserId) -> Result<Vec<Membership>>;

    /// Changes the role of a member: from what it was to what it is.
    async fn set_role(
        &self,
        organization: &OrganizationId,
        person: &UserId,
        change: (OrganizationRole, OrganizationRole),
        effects: &Effects,
    ) -> Result<MemberChange>;

    /// Removes a member who has the role `was`, and ends their sessions in this organization; `session` goes on in another
    /// organization of theirs, if there is one.
    async fn remove_member(
        &self,
        organization: &OrganizationId,
        person: &UserId,
        was: OrganizationRole,
        session: Option<&SessionId>,
        effects: &Effects,
    ) -> Result<MemberChange>;

    /// Makes `to` an admin and removes the admin `from`, both or neither; `session` as with removing.
    async fn transfer(
        &self,
        organization: &OrganizationId,
        from: &UserId,
        to: &UserId,
        session: &SessionId,
        effects: &Effects,
    ) -> Result<MemberChange>;

    /// Creates an organization, unless its creator belongs to `limit` already; gives whether it did.
    async fn create_organization(&self, new: &NewOrganization, limit: u64, effects: &Effects) -> Result<bool>;

    /// Renames.
    async fn rename(&self, organization: &OrganizationId, name: &str, effects: &Effects) -> Result<()>;

    /// Changes the currency: from what it was to what it is. Gives whether it did: not where it was another one, or there is
    /// a subscription by now; then `effects` are not stored.
    async fn set_currency(
        &self,
        organization: &OrganizationId,
        change: (Currency, Currency),
        effects: &Effects,
    ) -> Result<bool>;

    /// Decides when it is deleted, or that it is not. Gives whether that is a change; without one, `effects` are not stored.
    async fn set_deletion(
        &self,
        organization: &OrganizationId,
        at: Option<Timestamp>,
        effects: &Effects,
    ) -> Result<bool>;

    /// Organizations whose time has come.
    async fn due_for_deletion(&self, now: Timestamp) -> Result<Vec<Organization>>;

    /// Deletes an organization that is due and has nothing installed, with everything it has but its audit trail; gives
    /// whether it did.
    async fn delete_organization(&self, id: &OrganizationId, effects: &Effects, now: Timestamp) -> Result<bool>;

    /// Everything it ever installed, what is uninstalled included.
    async fn every_installation(&self, organization: &OrganizationId) -> Result<Vec<InstallationId>>;

    /// Deletes an account: sessions, identities, memberships, notices, API tokens; the row of the person stays without a
    /// name. Gives whether it did: not when what would become of one of their organizations differs from `fates`.
    async fn delete_person(&self, person: &UserId, fates: &[(OrganizationId, Fate)], effects: &Effects)
    -> Result<bool>;
}

//! People, organizations, sessions.

use crate::error::Result;
use async_trait::async_trait;
use contract::account::{OrganizationRole, StaffRole, Viewer};
use contract::{OrganizationId, PartnerId, SessionId, Timestamp, UserId};

/// Who an issuer says somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalIdentity {
    /// The issuer's identifier, such as `https://login.example.com`.
    pub issuer: String,
    /// The person's identifier there.
    pub subject: String,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A person about to be created together with their first organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Id of the person.
    pub user: UserId,
    /// Id of the organization.
    pub organization: OrganizationId,
    /// Name of the organization.
    pub organization_name: String,
}

/// An account of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// Key on the sign-in page.
    pub key: String,
    /// Who they are.
    pub identity: ExternalIdentity,
    /// Their organization.
    pub organization: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// Their role in it.
    pub role: OrganizationRole,
    /// The partner they publish for.
    pub partner: Option<PartnerId>,
    /// Their staff role.
    pub staff: Option<StaffRole>,
}

/// A session as stored; the cookie's value is only known by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Public id, for lists.
    pub id: SessionId,
    /// SHA-256 of the cookie's value.
    pub token_hash: String,
    /// Whose it is.
    pub user: UserId,
    /// The organization they act for.
    pub organization: OrganizationId,
    /// Begun.
    pub created_at: Timestamp,
    /// Ends at the latest.
    pub expires_at: Timestamp,
}

/// A sign-in under way, from the redirect to the issuer until it answers. Used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignIn {
    /// SHA-256 of `state`.
    pub state_hash: String,
    /// SHA-256 of the cookie that binds it to one browser.
    pub browser_hash: String,
    /// Key of the provider.
    pub provider: String,
    /// `nonce` sent to the issuer.
    pub nonce: String,
    /// PKCE verifier.
    pub pkce_verifier: String,
    /// Where to go afterwards: a path of ours.
    pub return_to: String,
    /// Not valid afterwards.
    pub expires_at: Timestamp,
}

/// Repository of people and sessions.
#[async_trait]
pub trait Identities: Send + Sync {
    /// Finds the person of this identity, updating name and e-mail; or creates them and their first organization, in one
    /// transaction. Gives the person and the organization they act for.
    async fn person(
        &self,
        identity: &ExternalIdentity,
        new: &NewPerson,
        now: Timestamp,
    ) -> Result<(UserId, OrganizationId)>;

    /// Creates a demo account unless it exists.
    async fn put_demo_person(&self, person: &DemoPerson, user: &UserId, now: Timestamp) -> Result<()>;

    /// Stores a session.
    async fn create_session(&self, session: &NewSession) -> Result<()>;

    /// The person behind a session that has not ended.
    async fn viewer(&self, token_hash: &str, now: Timestamp) -> Result<Option<Viewer>>;

    /// Ends a session.
    async fn end_session(&self, token_hash: &str) -> Result<()>;

    /// Stores a sign-in under way.
    async fn begin_sign_in(&self, pending: &PendingSignIn) -> Result<()>;

    /// Takes a sign-in under way out of the store, so that it can't be used twice.
    async fn take_sign_in(&self, state_hash: &str) -> Result<Option<PendingSignIn>>;

    /// Deletes ended sessions and sign-ins.
    async fn purge_ended(&self, now: Timestamp) -> Result<u64>;
}

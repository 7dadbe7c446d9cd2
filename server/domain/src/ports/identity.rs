//! People, organizations, sessions.

use super::Effects;
use crate::error::Result;
use crate::identity::Roles;
use async_trait::async_trait;
use contract::account::{OrganizationRole, PartnerRole, StaffRole, Viewer};
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
    /// Whether the issuer vouches for the address. Without it the address proves nothing about the person.
    pub email_verified: bool,
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
    /// Their role in the partner's team.
    pub partner_role: Option<PartnerRole>,
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
    /// The issuer who vouched for them.
    pub issuer: String,
    /// Where from.
    pub ip: String,
    /// With what.
    pub user_agent: String,
    /// Whether it counts for this organization only, whose own issuer vouched.
    pub bound: bool,
}

/// Who is behind a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person, acting for an organization.
    pub viewer: Viewer,
    /// Public id of the session.
    pub session: SessionId,
    /// When they last signed in with an issuer.
    pub authenticated_at: Timestamp,
    /// When they were last seen, to the minute.
    pub last_seen_at: Timestamp,
    /// Whether the session counts for this organization only, whose own issuer vouched.
    pub bound: bool,
}

/// An e-mail address, and whether it proves anything about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub email: String,
    /// Whether an issuer vouches for it.
    pub verified: bool,
}

/// Somebody whom roles in the marketplace can be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// What they are now.
    pub roles: Roles,
}

/// How an issuer knows a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownIdentity {
    /// The issuer's identifier.
    pub issuer: String,
    /// The person's identifier there.
    pub subject: String,
    /// Since.
    pub created_at: Timestamp,
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
    /// The person of this identity.
    async fn known_person(&self, identity: &ExternalIdentity) -> Result<Option<UserId>>;

    /// Finds the person of this identity, updating name and e-mail; or creates them. Who belongs to no organization gets
    /// `new.organization`, in one transaction with `effects`. Gives the person and the organization they act for.
    async fn person(
        &self,
        identity: &ExternalIdentity,
        new: &NewPerson,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<(UserId, OrganizationId)>;

    /// Creates a demo account unless it exists.
    async fn put_demo_person(&self, person: &DemoPerson, user: &UserId, now: Timestamp) -> Result<()>;

    /// Stores a session.
    async fn create_session(&self, session: &NewSession, effects: &Effects) -> Result<()>;

    /// The person behind a session that has not ended. Who does not belong to its organization any more, or may not act
    /// for it with this session, goes on in another one of theirs; without any, there is nobody.
    async fn signed_in(&self, token_hash: &str, now: Timestamp) -> Result<Option<SignedIn>>;

    /// Ends a session.
    async fn end_session(&self, token_hash: &str, effects: &Effects) -> Result<()>;

    /// The address of a person.
    async fn address(&self, person: &UserId) -> Result<Option<Address>>;

    /// People with this verified address, which is compared without regard to the case of ASCII letters.
    async fn holders(&self, email: &str) -> Result<Vec<Holder>>;

    /// Gives somebody these roles in place of those they had.
    async fn set_roles(&self, person: &UserId, roles: &Roles, effects: &Effects) -> Result<()>;

    /// How issuers know a person.
    async fn identities(&self, person: &UserId) -> Result<Vec<KnownIdentity>>;

    /// Stores a sign-in under way.
    async fn begin_sign_in(&self, pending: &PendingSignIn) -> Result<()>;

    /// Takes a sign-in under way out of the store, so that it can't be used twice.
    async fn take_sign_in(&self, state_hash: &str) -> Result<Option<PendingSignIn>>;

    /// Deletes ended sessions and sign-ins, and invitations that ended 30 days ago.
    async fn purge_ended(&self, now: Timestamp) -> Result<u64>;
}

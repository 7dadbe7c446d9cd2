//! Issuers and e-mail domains of organizations.

use super::{Effects, ExternalIdentity, MemberChange};
use crate::error::Result;
use async_trait::async_trait;
use contract::account::OrganizationRole;
use contract::{OrganizationId, Timestamp, UserId};

/// Which group has which role, and who else may come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleMapping {
    /// Claim that names a person's groups.
    pub claim: String,
    /// Groups with their roles.
    pub groups: Vec<(String, OrganizationRole)>,
    /// Role of whoever is in none of these groups; without it they can't come in.
    pub otherwise: Option<OrganizationRole>,
}

/// An organization's own issuer as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredIssuer {
    /// Its identifier.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Our secret there, sealed.
    pub client_secret: Option<Vec<u8>>,
    /// Roles of those who come in.
    pub mapping: RoleMapping,
    /// The first time that somebody signed in with it as it is now.
    pub proven_at: Option<Timestamp>,
}

/// A domain that an organization claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDomain {
    /// Its name.
    pub domain: String,
    /// What proves the claim.
    pub token: String,
    /// Since when it is verified.
    pub verified_at: Option<Timestamp>,
}

/// Somebody whom an organization's issuer vouches for is about to come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// The organization.
    pub organization: OrganizationId,
    /// Who they are there.
    pub identity: ExternalIdentity,
    /// Who they are here; a new id for somebody new.
    pub person: UserId,
    /// Their role until now; none for somebody who is not a member.
    pub was: Option<OrganizationRole>,
    /// Their role from now on.
    pub is: OrganizationRole,
    /// Now.
    pub at: Timestamp,
}

/// Repository of issuers and domains. Every finder takes the organization, but the one that finds it.
#[async_trait]
pub trait SingleSignOn: Send + Sync {
    /// The issuer of an organization.
    async fn issuer_of(&self, organization: &OrganizationId) -> Result<Option<StoredIssuer>>;

    /// Stores it, in place of one that is there. With `anew`, sessions of the one before end, and the requirement with
    /// them.
    async fn put_issuer(
        &self,
        organization: &OrganizationId,
        issuer: &StoredIssuer,
        anew: bool,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<()>;

    /// Removes it with its sessions and its requirement; gives whether there was one.
    async fn remove_issuer(&self, organization: &OrganizationId, effects: &Effects) -> Result<bool>;

    /// Requires it, which ends all other sessions that act for the organization, or stops to. Gives whether that is a
    /// change; it can't be required where there is none.
    async fn require_issuer(&self, organization: &OrganizationId, required: bool, effects: &Effects) -> Result<bool>;

    /// Domains of an organization, by name.
    async fn domains(&self, organization: &OrganizationId) -> Result<Vec<StoredDomain>>;

    /// Claims a domain; gives whether it was not claimed by this organization before.
    async fn add_domain(
        &self,
        organization: &OrganizationId,
        domain: &StoredDomain,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;

    /// Stores that a claim is proven; gives `false` when another organization was first.
    async fn verify_domain(
        &self,
        organization: &OrganizationId,
        domain: &str,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;

    /// Gives up a domain; gives whether it was claimed.
    async fn remove_domain(&self, organization: &OrganizationId, domain: &str, effects: &Effects) -> Result<bool>;

    /// The organization that verified a domain and has an issuer.
    async fn organization_of_domain(&self, domain: &str) -> Result<Option<OrganizationId>>;

    /// Whether any organization has an issuer and a verified domain.
    async fn any_issuer(&self) -> Result<bool>;

    /// Lets somebody in: their identity, their membership and role, that the issuer works. `LastAdmin` and `Stale` change
    /// nothing.
    async fn arrive(&self, entrant: &Entrant, effects: &Effects) -> Result<MemberChange>;
}

//! An organization's own sign-in, as its settings show it.

use crate::Timestamp;
use crate::account::OrganizationRole;
use crate::json::FromJson;
use serde::{Deserialize, Serialize};

/// Groups that may be given a role.
pub const MAX_GROUPS: usize = 20;
/// Domains an organization may claim.
pub const MAX_DOMAINS: usize = 10;
/// First label of the DNS name that a verification record stands at.
pub const RECORD_LABEL: &str = "_openconductor-challenge";
/// What a verification record begins with.
pub const RECORD_PREFIX: &str = "openconductor-domain-verification=";
/// Path of the file that verifies a domain.
pub const FILE_PATH: &str = "/.well-known/openconductor-domain-verification.txt";

/// Members of a group at the issuer have this role here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct GroupRole {
    /// Name of the group, as the issuer's claim has it.
    #[serde(default)]
    pub group: String,
    /// Wire name of the role; empty when the line is not used.
    #[serde(default)]
    pub role: String,
}

/// The issuer in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct IssuerView {
    /// Its identifier, such as `https://login.example.com`.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Whether we have a secret there.
    pub has_secret: bool,
    /// Claim that names a person's groups.
    pub groups_claim: String,
    /// Which group has which role.
    pub roles: Vec<GroupRole>,
    /// Role of whoever is in none of these groups; without it they can't come in.
    pub otherwise: Option<OrganizationRole>,
    /// The first time that somebody signed in with it as it is now.
    pub proven_at: Option<Timestamp>,
}

/// A domain that the organization claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct DomainView {
    /// Its name, in lower case.
    pub domain: String,
    /// DNS name of the TXT record that verifies it.
    pub record_name: String,
    /// What this record, or the file, must say.
    pub record_value: String,
    /// Address of the file that verifies it, instead of the record.
    pub file: String,
    /// Since when it is verified.
    pub verified_at: Option<Timestamp>,
}

/// The whole page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct SignInSettings {
    /// Name of the organization.
    pub organization: String,
    /// Key of the organization's sign-in, `/auth/{key}/start`.
    pub key: String,
    /// Address the issuer must be told to send people back to.
    pub callback: String,
    /// The issuer, once there is one.
    pub issuer: Option<IssuerView>,
    /// Domains.
    pub domains: Vec<DomainView>,
    /// Whether members must use it.
    pub required: bool,
    /// Whether whoever looks signed in with it.
    pub bound: bool,
}

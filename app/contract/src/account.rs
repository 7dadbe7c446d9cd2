//! Who is looking, and how one can sign in.

use crate::json::FromJson;
use crate::{OrganizationId, PartnerId, UserId};
use serde::{Deserialize, Serialize};

/// A role in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationRole {
    /// Sees what is installed.
    Member,
    /// Installs, configures and uninstalls.
    Admin,
}

/// A role of the marketplace's own staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Judges submissions and demand.
    Reviewer,
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
    /// Their staff role, if any.
    pub staff: Option<StaffRole>,
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
}

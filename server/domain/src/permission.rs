//! Who may do what: the one table. `docs/permissions.md` is written from it, and a test calls every route and server
//! function as every role and compares.

use contract::account::{OrganizationRole, PartnerRole, StaffRole, Viewer};
use contract::token::Scope;

/// A role that somebody holds: in the organization they act for, in a partner's team, among the marketplace's staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the roles are documented where they are defined")]
pub enum Role {
    Member,
    BillingAdmin,
    Admin,
    PartnerMember,
    PartnerAdmin,
    Reviewer,
    Operator,
}

impl Role {
    /// All roles, in the order of the table's columns.
    pub const ALL: [Self; 7] = [
        Self::Member,
        Self::BillingAdmin,
        Self::Admin,
        Self::PartnerMember,
        Self::PartnerAdmin,
        Self::Reviewer,
        Self::Operator,
    ];

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::BillingAdmin => "Billing admin",
            Self::Admin => "Admin",
            Self::PartnerMember => "Partner member",
            Self::PartnerAdmin => "Partner admin",
            Self::Reviewer => "Reviewer",
            Self::Operator => "Operator",
        }
    }

    /// The roles of a person. Everybody who is signed in acts for an organization, so there is always one.
    pub fn of(viewer: &Viewer) -> impl Iterator<Item = Self> {
        let organization = match viewer.role {
            OrganizationRole::Member => Self::Member,
            OrganizationRole::BillingAdmin => Self::BillingAdmin,
            OrganizationRole::Admin => Self::Admin,
        };
        let partner = viewer.partner.is_some().then_some(viewer.partner_role).flatten().map(|role| match role {
            PartnerRole::Member => Self::PartnerMember,
            PartnerRole::Admin => Self::PartnerAdmin,
        });
        let staff = viewer.staff.map(|role| match role {
            StaffRole::Reviewer => Self::Reviewer,
            StaffRole::Operator => Self::Operator,
        });
        std::iter::once(organization).chain(partner).chain(staff)
    }
}

/// Everybody who acts for an organization.
const MEMBERS: &[Role] = &[Role::Member, Role::BillingAdmin, Role::Admin];
const PAYERS: &[Role] = &[Role::BillingAdmin, Role::Admin];
const ADMINS: &[Role] = &[Role::Admin];
const PARTNERS: &[Role] = &[Role::PartnerMember, Role::PartnerAdmin];
const PARTNER_ADMINS: &[Role] = &[Role::PartnerAdmin];
const OPERATORS: &[Role] = &[Role::Operator];
const STAFF: &[Role] = &[Role::Reviewer, Role::Operator];

macro_rules! permissions {
    ($($(#[$doc:meta])+ $name:ident($what:literal, $roles:expr, $scope:expr);)+) => {
        /// Something that not everybody may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Permission {
            $($(#[$doc])+ $name),+
        }

        impl Permission {
            /// All, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Name in code and documentation.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// As it stands behind "Your role does not allow you to".
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what),+ }
            }

            /// Who may.
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => $roles),+ }
            }

            /// What an API token needs for it; without a scope no token can do it.
            pub const fn scope(self) -> Option<Scope> {
                match self { $(Self::$name => $scope),+ }
            }
        }
    };
}

permissions! {
    /// Ask for an integration that can't be installed yet.
    RequestIntegration("request integrations", MEMBERS, None);
    /// See installations with their checks and events.
    SeeInstallations("see installations", MEMBERS, Some(Scope::InstallationsRead));
    /// Install what the policy allows; look after what one installed oneself.
    Install("install integrations", MEMBERS, Some(Scope::InstallationsWrite));
    /// Change, test and uninstall every connection of the organization.
    ManageConnections("change connections of others", ADMINS, Some(Scope::InstallationsWrite));
    /// See one's own approval requests; administrators see all.
    SeeApprovals("see approval requests", MEMBERS, Some(Scope::ApprovalsRead));
    /// Answer approval requests.
    AnswerApprovals("answer approval requests", ADMINS, Some(Scope::ApprovalsWrite));
    /// Read the install policy.
    SeePolicy("see the policy", MEMBERS, None);
    /// Change the install policy.
    ChangePolicy("change the policy", ADMINS, None);
    /// See who belongs to the organization.
    SeeMembers("see members", MEMBERS, Some(Scope::MembersRead));
    /// Invite, change roles, remove.
    ManageMembers("manage members", ADMINS, None);
    /// Name, sign-in, deletion and export of the organization.
    ManageOrganization("manage the organization", ADMINS, None);
    /// Read and export the audit trail.
    SeeAudit("see the audit trail", ADMINS, Some(Scope::AuditRead));
    /// Say where the audit trail is streamed to.
    StreamAudit("stream the audit trail", ADMINS, None);
    /// Make and revoke one's own API tokens.
    ManageTokens("manage API tokens", MEMBERS, None);
    /// One's own sessions, notices, preferences, data.
    OwnAccount("look after an account", MEMBERS, None);
    /// Write, change and delete one's own reviews of what one's organization uses; find others helpful, report them.
    WriteReviews("write or judge reviews", MEMBERS, Some(Scope::ReviewsWrite));
    /// Answer reviews of what one's own team publishes.
    AnswerReviews("answer reviews for a partner", PARTNERS, None);
    /// Decide about reviews that were reported.
    ModerateReviews("decide about reviews", STAFF, None);
    /// See a partner's own listings and how they are used.
    SeePartner("see a partner's dashboard", PARTNERS, None);
    /// See what the organization pays for: subscriptions, usage, invoices, budgets.
    SeeBilling("see the bill", PAYERS, None);
    /// Buy, change and cancel plans; ways to pay, budgets and caps.
    ManageBilling("buy or change plans", PAYERS, None);
    /// See what a partner earned, and their private offers.
    SeeRevenue("see a partner's revenue", PARTNERS, None);
    /// Set up a partner's payouts; make private offers.
    ManageRevenue("manage a partner's payouts and offers", PARTNER_ADMINS, None);
    /// See what people ask for.
    SeeDemand("see the staff pages", STAFF, None);
    /// Bring catalogues that are kept elsewhere into ours.
    ImportCatalogue("import catalogue feeds", OPERATORS, Some(Scope::CatalogWrite));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_may_what_a_member_may() {
        for permission in Permission::ALL {
            if permission.roles().contains(&Role::Member) {
                assert!(permission.roles().contains(&Role::Admin), "{}", permission.name());
            }
        }
    }
}

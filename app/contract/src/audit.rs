//! The audit trail as people and programs read it.

use crate::json::FromJson;
use crate::{AuditId, Timestamp};
use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($name:ident = $wire:literal, $label:literal;)+) => {
        /// What was done. The wire name is stable: `<what>.<done>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each has a label")]
        pub enum AuditAction {
            $($name),+
        }

        impl AuditAction {
            /// All actions, in the order of filters.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Wire name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire),+ }
            }

            /// For people.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// The action with this wire name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.as_str() == text)
            }
        }
    };
}

actions! {
    InstallationBegun = "installation.begun", "Installation begun";
    InstallationChanged = "installation.changed", "Connection changed";
    InstallationState = "installation.state", "Connection changed its state";
    InstallationRemoved = "installation.removed", "Uninstalled";
    IntegrationRequested = "integration.requested", "Integration requested";
    ApprovalRequested = "approval.requested", "Approval requested";
    ApprovalApproved = "approval.approved", "Approval given";
    ApprovalDenied = "approval.denied", "Approval denied";
    ApprovalWithdrawn = "approval.withdrawn", "Approval request withdrawn";
    ApprovalExpired = "approval.expired", "Approval request expired";
    ApprovalCommented = "approval.commented", "Approval request commented";
    PolicyChanged = "policy.changed", "Policy changed";
    MemberInvited = "member.invited", "Member invited";
    InvitationResent = "invitation.resent", "Invitation sent again";
    InvitationRevoked = "invitation.revoked", "Invitation revoked";
    MemberJoined = "member.joined", "Member joined";
    MemberRoleChanged = "member.role", "Member's role changed";
    MemberRemoved = "member.removed", "Member removed";
    MemberLeft = "member.left", "Member left";
    OrganizationRenamed = "organization.renamed", "Organization renamed";
    OrganizationCurrency = "organization.currency", "Currency of the organization changed";
    OrganizationCreated = "organization.created", "Organization created";
    OrganizationDeletion = "organization.deletion", "Deletion of the organization scheduled";
    OrganizationKept = "organization.kept", "Deletion of the organization cancelled";
    OrganizationDeleted = "organization.deleted", "Organization deleted";
    OrganizationExported = "organization.exported", "Organization exported";
    SignedIn = "session.begun", "Signed in";
    SignedOut = "session.ended", "Signed out";
    SessionSwitched = "session.switched", "Went over to the organization";
    SessionRevoked = "session.revoked", "Session revoked";
    IssuerChanged = "issuer.changed", "Organization's sign-in changed";
    IssuerRemoved = "issuer.removed", "Organization's sign-in removed";
    SignInRequired = "sign_in.required", "Requirement of the organization's sign-in changed";
    DomainAdded = "domain.added", "Domain claimed";
    DomainVerified = "domain.verified", "Domain verified";
    DomainRemoved = "domain.removed", "Domain removed";
    TokenCreated = "token.created", "API token made";
    TokenRevoked = "token.revoked", "API token revoked";
    AuditExported = "audit.exported", "Audit trail exported";
    AuditStreamSet = "audit_stream.set", "Stream of the audit trail set up";
    AuditStreamPaused = "audit_stream.paused", "Stream of the audit trail paused";
    AuditStreamResumed = "audit_stream.resumed", "Stream of the audit trail resumed";
    AuditStreamOff = "audit_stream.off", "Stream of the audit trail turned off";
    PlanOrdered = "plan.ordered", "Plan ordered";
    PlanChanged = "plan.changed", "Plan changed";
    PlanCancelled = "plan.cancelled", "Plan cancelled for the end of its period";
    PlanKept = "plan.kept", "Cancellation of a plan undone";
    PlanPaused = "plan.paused", "Plan paused";
    PlanResumed = "plan.resumed", "Plan resumed";
    OfferMade = "offer.made", "Private offer made";
    OfferWithdrawn = "offer.withdrawn", "Private offer withdrawn";
    OfferDeclined = "offer.declined", "Private offer declined";
    OfferAccepted = "offer.accepted", "Private offer accepted";
    PaymentMethodOpened = "payment_method.opened", "Payment details opened";
    ReviewWritten = "review.written", "Review written";
    ReviewChanged = "review.changed", "Review changed";
    ReviewDeleted = "review.deleted", "Review deleted";
    ReviewVoted = "review.voted", "Review found helpful, or no longer";
    ReviewReported = "review.reported", "Review reported";
    ReviewAnswered = "review.answered", "Review answered";
    ReviewHidden = "review.hidden", "Review hidden";
    ReviewKept = "review.kept", "Reported review kept";
    CapSet = "cap.set", "Cap of a plan changed";
    BudgetSet = "budget.set", "Budget changed";
    AccountExported = "account.exported", "Account data exported";
    AccountDeleted = "account.deleted", "Account deleted";
    RolesChanged = "person.roles", "Roles in the marketplace changed";
    ReleasePublished = "release.published", "Release published";
    PartnerChanged = "partner.changed", "Partner changed";
    ShareAgreed = "share.agreed", "Share agreed";
    ShareEnded = "share.ended", "Agreed share ends";
    PayoutsSetUp = "payouts.set_up", "Set-up of payouts begun";
    PayoutReversed = "payout.reversed", "Payout taken back";
    FeedImported = "feed.imported", "Catalogue feed imported";
}

/// For the description of the interface: one of the wire names.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for AuditAction {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
        let names = Self::ALL.iter().map(|action| action.as_str());
        ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(names)).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for AuditAction {}

/// One event of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// Id.
    pub id: AuditId,
    /// Position in the organization's chain, from 1, without gaps.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// `person` or `system`.
    pub actor_kind: String,
    /// Who.
    pub actor_id: String,
    /// Their name at that time.
    pub actor_name: String,
    /// Id of the session or token they came with; empty for the marketplace itself.
    pub via: String,
    /// What was done, such as `installation.removed`.
    pub action: String,
    /// Kind of what it was done to, such as `installation`.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: String,
    /// Its name at that time.
    pub subject_name: String,
    /// What changed, before, as JSON; secrets are never part of it. Empty when there was nothing.
    pub before: String,
    /// What changed, after, as JSON.
    pub after: String,
    /// Address it came from.
    pub ip: String,
    /// What the client said it is.
    pub user_agent: String,
    /// Finds the request in the log.
    pub trace_id: String,
    /// SHA-256 over this event and the hash before it, in lower-case hexadecimal.
    pub hash: String,
}

/// What to show of the trail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct AuditQuery {
    /// Wire name of an action; empty for all.
    #[serde(default)]
    pub action: String,
    /// Part of a person's name or id; empty for all.
    #[serde(default)]
    pub actor: String,
    /// Part of the name or id of what it was done to; empty for all.
    #[serde(default)]
    pub subject: String,
    /// From this day on, `2026-11-20`; empty for all.
    #[serde(default)]
    pub from: String,
    /// To this day, inclusive; empty for all.
    #[serde(default)]
    pub to: String,
    /// Only events below this position: the next page.
    #[serde(default)]
    pub before: Option<i64>,
}

/// A page of the trail, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct AuditPage {
    /// Events.
    pub events: Vec<AuditEvent>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
}

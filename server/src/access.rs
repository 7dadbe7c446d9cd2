//! Who may call each route and server function. A route that is not in here fails a test; `docs/permissions.md` lists it.

use domain::permission::Permission;

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Whoever knows the secret in the address.
    Secret,
    /// People with this permission.
    Needs(Permission),
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// `GET`, `POST`, or `ANY` for server functions, which check their method themselves.
    pub method: &'static str,
    /// Path with its parameters, as in the router.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
}

const fn entry(method: &'static str, path: &'static str, access: Access) -> Entry {
    Entry { method, path, access }
}

const fn public(method: &'static str, path: &'static str) -> Entry {
    entry(method, path, Access::Public)
}

const fn needs(method: &'static str, path: &'static str, permission: Permission) -> Entry {
    entry(method, path, Access::Needs(permission))
}

/// Every route and server function.
pub const TABLE: &[Entry] = &[
    // Pages.
    public("GET", "/"),
    public("GET", "/search"),
    public("GET", "/categories/:group"),
    public("GET", "/categories/:group/:leaf"),
    public("GET", "/compare"),
    public("GET", "/collections"),
    public("GET", "/collections/:slug"),
    public("GET", "/calculators"),
    public("GET", "/calculators/alert-noise"),
    public("GET", "/calculators/return"),
    public("GET", "/coverage"),
    public("GET", "/partners/:id"),
    public("GET", "/integrations/:id"),
    public("GET", "/integrations/:id/install"),
    public("GET", "/integrations/:id/review"),
    public("GET", "/sign-in"),
    public("GET", "/unsubscribe"),
    needs("GET", "/inbox", Permission::OwnAccount),
    public("GET", "/join/:token"),
    needs("GET", "/settings/members", Permission::SeeMembers),
    needs("GET", "/settings/organization", Permission::SeeMembers),
    needs("GET", "/settings/sign-in", Permission::ManageOrganization),
    needs("GET", "/settings/policy", Permission::SeePolicy),
    needs("GET", "/settings/policy/edit", Permission::ChangePolicy),
    needs("GET", "/approvals", Permission::SeeApprovals),
    needs("GET", "/approvals/:id", Permission::SeeApprovals),
    needs("GET", "/settings/account", Permission::OwnAccount),
    needs("GET", "/settings/tokens", Permission::ManageTokens),
    needs("GET", "/audit", Permission::SeeAudit),
    needs("GET", "/billing", Permission::SeeBilling),
    needs("GET", "/billing/:id", Permission::ManageBilling),
    needs("GET", "/installed", Permission::SeeInstallations),
    needs("GET", "/installed/:id", Permission::SeeInstallations),
    needs("GET", "/partner", Permission::SeePartner),
    needs("GET", "/partner/offers", Permission::SeeRevenue),
    needs("GET", "/partner/revenue", Permission::SeeRevenue),
    needs("GET", "/staff/requests", Permission::SeeDemand),
    needs("GET", "/staff/discovery", Permission::SeeDemand),
    needs("GET", "/staff/moderation", Permission::ModerateReviews),
    // Server functions: finding.
    public("GET", "/api/fn/viewer"),
    public("GET", "/api/fn/sign_in_options"),
    public("GET", "/api/fn/home"),
    public("POST", "/api/fn/search"),
    public("POST", "/api/fn/happened"),
    public("GET", "/api/fn/suggest"),
    public("GET", "/api/fn/categories"),
    public("GET", "/api/fn/compare"),
    public("GET", "/api/fn/collections"),
    public("GET", "/api/fn/collection"),
    public("GET", "/api/fn/partner_page"),
    public("GET", "/api/fn/coverage_map"),
    public("GET", "/api/fn/advice"),
    public("GET", "/api/fn/trending"),
    needs("GET", "/api/fn/for_your_stack", Permission::SeeInstallations),
    public("GET", "/api/fn/listing"),
    public("GET", "/api/fn/standing"),
    public("GET", "/api/fn/pricing"),
    public("GET", "/api/fn/wizard"),
    // Server functions: installing.
    needs("POST", "/api/fn/request_integration", Permission::RequestIntegration),
    needs("POST", "/api/fn/begin_install", Permission::Install),
    needs("POST", "/api/fn/save_connection", Permission::Install),
    needs("POST", "/api/fn/test_connection", Permission::Install),
    needs("POST", "/api/fn/prove_connection", Permission::Install),
    needs("GET", "/api/fn/installations", Permission::SeeInstallations),
    needs("GET", "/api/fn/installation", Permission::SeeInstallations),
    needs("POST", "/api/fn/uninstall", Permission::Install),
    // Server functions: what is paid for.
    needs("GET", "/api/fn/bill", Permission::SeeBilling),
    needs("GET", "/api/fn/subscription_change", Permission::ManageBilling),
    needs("POST", "/api/fn/change_subscription", Permission::ManageBilling),
    needs("POST", "/api/fn/decide_subscription", Permission::ManageBilling),
    needs("POST", "/api/fn/decline_offer", Permission::ManageBilling),
    needs("GET", "/api/fn/partner_offers", Permission::SeeRevenue),
    needs("POST", "/api/fn/make_offer", Permission::ManageRevenue),
    needs("POST", "/api/fn/withdraw_offer", Permission::ManageRevenue),
    // Server functions: audit trail, inbox, tokens.
    needs("GET", "/api/fn/audit_trail", Permission::SeeAudit),
    needs("GET", "/api/fn/audit_stream", Permission::StreamAudit),
    needs("POST", "/api/fn/set_audit_stream", Permission::StreamAudit),
    needs("POST", "/api/fn/test_audit_stream", Permission::StreamAudit),
    needs("POST", "/api/fn/resume_audit_stream", Permission::StreamAudit),
    needs("POST", "/api/fn/turn_off_audit_stream", Permission::StreamAudit),
    needs("GET", "/api/fn/inbox", Permission::OwnAccount),
    needs("POST", "/api/fn/mark_read", Permission::OwnAccount),
    needs("POST", "/api/fn/set_cap", Permission::ManageBilling),
    needs("POST", "/api/fn/set_budget", Permission::ManageBilling),
    needs("POST", "/api/fn/set_preference", Permission::OwnAccount),
    needs("GET", "/api/fn/api_tokens", Permission::ManageTokens),
    needs("POST", "/api/fn/create_token", Permission::ManageTokens),
    needs("POST", "/api/fn/revoke_token", Permission::ManageTokens),
    // Server functions: the organization.
    needs("GET", "/api/fn/organization", Permission::SeeMembers),
    needs("POST", "/api/fn/rename_organization", Permission::ManageOrganization),
    needs("POST", "/api/fn/set_currency", Permission::ManageBilling),
    needs("POST", "/api/fn/schedule_organization_deletion", Permission::ManageOrganization),
    needs("POST", "/api/fn/keep_organization", Permission::ManageOrganization),
    needs("GET", "/api/fn/members", Permission::SeeMembers),
    needs("POST", "/api/fn/set_member_role", Permission::ManageMembers),
    needs("POST", "/api/fn/remove_member", Permission::ManageMembers),
    needs("POST", "/api/fn/transfer_organization", Permission::ManageMembers),
    needs("POST", "/api/fn/leave_organization", Permission::OwnAccount),
    needs("GET", "/api/fn/invitations", Permission::ManageMembers),
    needs("POST", "/api/fn/invite_member", Permission::ManageMembers),
    needs("POST", "/api/fn/resend_invitation", Permission::ManageMembers),
    needs("POST", "/api/fn/revoke_invitation", Permission::ManageMembers),
    public("GET", "/api/fn/invitation"),
    needs("POST", "/api/fn/accept_invitation", Permission::OwnAccount),
    needs("GET", "/api/fn/my_organizations", Permission::OwnAccount),
    needs("POST", "/api/fn/switch_organization", Permission::OwnAccount),
    needs("POST", "/api/fn/create_organization", Permission::OwnAccount),
    // Server functions: the organization's own sign-in.
    needs("GET", "/api/fn/organization_sign_in", Permission::ManageOrganization),
    needs("POST", "/api/fn/save_issuer", Permission::ManageOrganization),
    needs("POST", "/api/fn/save_group_roles", Permission::ManageOrganization),
    needs("POST", "/api/fn/remove_issuer", Permission::ManageOrganization),
    needs("POST", "/api/fn/require_issuer", Permission::ManageOrganization),
    needs("POST", "/api/fn/add_domain", Permission::ManageOrganization),
    needs("POST", "/api/fn/verify_domain", Permission::ManageOrganization),
    needs("POST", "/api/fn/remove_domain", Permission::ManageOrganization),
    // Server functions: one's own account.
    needs("GET", "/api/fn/sessions", Permission::OwnAccount),
    needs("POST", "/api/fn/revoke_session", Permission::OwnAccount),
    needs("POST", "/api/fn/revoke_other_sessions", Permission::OwnAccount),
    needs("POST", "/api/fn/delete_account", Permission::OwnAccount),
    // Server functions: policy and approval.
    needs("GET", "/api/fn/policy", Permission::SeePolicy),
    needs("GET", "/api/fn/policy_draft", Permission::ChangePolicy),
    needs("POST", "/api/fn/save_policy", Permission::ChangePolicy),
    needs("POST", "/api/fn/dry_run_policy", Permission::ChangePolicy),
    needs("GET", "/api/fn/approvals", Permission::SeeApprovals),
    needs("GET", "/api/fn/approval", Permission::SeeApprovals),
    needs("POST", "/api/fn/request_approval", Permission::Install),
    needs("POST", "/api/fn/comment_approval", Permission::SeeApprovals),
    needs("POST", "/api/fn/answer_approval", Permission::AnswerApprovals),
    needs("POST", "/api/fn/answer_approval_by_link", Permission::AnswerApprovals),
    needs("POST", "/api/fn/withdraw_approval", Permission::Install),
    // Server functions: partners and staff.
    needs("GET", "/api/fn/partner_dashboard", Permission::SeePartner),
    needs("GET", "/api/fn/revenue", Permission::SeeRevenue),
    needs("GET", "/api/fn/requested_listings", Permission::SeeDemand),
    needs("GET", "/api/fn/insight", Permission::SeeDemand),
    // Server functions: reviews.
    public("GET", "/api/fn/reviews"),
    public("GET", "/api/fn/review_form"),
    needs("POST", "/api/fn/write_review", Permission::WriteReviews),
    needs("POST", "/api/fn/delete_review", Permission::WriteReviews),
    needs("POST", "/api/fn/vote_review", Permission::WriteReviews),
    needs("POST", "/api/fn/report_review", Permission::WriteReviews),
    needs("POST", "/api/fn/answer_review", Permission::AnswerReviews),
    needs("GET", "/api/fn/moderation", Permission::ModerateReviews),
    needs("POST", "/api/fn/decide_review", Permission::ModerateReviews),
    // Outside of the pages.
    needs("GET", "/installed/{id}/events", Permission::SeeInstallations),
    needs("POST", "/partner/payouts", Permission::ManageRevenue),
    needs("GET", "/partner/statements/{file}", Permission::SeeRevenue),
    needs("GET", "/organization/export", Permission::ManageOrganization),
    needs("GET", "/account/export", Permission::OwnAccount),
    public("ANY", "/api/fn/{*name}"),
    needs("POST", "/billing/checkout", Permission::ManageBilling),
    needs("POST", "/billing/accept", Permission::ManageBilling),
    needs("POST", "/billing/portal", Permission::ManageBilling),
    needs("GET", "/audit/export", Permission::SeeAudit),
    entry("POST", "/unsubscribe", Access::Secret),
    public("POST", "/auth/sign-out"),
    public("POST", "/auth/demo"),
    public("POST", "/auth/organization"),
    public("POST", "/auth/{provider}/start"),
    public("GET", "/auth/{provider}/callback"),
    // REST.
    public("GET", "/api/v1/search"),
    public("GET", "/api/v1/listings"),
    public("GET", "/api/v1/listings/{id}"),
    public("GET", "/api/v1/listings/{id}/reviews"),
    needs("POST", "/api/v1/listings/{id}/reviews", Permission::WriteReviews),
    needs("GET", "/api/v1/installations", Permission::SeeInstallations),
    needs("POST", "/api/v1/installations", Permission::Install),
    needs("GET", "/api/v1/installations/{id}", Permission::SeeInstallations),
    needs("DELETE", "/api/v1/installations/{id}", Permission::Install),
    needs("GET", "/api/v1/installations/{id}/events", Permission::SeeInstallations),
    needs("GET", "/api/v1/approvals", Permission::SeeApprovals),
    needs("GET", "/api/v1/approvals/{id}", Permission::SeeApprovals),
    needs("POST", "/api/v1/approvals/{id}/answer", Permission::AnswerApprovals),
    needs("GET", "/api/v1/members", Permission::SeeMembers),
    needs("GET", "/api/v1/audit", Permission::SeeAudit),
    needs("POST", "/api/v1/catalog/import", Permission::ImportCatalogue),
    public("GET", "/api/v1/openapi.json"),
    public("GET", "/schemas/integration-1.json"),
    public("GET", "/sitemap.xml"),
    public("GET", "/robots.txt"),
    public("GET", "/favicon.svg"),
    public("GET", "/favicon.ico"),
    public("GET", "/icons/{file}"),
    public("POST", "/theme"),
    public("GET", "/healthz"),
    public("GET", "/readyz"),
    public("GET", "/__dev/boot"),
    entry("POST", "/in/{token}", Access::Secret),
    entry("POST", "/webhooks/stripe", Access::Secret),
];

//! What belongs to the organization and to oneself: inbox, API tokens, audit trail. `frame` is what all of them share.

mod account;
mod audit;
mod audit_stream;
mod frame;
mod inbox;
mod join;
mod members;
mod organization;
mod policy;
mod policy_edit;
mod sign_in;
mod tokens;
mod unsubscribe;

use super::chunks::chunk;

chunk! {
    settings_chunk, __preload_settings_chunk, SettingsPages {
        InboxPage => inbox::inbox_page,
        MembersPage => members::members_page,
        OrganizationPage => organization::organization_page,
        JoinPage => join::join_page,
        PolicyPage => policy::policy_page,
        PolicyEditPage => policy_edit::policy_edit_page,
        AccountPage => account::account_page,
        TokensPage => tokens::tokens_page,
        OrganizationSignInPage => sign_in::sign_in_page,
        AuditPage => audit::audit_page,
        UnsubscribePage => unsubscribe::unsubscribe_page,
    }
}

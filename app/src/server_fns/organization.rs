//! The organization one acts for: members, invitations, settings; and going over to another one.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::account::OrganizationRole;
use contract::organization::{Belonging, InvitationView, JoinView, MemberList, OrganizationView};
use contract::{InvitationId, OrganizationId, UserId};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Page of the settings.
#[cfg(feature = "ssr")]
const SETTINGS: &str = "/settings/organization";
/// Page of the members.
#[cfg(feature = "ssr")]
const MEMBERS: &str = "/settings/members";
/// Where somebody goes who belongs to no organization any more; their session has ended.
#[cfg(feature = "ssr")]
const NOWHERE: &str = "/sign-in?left=last";

/// Where somebody goes who left.
#[cfg(feature = "ssr")]
fn after_leaving(belongs: bool) {
    leptos_axum::redirect(if belongs { "/" } else { NOWHERE });
}

/// The organization.
#[server(name = FetchOrganization, prefix = "/api/fn", endpoint = "organization", input = GetUrl, output = Text)]
pub async fn organization() -> Result<OrganizationView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::overview(&services(), &actor()).await)
}

/// Renames it.
#[server(prefix = "/api/fn", endpoint = "rename_organization", output = Text)]
pub async fn rename_organization(name: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::rename(&services(), &actor(), &name).await)?;
    leptos_axum::redirect(SETTINGS);
    Ok(())
}

/// Chooses the currency that it sees prices and pays in.
#[server(prefix = "/api/fn", endpoint = "set_currency", output = Text)]
pub async fn set_currency(currency: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::set_currency(&services(), &actor(), &currency).await)?;
    leptos_axum::redirect(SETTINGS);
    Ok(())
}

/// Decides that it is deleted after the time of grace. `confirm` is its name.
#[server(prefix = "/api/fn", endpoint = "schedule_organization_deletion", output = Text)]
pub async fn schedule_organization_deletion(confirm: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::schedule_deletion(&services(), &actor(), &confirm).await)?;
    leptos_axum::redirect(SETTINGS);
    Ok(())
}

/// Cancels the deletion.
#[server(prefix = "/api/fn", endpoint = "keep_organization", output = Text)]
pub async fn keep_organization() -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::keep(&services(), &actor()).await)?;
    leptos_axum::redirect(SETTINGS);
    Ok(())
}

/// Its members.
#[server(name = FetchMembers, prefix = "/api/fn", endpoint = "members", input = GetUrl, output = Text)]
pub async fn members() -> Result<MemberList, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::members(&services(), &actor()).await)
}

/// Changes a member's role.
#[server(prefix = "/api/fn", endpoint = "set_member_role", output = Text)]
pub async fn set_member_role(person: UserId, role: OrganizationRole) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::set_role(&services(), &actor(), &person, role).await)?;
    leptos_axum::redirect(MEMBERS);
    Ok(())
}

/// Removes a member.
#[server(prefix = "/api/fn", endpoint = "remove_member", output = Text)]
pub async fn remove_member(person: UserId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::remove(&services(), &actor(), &person).await)?;
    leptos_axum::redirect(MEMBERS);
    Ok(())
}

/// Makes another member an admin and leaves.
#[server(prefix = "/api/fn", endpoint = "transfer_organization", output = Text)]
pub async fn transfer_organization(person: UserId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let belongs = answer(domain::organization::transfer(&services(), &actor(), &person).await)?;
    after_leaving(belongs);
    Ok(())
}

/// Leaves one of one's organizations.
#[server(prefix = "/api/fn", endpoint = "leave_organization", output = Text)]
pub async fn leave_organization(organization: OrganizationId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let belongs = answer(domain::organization::leave(&services(), &actor(), &organization).await)?;
    after_leaving(belongs);
    Ok(())
}

/// Invitations that were not answered yet.
#[server(name = FetchInvitations, prefix = "/api/fn", endpoint = "invitations", input = GetUrl, output = Text)]
pub async fn invitations() -> Result<Vec<InvitationView>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::invitations(&services(), &actor()).await)
}

/// Invites somebody by mail.
#[server(prefix = "/api/fn", endpoint = "invite_member", output = Text)]
pub async fn invite_member(email: String, role: OrganizationRole) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::invite(&services(), &actor(), &email, role).await)?;
    leptos_axum::redirect(MEMBERS);
    Ok(())
}

/// Sends an invitation again.
#[server(prefix = "/api/fn", endpoint = "resend_invitation", output = Text)]
pub async fn resend_invitation(id: InvitationId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::resend(&services(), &actor(), &id).await)?;
    leptos_axum::redirect(MEMBERS);
    Ok(())
}

/// Revokes an invitation.
#[server(prefix = "/api/fn", endpoint = "revoke_invitation", output = Text)]
pub async fn revoke_invitation(id: InvitationId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::revoke(&services(), &actor(), &id).await)?;
    leptos_axum::redirect(MEMBERS);
    Ok(())
}

/// What the page of an invitation shows.
#[server(name = FetchInvitation, prefix = "/api/fn", endpoint = "invitation", input = GetUrl, output = Text)]
pub async fn invitation(token: String) -> Result<JoinView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::invitation(&services(), &actor(), &token).await)
}

/// Accepts an invitation and goes over to the organization.
#[server(prefix = "/api/fn", endpoint = "accept_invitation", output = Text)]
pub async fn accept_invitation(token: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::accept(&services(), &actor(), &token).await)?;
    leptos_axum::redirect("/");
    Ok(())
}

/// One's organizations.
#[server(name = FetchMyOrganizations, prefix = "/api/fn", endpoint = "my_organizations", input = GetUrl, output = Text)]
pub async fn my_organizations() -> Result<Vec<Belonging>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::mine(&services(), &actor()).await)
}

/// Acts for another organization from now on.
#[server(prefix = "/api/fn", endpoint = "switch_organization", output = Text)]
pub async fn switch_organization(organization: OrganizationId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::switch(&services(), &actor(), &organization).await)?;
    leptos_axum::redirect("/");
    Ok(())
}

/// Creates another organization and goes over to it.
#[server(prefix = "/api/fn", endpoint = "create_organization", output = Text)]
pub async fn create_organization(name: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::organization::create(&services(), &actor(), &name).await)?;
    leptos_axum::redirect("/");
    Ok(())
}

/// Asks for the organization.
pub fn ask_organization() -> Ask {
    read!("organization".to_owned(), organization())
}

/// Asks for its members.
pub fn ask_members() -> Ask {
    read!("members".to_owned(), members())
}

/// Asks for the invitations that were not answered yet.
pub fn ask_invitations() -> Ask {
    read!("invitations".to_owned(), invitations())
}

/// Asks what an invitation is to whoever looks.
pub fn ask_invitation(token: String) -> Ask {
    read!(super::address("invitation", &[("token", &token)]), invitation(token))
}

/// Asks for one's organizations.
pub fn ask_my_organizations() -> Ask {
    read!("my_organizations".to_owned(), my_organizations())
}

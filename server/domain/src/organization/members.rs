//! Who belongs to the organization, and changing that.

use super::tell;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Effects, Member, MemberChange};
use crate::{Actor, Result, Services};
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::organization::{MemberList, MemberView};
use contract::{ErrorCode, OrganizationId, PublicError, UserId};
use serde_json::json;

/// The members. Addresses of others are for whoever manages them.
pub async fn members(services: &Services, actor: &Actor) -> Result<MemberList> {
    let person = actor.require(Permission::SeeMembers)?;
    let manages = person.may(Permission::ManageMembers);
    let members = services.organizations.members(person.organization()).await?;
    let admins = members.iter().filter(|it| it.role == OrganizationRole::Admin).count();
    let view = |it: Member| {
        let you = it.person == *person.user();
        let email = (manages || you).then_some(it.email);
        MemberView { person: it.person, name: it.name, email, role: it.role, joined_at: it.joined_at, you }
    };
    let invitations = if manages { super::invitations(services, actor).await? } else { Vec::new() };
    let members = members.into_iter().map(view).collect();
    Ok(MemberList { members, manages, invitations, one_admin: admins == 1 })
}

/// A member of this organization.
pub(super) async fn find(services: &Services, organization: &OrganizationId, id: &UserId) -> Result<Member> {
    let members = services.organizations.members(organization).await?;
    let found = members.into_iter().find(|it| it.person == *id);
    found.ok_or_else(|| PublicError::not_found("member").into())
}

/// The member as the audit trail names them.
pub(super) fn subject(member: &Member) -> Subject {
    Subject::new("person", &member.person, &member.name)
}

/// What a change of members that did not happen is answered with.
pub(super) fn happened(change: MemberChange) -> Result<()> {
    let (title, detail, next) = match change {
        MemberChange::Done => return Ok(()),
        MemberChange::LastAdmin => (
            "An organization needs an admin",
            "This is the only admin, and an organization always keeps at least one.",
            "Make somebody else an admin first. If the organization is not needed any more, delete it in its settings.",
        ),
        MemberChange::Stale => (
            "Somebody else changed this",
            "The member was changed or removed by a colleague in this moment.",
            "Reload the page to see the present members, then try again.",
        ),
    };
    Err(PublicError::new(ErrorCode::Conflict, title, detail, next).into())
}

/// Changes a role. Making an admin needs a fresh sign-in: an admin can do everything, taking the organization over
/// included.
pub async fn set_role(services: &Services, actor: &Actor, id: &UserId, role: OrganizationRole) -> Result<()> {
    let person = actor.require(Permission::ManageMembers)?;
    if role == OrganizationRole::Admin {
        person.fresh(services.clock.now())?;
    }
    let organization = person.organization();
    let member = find(services, organization, id).await?;
    if member.role == role {
        return Ok(());
    }
    let event = entry(services, actor, organization, AuditAction::MemberRoleChanged, subject(&member));
    let event = event.before(json!({ "role": member.role })).after(json!({ "role": role }));
    let mut effects = Effects::audited(event);
    if id != person.user() {
        let place = &person.viewer.organization_name;
        let title = format!("Your role in {place} is now {}", role.label());
        let body = format!("{} changed it from {}.", person.viewer.name, member.role.label());
        tell::member(services, &mut effects, organization, id, (title, body)).await?;
    }
    happened(services.organizations.set_role(organization, id, (member.role, role), &effects).await?)
}

/// Removes a member. Their sessions in this organization end; what they installed stays.
pub async fn remove(services: &Services, actor: &Actor, id: &UserId) -> Result<()> {
    let person = actor.require(Permission::ManageMembers)?;
    let organization = person.organization();
    let member = find(services, organization, id).await?;
    let event = entry(services, actor, organization, AuditAction::MemberRemoved, subject(&member));
    let mut effects = Effects::audited(event.before(json!({ "role": member.role })));
    if id != person.user() {
        let title = format!("You are no longer a member of {}", person.viewer.organization_name);
        let body = format!("{} removed you. Your other organizations are not touched.", person.viewer.name);
        tell::member(services, &mut effects, organization, id, (title, body)).await?;
    }
    happened(services.organizations.remove_member(organization, id, member.role, None, &effects).await?)
}

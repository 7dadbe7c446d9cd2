//! Going: with a successor, or just so.

use super::members::{find, happened, subject};
use super::tell;
use crate::actor::Via;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{AuditEntry, Effects};
use crate::{Actor, Person, Result, Services};
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use contract::{OrganizationId, PublicError, SessionId, UserId};
use serde_json::json;

/// The session somebody asks with. What changes a session can't be done with a token.
pub(super) fn session(person: &Person) -> Result<&SessionId> {
    match &person.via {
        Via::Session(id, _) => Ok(id),
        Via::Token(..) => Err(PublicError::sign_in_required().into()),
    }
}

fn left(services: &Services, actor: &Actor, person: &Person, from: (&OrganizationId, OrganizationRole)) -> AuditEntry {
    let subject = Subject::new("person", person.user(), &person.viewer.name);
    entry(services, actor, from.0, AuditAction::MemberLeft, subject).before(json!({ "role": from.1 }))
}

/// Whether their session goes on in another organization.
async fn belongs(services: &Services, person: &Person) -> Result<bool> {
    Ok(!person.bound && !services.organizations.organizations_of(person.user()).await?.is_empty())
}

/// Leaves an organization: the named one, so that a page that is out of date does not make somebody leave another. The
/// session goes on in another organization of theirs; without any it ends, and the answer is `false`.
pub async fn leave(services: &Services, actor: &Actor, from: &OrganizationId) -> Result<bool> {
    let person = actor.require(Permission::OwnAccount)?;
    let session = session(person)?;
    if from != person.organization() {
        person.unbound("leave another organization")?;
    }
    let mine = services.organizations.organizations_of(person.user()).await?;
    let found = mine.into_iter().find(|it| it.organization.id == *from);
    let found = found.ok_or_else(|| PublicError::not_found("organization of yours"))?;
    let mut effects = Effects::audited(left(services, actor, person, (from, found.role)));
    let title = format!("{} left {}", person.viewer.name, found.organization.name);
    let news = (NoticeKind::Membership, title, "What they installed stays and is yours to look after.".to_owned());
    tell::admins(services, &mut effects, from, person.user(), news).await?;
    let change = services.organizations.remove_member(from, person.user(), found.role, Some(session), &effects).await?;
    happened(change)?;
    belongs(services, person).await
}

/// Hands the organization over: makes another member an admin and leaves, both or neither. Answers like [`leave`].
pub async fn transfer(services: &Services, actor: &Actor, to: &UserId) -> Result<bool> {
    let person = actor.require(Permission::ManageMembers)?;
    person.fresh(services.clock.now())?;
    let session = session(person)?;
    let organization = person.organization();
    let heir = find(services, organization, to).await?;
    if to == person.user() {
        return Err(PublicError::not_found("other member of this name").into());
    }
    let event = entry(services, actor, organization, AuditAction::MemberRoleChanged, subject(&heir));
    let event = event.before(json!({ "role": heir.role })).after(json!({ "role": OrganizationRole::Admin }));
    let mut effects = Effects::audited(event);
    effects.audit.push(left(services, actor, person, (organization, person.viewer.role)));
    let place = &person.viewer.organization_name;
    let title = format!("You look after {place} now");
    let body = format!("{} made you an admin and left.", person.viewer.name);
    tell::member(services, &mut effects, organization, to, (title, body)).await?;
    happened(services.organizations.transfer(organization, person.user(), to, session, &effects).await?)?;
    belongs(services, person).await
}

//! The organizations of one person.

use super::{leave, name};
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Effects, Membership, NewOrganization};
use crate::single_sign_on::elsewhere;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::organization::Belonging;
use contract::{ErrorCode, OrganizationId, PublicError};

/// Organizations somebody may belong to before they can't create another.
const MANY: u64 = 20;

/// The organizations of whoever is signed in.
pub async fn mine(services: &Services, actor: &Actor) -> Result<Vec<Belonging>> {
    let person = actor.require(Permission::OwnAccount)?;
    let visible = |it: &Membership| !person.bound || it.organization.id == *person.organization();
    let view = |it: Membership| Belonging {
        current: it.organization.id == *person.organization(),
        id: it.organization.id,
        name: it.organization.name,
        role: it.role,
        joined_at: it.joined_at,
        delete_at: it.organization.delete_at,
    };
    Ok(services.organizations.organizations_of(person.user()).await?.into_iter().filter(visible).map(view).collect())
}

/// Acts for another organization from now on, in this browser.
pub async fn switch(services: &Services, actor: &Actor, to: &OrganizationId) -> Result<()> {
    let person = actor.require(Permission::OwnAccount)?;
    let session = leave::session(person)?;
    if to != person.organization() {
        person.unbound("act for another organization")?;
        open(services, to).await?;
    }
    let subject = Subject::new("person", person.user(), &person.viewer.name);
    let event = entry(services, actor, to, AuditAction::SessionSwitched, subject);
    if services.sessions.switch_session(person.user(), session, to, &Effects::audited(event)).await? {
        return Ok(());
    }
    Err(PublicError::not_found("organization of yours").into())
}

/// Refuses where only an organization's own sign-in counts.
pub(super) async fn open(services: &Services, id: &OrganizationId) -> Result<()> {
    match services.organizations.organization(id).await? {
        Some(it) if it.sign_in_required => Err(elsewhere(&it.name).into()),
        _ => Ok(()),
    }
}

/// Creates another organization and goes over to it.
pub async fn create(services: &Services, actor: &Actor, text: &str) -> Result<OrganizationId> {
    let person = actor.require(Permission::OwnAccount)?;
    let session = leave::session(person)?;
    person.unbound("create another organization")?;
    let name = name::parse(text)?;
    let now = services.clock.now();
    let id = OrganizationId(services.ids.id("org", now));
    let subject = Subject::new("organization", &id, &name);
    let event = entry(services, actor, &id, AuditAction::OrganizationCreated, subject);
    let new =
        NewOrganization { id: id.clone(), name, creator: person.user().clone(), session: session.clone(), at: now };
    if services.organizations.create_organization(&new, MANY, &Effects::audited(event)).await? {
        return Ok(id);
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "Too many organizations",
        format!("You belong to {MANY} organizations already."),
        "Leave one that you don't need any more, then create this one.",
    )
    .into())
}

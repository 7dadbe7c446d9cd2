//! The organization itself: its name and its end.

use super::{name, tell};
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{AuditEntry, Effects};
use crate::{Actor, Person, Result, Services, billing};
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use contract::organization::{DELETION_GRACE_DAYS, OrganizationView};
use contract::{ErrorCode, OrganizationId, PublicError, Timestamp};
use serde_json::json;

const DAY_MS: i64 = 86_400_000;

/// When an organization ends whose deletion is decided now.
pub(crate) fn end(now: Timestamp) -> Timestamp {
    now.plus_ms(DELETION_GRACE_DAYS * DAY_MS)
}

/// The organization somebody acts for.
pub async fn overview(services: &Services, actor: &Actor) -> Result<OrganizationView> {
    let person = actor.require(Permission::SeeMembers)?;
    let found = services.organizations.organization(person.organization()).await?;
    let found = found.ok_or_else(|| PublicError::not_found("organization"))?;
    Ok(OrganizationView {
        currency: found.currency,
        pays: person.may(Permission::ManageBilling),
        currency_fixed: billing::currency_is_fixed(services, &found.id).await?,
        id: found.id,
        name: found.name,
        created_at: found.created_at,
        delete_at: found.delete_at,
        manages: person.may(Permission::ManageOrganization),
    })
}

/// Whether plans of the organization are paid for until somebody cancels them. Without it nobody could, and they would be
/// charged for ever.
pub(crate) async fn pays_on(services: &Services, organization: &OrganizationId) -> Result<bool> {
    let plans = services.billing.subscriptions_of(organization).await?;
    Ok(plans.iter().any(|it| it.state.status.is_live() && !it.state.cancel_at_period_end))
}

fn event(services: &Services, actor: &Actor, person: &Person, action: AuditAction) -> AuditEntry {
    let subject = Subject::new("organization", person.organization(), &person.viewer.organization_name);
    entry(services, actor, person.organization(), action, subject)
}

/// Renames the organization.
pub async fn rename(services: &Services, actor: &Actor, text: &str) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    let name = name::parse(text)?;
    let old = &person.viewer.organization_name;
    if name == *old {
        return Ok(());
    }
    let event = event(services, actor, person, AuditAction::OrganizationRenamed);
    let event = event.before(json!({ "name": old })).after(json!({ "name": name }));
    services.organizations.rename(person.organization(), &name, &Effects::audited(event)).await
}

/// Decides that the organization is deleted after a time of grace. `confirm` is its name, typed by whoever decides.
/// Deciding it again does not move the day.
pub async fn schedule_deletion(services: &Services, actor: &Actor, confirm: &str) -> Result<Timestamp> {
    let person = actor.require(Permission::ManageOrganization)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let name = &person.viewer.organization_name;
    if confirm.trim() != name {
        return Err(PublicError::new(
            ErrorCode::Invalid,
            "The name does not match",
            "To delete an organization, its name must be entered exactly as it is written.",
            "Enter the name of the organization, then try again.",
        )
        .at("confirm")
        .into());
    }
    if let Some(at) = overview(services, actor).await?.delete_at {
        return Ok(at);
    }
    if pays_on(services, person.organization()).await? {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "Plans are still paid for",
            "An organization that pays for plans can't be deleted.",
            "Cancel the plans under Billing first; contracts end with their term.",
        )
        .into());
    }
    let at = end(now);
    let event = event(services, actor, person, AuditAction::OrganizationDeletion);
    let mut effects = Effects::audited(event.after(json!({ "delete_at": at.rfc3339() })));
    let news = (
        NoticeKind::Security,
        format!("{name} will be deleted"),
        format!(
            "{} decided it. Everything is deleted on {}, unless an admin cancels.",
            person.viewer.name,
            at.rfc3339()
        ),
    );
    tell::admins(services, &mut effects, person.organization(), person.user(), news).await?;
    services.organizations.set_deletion(person.organization(), Some(at), &effects).await?;
    Ok(at)
}

/// Cancels the deletion.
pub async fn keep(services: &Services, actor: &Actor) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    let event = event(services, actor, person, AuditAction::OrganizationKept);
    services.organizations.set_deletion(person.organization(), None, &Effects::audited(event)).await?;
    Ok(())
}

//! Somebody's own account: everything we know about them, and its end.

use crate::audit::{Subject, entry};
use crate::organization::{end, pays_on};
use crate::permission::Permission;
use crate::ports::{AuditEntry, Effects, Fate, Membership};
use crate::{Actor, Person, Result, Services};
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::{ErrorCode, OrganizationId, PublicError, Timestamp};
use serde_json::{Value, json};

/// Notices that are exported at most.
const NOTICES: u64 = 10_000;

fn event(services: &Services, actor: &Actor, person: &Person, at: &OrganizationId, action: AuditAction) -> AuditEntry {
    entry(services, actor, at, action, Subject::new("person", person.user(), &person.viewer.name))
}

/// Everything about whoever is signed in, as JSON. What they did for organizations is in the trails of these.
pub async fn export(services: &Services, actor: &Actor) -> Result<Value> {
    let person = actor.require(Permission::OwnAccount)?;
    person.unbound("export your account")?;
    let event = event(services, actor, person, person.organization(), AuditAction::AccountExported);
    services.effects.apply(&Effects::audited(event)).await?;
    let (user, now) = (person.user(), services.clock.now());
    let verified = services.identities.address(user).await?.is_some_and(|it| it.verified);
    let identities = services
        .identities
        .identities(user)
        .await?
        .into_iter()
        .map(|it| json!({ "issuer": it.issuer, "subject": it.subject, "since": it.created_at.rfc3339() }));
    let organizations = services.organizations.organizations_of(user).await?.into_iter().map(|it| {
        json!({ "id": it.organization.id, "name": it.organization.name, "role": it.role,
            "joined_at": it.joined_at.rfc3339() })
    });
    let sessions = services.sessions.sessions(user, now).await?.into_iter().map(|it| {
        json!({ "id": it.id, "organization": it.organization, "issuer": it.issuer, "ip": it.ip,
            "user_agent": it.user_agent, "created_at": it.created_at.rfc3339(),
            "last_seen_at": it.last_seen_at.rfc3339(), "expires_at": it.expires_at.rfc3339() })
    });
    let viewer = &person.viewer;
    Ok(json!({
        "format": "openconductor-account-1",
        "exported_at": now.rfc3339(),
        "person": { "id": user, "name": viewer.name, "email": viewer.email, "email_verified": verified,
            "partner": viewer.partner, "partner_role": viewer.partner_role, "staff": viewer.staff },
        "identities": identities.collect::<Vec<_>>(),
        "organizations": organizations.collect::<Vec<_>>(),
        "sessions": sessions.collect::<Vec<_>>(),
        "notices": services.notices.inbox(user, None, NOTICES).await?,
        "preferences": services.notices.preferences(user).await?,
        "reviews": crate::review::exported(services, services.reviews.reviews_of(user).await?).await?,
    }))
}

/// What an account is called when it is to be deleted: its address, or its name where it has none.
fn called(person: &Person) -> &str {
    if person.viewer.email.is_empty() { &person.viewer.name } else { &person.viewer.email }
}

/// What becomes of an organization without this person; nothing where it can't do without them.
async fn fate(services: &Services, person: &Person, of: &Membership, now: Timestamp) -> Result<Option<Fate>> {
    let members = services.organizations.members(&of.organization.id).await?;
    let mut others = members.iter().filter(|it| it.person != *person.user()).peekable();
    Ok(if others.peek().is_none() {
        Some(Fate::Ends(of.organization.delete_at.unwrap_or_else(|| end(now))))
    } else if of.role != OrganizationRole::Admin || others.any(|it| it.role == OrganizationRole::Admin) {
        Some(Fate::GoesOn)
    } else {
        None
    })
}

fn needed(places: &[String]) -> crate::Error {
    PublicError::new(
        ErrorCode::Conflict,
        "You are needed",
        format!("You are the only admin of an organization with other members: {}.", places.join(", ")),
        "Make somebody else an admin there, or delete the organization; then delete your account.",
    )
    .into()
}

fn paying(places: &[String]) -> crate::Error {
    PublicError::new(
        ErrorCode::Conflict,
        "Plans are still paid for",
        format!("Without you nobody could cancel the plans of {}.", places.join(", ")),
        "Cancel the plans under Billing there first; contracts end with their term. Then delete your account.",
    )
    .into()
}

/// Deletes the account of whoever is signed in. `confirm` is their address, typed by themselves. Organizations that nobody
/// else belongs to are deleted after the usual time of grace; audit trails keep the name as it was recorded.
pub async fn delete(services: &Services, actor: &Actor, confirm: &str) -> Result<()> {
    let person = actor.require(Permission::OwnAccount)?;
    let now = services.clock.now();
    person.unbound("delete your account")?;
    person.fresh(now)?;
    if !confirm.trim().eq_ignore_ascii_case(called(person)) {
        let detail =
            "To delete your account, your own e-mail address must be entered (your name, if you have none here).";
        return Err(PublicError::new(
            ErrorCode::Invalid,
            "The address does not match",
            detail,
            "Enter your own address, then try again.",
        )
        .at("confirm")
        .into());
    }
    let (mut fates, mut effects) = (Vec::new(), Effects::default());
    let (mut places, mut paid) = (Vec::new(), Vec::new());
    for it in services.organizations.organizations_of(person.user()).await? {
        let Some(fate) = fate(services, person, &it, now).await? else {
            places.push(it.organization.name);
            continue;
        };
        effects.audit.push(event(services, actor, person, &it.organization.id, AuditAction::AccountDeleted));
        if let Fate::Ends(at) = fate {
            if pays_on(services, &it.organization.id).await? {
                paid.push(it.organization.name.clone());
            }
            let subject = Subject::new("organization", &it.organization.id, &it.organization.name);
            let event = entry(services, actor, &it.organization.id, AuditAction::OrganizationDeletion, subject);
            effects.audit.push(event.after(json!({ "delete_at": at.rfc3339() })));
        }
        fates.push((it.organization.id, fate));
    }
    if !places.is_empty() {
        return Err(needed(&places));
    }
    if !paid.is_empty() {
        return Err(paying(&paid));
    }
    if services.organizations.delete_person(person.user(), &fates, &effects).await? {
        return Ok(());
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "Your organizations changed",
        "Members of one of your organizations changed in this moment, so nothing was deleted.",
        "Try again.",
    )
    .into())
}

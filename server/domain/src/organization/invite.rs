//! Inviting people by mail.
//!
//! The answer is the same whether the address has an account or not. Nothing is sent to somebody who is a member already;
//! admins see them in the list of members.

use super::address;
use crate::audit::{Subject, entry};
use crate::identity::sha256_hex;
use crate::notice::{line, mail_job, new_mail};
use crate::permission::Permission;
use crate::ports::{Effects, Invitation, InvitationLimits, Invited, NewInvitation, NewMail};
use crate::{Actor, Person, Result, Services};
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::organization::{InvitationView, MAX_INVITATIONS};
use contract::{ErrorCode, InvitationId, PublicError};
use serde_json::json;

/// An invitation is good for seven days.
const LIFETIME_MS: i64 = 7 * 86_400_000;
/// Nobody gets more than one mail a minute out of one organization, however often the button is pressed.
const LIMITS: InvitationLimits = InvitationLimits { open: MAX_INVITATIONS, pause_ms: 60_000 };

fn mail(services: &Services, person: &Person, to: &str, role: OrganizationRole, token: &str) -> NewMail {
    let (who, place) = (line(&person.viewer.name), line(&person.viewer.organization_name));
    let text = format!(
        "Hello,\n\n{who} invites you to {place} on the OpenConductor Marketplace, as {}.\n\nAccept within 7 days, signed \
         in with {to}:\n{}/join/{token}\n\nIf you do not expect this, you need not do anything.\n",
        role.label(),
        services.settings.public_url,
    );
    new_mail(services, to, &format!("{who} invites you to {place}"), text)
}

async fn send(services: &Services, actor: &Actor, email: &str, role: OrganizationRole, again: bool) -> Result<Invited> {
    let person = actor.require(Permission::ManageMembers)?;
    let now = services.clock.now();
    let (id, token) = (InvitationId(services.ids.id("inv", now)), services.ids.secret());
    let action = if again { AuditAction::InvitationResent } else { AuditAction::MemberInvited };
    let subject = Subject::new("invitation", email, email);
    let event = entry(services, actor, person.organization(), action, subject).after(json!({ "role": role }));
    let mail = mail(services, person, email, role, &token);
    let mut effects = Effects::audited(event).job(mail_job(&mail));
    effects.mail.push(mail);
    let new = NewInvitation {
        id,
        organization: person.organization().clone(),
        email: email.to_owned(),
        role,
        token_hash: sha256_hex(&token),
        invited_by: person.user().clone(),
        sent_at: now,
        expires_at: now.plus_ms(LIFETIME_MS),
    };
    services.invitations.invite(&new, LIMITS, &effects).await
}

fn too_many() -> crate::Error {
    PublicError::new(
        ErrorCode::Conflict,
        "Too many open invitations",
        format!("An organization can have {MAX_INVITATIONS} invitations that were not answered yet."),
        "Revoke invitations that are not needed any more, then invite again.",
    )
    .into()
}

/// Invites an address, or sends its open invitation again. Inviting an admin needs a fresh sign-in.
pub async fn invite(services: &Services, actor: &Actor, email: &str, role: OrganizationRole) -> Result<()> {
    let person = actor.require(Permission::ManageMembers)?;
    if role == OrganizationRole::Admin {
        person.fresh(services.clock.now())?;
    }
    let email = address::parse(email)?;
    let members = services.organizations.members(person.organization()).await?;
    // An address that nobody vouches for may be somebody else's, who can still be invited.
    if members.iter().any(|it| it.email_verified && address::same(&it.email, &email)) {
        return Ok(());
    }
    match send(services, actor, &email, role, false).await? {
        Invited::Sent | Invited::JustSent => Ok(()),
        Invited::TooMany => Err(too_many()),
    }
}

/// Invitations that were not answered yet.
pub async fn invitations(services: &Services, actor: &Actor) -> Result<Vec<InvitationView>> {
    let person = actor.require(Permission::ManageMembers)?;
    let now = services.clock.now();
    let view = |it: Invitation| InvitationView {
        expired: !it.is_open(now),
        id: it.id,
        email: it.email,
        role: it.role,
        invited_by: it.invited_by,
        sent_at: it.sent_at,
        expires_at: it.expires_at,
    };
    Ok(services.invitations.invitations(person.organization()).await?.into_iter().map(view).collect())
}

async fn find(services: &Services, person: &Person, id: &InvitationId) -> Result<Invitation> {
    let found = services.invitations.invitation(person.organization(), id).await?;
    let found = found.filter(|it| it.accepted_at.is_none() && it.revoked_at.is_none());
    found.ok_or_else(|| PublicError::not_found("open invitation").into())
}

/// Sends an invitation again, with a new link: the old one stops working.
pub async fn resend(services: &Services, actor: &Actor, id: &InvitationId) -> Result<()> {
    let person = actor.require(Permission::ManageMembers)?;
    let found = find(services, person, id).await?;
    if found.role == OrganizationRole::Admin {
        person.fresh(services.clock.now())?;
    }
    match send(services, actor, &found.email, found.role, true).await? {
        Invited::Sent => Ok(()),
        Invited::TooMany => Err(too_many()),
        Invited::JustSent => Err(PublicError::new(
            ErrorCode::RateLimited,
            "Sent a moment ago",
            "The invitation was sent less than a minute ago.",
            "Give the mail time to arrive, then try again.",
        )
        .into()),
    }
}

/// Revokes an invitation: its link stops working.
pub async fn revoke(services: &Services, actor: &Actor, id: &InvitationId) -> Result<()> {
    let person = actor.require(Permission::ManageMembers)?;
    let found = find(services, person, id).await?;
    let subject = Subject::new("invitation", &found.email, &found.email);
    let event = entry(services, actor, person.organization(), AuditAction::InvitationRevoked, subject);
    let effects = Effects::audited(event.before(json!({ "role": found.role })));
    // Who revokes it in the same moment has done it.
    services.invitations.revoke_invitation(person.organization(), id, &effects, services.clock.now()).await?;
    Ok(())
}

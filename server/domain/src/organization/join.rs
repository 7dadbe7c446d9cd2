//! Accepting an invitation.
//!
//! Two things are proven: having the link, and being whom it was sent to, vouched for by the sign-in service. A link that
//! was forwarded or stolen is worth nothing without the second.

use super::{address, leave, mine, tell};
use crate::audit::{Subject, entry};
use crate::identity::sha256_hex;
use crate::permission::Permission;
use crate::ports::{Acceptance, Effects, Invitation};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use contract::organization::{JoinState, JoinView, Offer};
use contract::{ErrorCode, PublicError};
use serde_json::json;

/// What an invitation is to somebody.
enum Found {
    Unusable,
    AnotherAddress,
    Unverified,
    Open(Invitation),
    Joined(Invitation),
}

async fn look(services: &Services, person: &Person, token: &str) -> Result<Found> {
    let Some(found) = services.invitations.invitation_by_token(&sha256_hex(token)).await? else {
        return Ok(Found::Unusable);
    };
    let open = found.is_open(services.clock.now());
    let address = services.identities.address(person.user()).await?;
    let fits = address.as_ref().is_some_and(|it| address::same(&it.email, &found.email));
    let verified = address.is_some_and(|it| it.verified);
    if !open {
        // Used by this very person: opening the link again does no harm.
        let mine = services.organizations.organizations_of(person.user()).await?;
        let joined = mine.iter().any(|it| it.organization.id == found.organization);
        let used = found.accepted_at.is_some() && fits && verified && joined;
        return Ok(if used { Found::Joined(found) } else { Found::Unusable });
    }
    Ok(match (fits, verified) {
        (false, _) => Found::AnotherAddress,
        (true, false) => Found::Unverified,
        (true, true) => Found::Open(found),
    })
}

fn offer(it: Invitation) -> Offer {
    Offer {
        id: it.organization,
        organization: it.organization_name,
        role: it.role,
        invited_by: it.invited_by,
        expires_at: it.expires_at,
    }
}

/// What the page of an invitation shows.
pub async fn invitation(services: &Services, actor: &Actor, token: &str) -> Result<JoinView> {
    let Actor::Person(person) = actor else {
        return Ok(JoinView { state: JoinState::SignIn, you: String::new(), offer: None });
    };
    let (state, offer) = match look(services, person, token).await? {
        Found::Unusable => (JoinState::Unusable, None),
        Found::AnotherAddress => (JoinState::AnotherAddress, None),
        Found::Unverified => (JoinState::Unverified, None),
        Found::Open(it) => (JoinState::Open, Some(offer(it))),
        Found::Joined(it) => (JoinState::Joined, Some(offer(it))),
    };
    Ok(JoinView { state, you: person.viewer.email.clone(), offer })
}

/// One answer for all that is unknown, used, revoked or expired.
fn unusable() -> crate::Error {
    PublicError::new(
        ErrorCode::NotFound,
        "This invitation does not work",
        "It is not complete, was used or revoked, or is older than 7 days.",
        "Copy the whole link from the mail, or ask whoever invited you to send it again.",
    )
    .into()
}

/// Accepts: a member from now on, acting for the organization in this browser. Accepting twice does no harm.
pub async fn accept(services: &Services, actor: &Actor, token: &str) -> Result<()> {
    let person = actor.require(Permission::OwnAccount)?;
    let (title, detail, next) = match look(services, person, token).await? {
        Found::Open(it) => return join(services, actor, person, token, &it).await,
        Found::Joined(it) => return super::switch(services, actor, &it.organization).await,
        Found::Unusable => return Err(unusable()),
        Found::AnotherAddress => (
            "This invitation is for another address",
            format!("You are signed in as {}, which is not the address it was sent to.", person.viewer.email),
            "Sign in with the invited address, or ask for an invitation to yours.",
        ),
        Found::Unverified => (
            "Your address is not confirmed",
            format!("The sign-in service does not say that {} is yours.", person.viewer.email),
            "Confirm the address at your sign-in service, or sign in with another one that knows it; then open the link again.",
        ),
    };
    Err(PublicError::new(ErrorCode::Forbidden, title, detail, next).into())
}

async fn join(services: &Services, actor: &Actor, person: &Person, token: &str, it: &Invitation) -> Result<()> {
    if it.organization != *person.organization() {
        person.unbound("join another organization")?;
        mine::open(services, &it.organization).await?;
    }
    let subject = Subject::new("person", person.user(), &person.viewer.name);
    let event = entry(services, actor, &it.organization, AuditAction::MemberJoined, subject);
    let mut effects = Effects::audited(event.after(json!({ "role": it.role, "invitation": it.id })));
    let title = format!("{} joined {}", person.viewer.name, it.organization_name);
    let news = (NoticeKind::Membership, title, format!("Invited by {}, as {}.", it.invited_by, it.role.label()));
    tell::admins(services, &mut effects, &it.organization, person.user(), news).await?;
    let acceptance = Acceptance {
        invitation: it.id.clone(),
        token_hash: sha256_hex(token),
        person: person.user().clone(),
        session: leave::session(person)?.clone(),
        at: services.clock.now(),
    };
    if services.invitations.accept_invitation(&acceptance, &effects).await? { Ok(()) } else { Err(unusable()) }
}

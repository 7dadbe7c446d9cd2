//! One's own sessions: seeing them and ending them.

use super::device::device;
use super::session::is_awake;
use crate::actor::Via;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{AuditEntry, Effects, StoredSession};
use crate::{Actor, Person, Result, Services};
use contract::account::SessionView;
use contract::audit::AuditAction;
use contract::{PublicError, SessionId};

/// Whether somebody may see this session of theirs: with one that counts for an organization only, those of this
/// organization.
fn may_see(person: &Person, session: &StoredSession) -> bool {
    !person.bound || session.organization_id == *person.organization()
}

/// Sessions of whoever is signed in, the last one used first.
pub async fn sessions(services: &Services, actor: &Actor) -> Result<Vec<SessionView>> {
    let person = actor.require(Permission::OwnAccount)?;
    let now = services.clock.now();
    let found = services.sessions.sessions(person.user(), now).await?;
    let view = |it: StoredSession| SessionView {
        this: matches!(&person.via, Via::Session(id, _) if *id == it.id),
        device: device(&it.user_agent),
        id: it.id,
        ip: it.ip,
        organization: it.organization,
        created_at: it.created_at,
        last_seen_at: it.last_seen_at,
        expires_at: it.expires_at,
    };
    let visible = |it: &StoredSession| is_awake(it.last_seen_at, now) && may_see(person, it);
    Ok(found.into_iter().filter(visible).map(view).collect())
}

fn event(services: &Services, actor: &Actor, person: &Person, id: &str, name: &str) -> AuditEntry {
    entry(services, actor, person.organization(), AuditAction::SessionRevoked, Subject::new("session", id, name))
}

/// Ends one of one's own sessions. Needs no fresh sign-in: whoever suspects a stolen session must be quick.
pub async fn revoke(services: &Services, actor: &Actor, id: &SessionId) -> Result<()> {
    let person = actor.require(Permission::OwnAccount)?;
    let found = services.sessions.sessions(person.user(), services.clock.now()).await?;
    let found = found
        .into_iter()
        .find(|it| it.id == *id && may_see(person, it))
        .ok_or_else(|| PublicError::not_found("session of yours"))?;
    let event = event(services, actor, person, id.as_str(), &device(&found.user_agent));
    services.sessions.revoke_session(person.user(), id, &Effects::audited(event)).await?;
    Ok(())
}

/// Ends all of one's own sessions but the one that asks; gives how many.
pub async fn revoke_others(services: &Services, actor: &Actor) -> Result<u64> {
    let person = actor.require(Permission::OwnAccount)?;
    person.unbound("end sessions of other organizations")?;
    let Via::Session(keep, _) = &person.via else { return Err(PublicError::sign_in_required().into()) };
    let event = event(services, actor, person, "", "all other sessions");
    services.sessions.revoke_other_sessions(person.user(), keep, &Effects::audited(event)).await
}

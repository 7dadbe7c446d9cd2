//! Sessions: rows on the server, known to the browser by a random token of which only the hash is stored.

use crate::audit::{Subject, entry};
use crate::ports::{AuditEntry, Effects, ExternalIdentity, Membership, NewPerson, NewSession, SignedIn};
use crate::single_sign_on::elsewhere;
use crate::{Actor, Origin, Person, Result, Services, Via};
use contract::audit::AuditAction;
use contract::{OrganizationId, SessionId, Timestamp, UserId};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A session ends after 14 days, whatever happens.
pub const SESSION_LIMIT_MS: i64 = 14 * 86_400_000;
/// A session that was not used for 3 days has ended.
pub const IDLE_LIMIT_MS: i64 = 3 * 86_400_000;
/// It is written down at most once a minute that a session is used.
const SEEN_EVERY_MS: i64 = 60_000;

/// Lower-case hexadecimal SHA-256.
pub fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a session was used lately.
pub(super) const fn is_awake(last_seen_at: Timestamp, now: Timestamp) -> bool {
    now.since(last_seen_at) < IDLE_LIMIT_MS
}

/// The session that a token belongs to, unless it has ended.
async fn find(services: &Services, token: &str, now: Timestamp) -> Result<Option<SignedIn>> {
    let found = services.identities.signed_in(&sha256_hex(token), now).await?;
    Ok(found.filter(|it| is_awake(it.last_seen_at, now)))
}

fn person(it: SignedIn, origin: Origin) -> Actor {
    let via = Via::Session(it.session, it.authenticated_at);
    Actor::Person(Box::new(Person { viewer: it.viewer, via, origin, bound: it.bound }))
}

/// Who is behind a session token.
pub async fn actor(services: &Services, token: Option<&str>, origin: Origin) -> Result<Actor> {
    let Some(token) = token else { return Ok(Actor::Visitor) };
    let now = services.clock.now();
    let Some(found) = find(services, token, now).await? else { return Ok(Actor::Visitor) };
    if now.since(found.last_seen_at) >= SEEN_EVERY_MS {
        services.sessions.touch_session(&found.session, now).await?;
    }
    Ok(person(found, origin))
}

/// An audit event of somebody who has no session yet.
pub(crate) fn arrival(
    services: &Services,
    who: (&UserId, &ExternalIdentity, &SessionId),
    organization: &OrganizationId,
    action: AuditAction,
    origin: &Origin,
) -> AuditEntry {
    let (user, identity, session) = who;
    AuditEntry {
        actor_kind: "person",
        actor_id: user.0.clone(),
        actor_name: identity.name.clone(),
        via: session.0.clone(),
        ip: origin.ip.clone(),
        user_agent: origin.user_agent.clone(),
        trace_id: origin.trace_id.clone(),
        ..entry(services, &Actor::System, organization, action, Subject::new("person", user, &identity.name))
    }
}

fn departure(services: &Services, actor: &Actor) -> Option<AuditEntry> {
    let Actor::Person(person) = actor else { return None };
    let subject = Subject::new("person", person.user(), &person.viewer.name);
    Some(entry(services, actor, person.organization(), AuditAction::SignedOut, subject))
}

/// The person of an identity and the organization they act for; both are created where there are none. Who left their
/// last organization begins a new one.
async fn arrive(
    services: &Services,
    identity: &ExternalIdentity,
    session: &SessionId,
    origin: &Origin,
    now: Timestamp,
) -> Result<(UserId, OrganizationId)> {
    let known = services.identities.known_person(identity).await?;
    let first_name = identity.name.split_whitespace().next().unwrap_or("My");
    let new = NewPerson {
        user: known.unwrap_or_else(|| UserId(services.ids.id("usr", now))),
        organization: OrganizationId(services.ids.id("org", now)),
        organization_name: format!("{first_name}'s organization"),
    };
    let who = (&new.user, identity, session);
    let created = arrival(services, who, &new.organization, AuditAction::OrganizationCreated, origin);
    services.identities.person(identity, &new, &Effects::audited(created), now).await
}

/// The organization somebody acts for: the wanted one, or their first that takes a sign-in other than its own.
async fn open_to(services: &Services, user: &UserId, wanted: OrganizationId) -> Result<OrganizationId> {
    let mine = services.organizations.organizations_of(user).await?;
    let open = |it: &&Membership| !it.organization.sign_in_required;
    let found = mine.iter().filter(open).find(|it| it.organization.id == wanted).or_else(|| mine.iter().find(open));
    if let Some(found) = found {
        return Ok(found.organization.id.clone());
    }
    match mine.into_iter().find(|it| it.organization.id == wanted) {
        Some(closed) => Err(elsewhere(&closed.organization.name).into()),
        None => Ok(wanted),
    }
}

/// Signs in whom an issuer vouches for; at the first time creates the person and their first organization. Gives the
/// token of a new session. Whoever signs in once more, to do something that needs a fresh sign-in, goes on in the same
/// organization.
pub async fn sign_in(
    services: &Services,
    identity: &ExternalIdentity,
    origin: &Origin,
    previous: Option<&str>,
) -> Result<String> {
    let now = services.clock.now();
    let before = match previous {
        Some(token) => find(services, token, now).await?,
        None => None,
    };
    let id = SessionId(services.ids.id("ses", now));
    let (user, first) = arrive(services, identity, &id, origin, now).await?;
    let again = before.filter(|it| it.viewer.user_id == user);
    let wanted = again.map_or(first, |it| it.viewer.organization_id);
    let organization = open_to(services, &user, wanted).await?;
    begin_session(services, Begin { id, user, organization, bound: false }, identity, origin, previous).await
}

/// A session about to begin.
pub(crate) struct Begin {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The organization it acts for.
    pub organization: OrganizationId,
    /// Whether it counts for this organization only.
    pub bound: bool,
}

/// Begins a session and gives its token: a token from before the sign-in is never kept, and the session it belonged to
/// (`previous`) ends.
pub(crate) async fn begin_session(
    services: &Services,
    begin: Begin,
    identity: &ExternalIdentity,
    origin: &Origin,
    previous: Option<&str>,
) -> Result<String> {
    let now = services.clock.now();
    let Begin { id, user, organization, bound } = begin;
    let before = match previous {
        Some(token) => find(services, token, now).await?,
        None => None,
    };
    let token = services.ids.secret();
    let mut event = arrival(services, (&user, identity, &id), &organization, AuditAction::SignedIn, origin);
    if let Some(again) = before.as_ref().filter(|it| it.viewer.user_id == user) {
        event = event.after(json!({ "replaces": again.session }));
    }
    let mut effects = Effects::audited(event);
    if let Some(other) = before.filter(|it| it.viewer.user_id != user) {
        effects.audit.extend(departure(services, &person(other, origin.clone())));
    }
    let session = NewSession {
        id,
        token_hash: sha256_hex(&token),
        user,
        organization,
        created_at: now,
        expires_at: now.plus_ms(SESSION_LIMIT_MS),
        issuer: identity.issuer.clone(),
        ip: origin.ip.clone(),
        user_agent: origin.user_agent.clone(),
        bound,
    };
    let old_hash = previous.map(sha256_hex);
    services.sessions.rotate_session(&session, old_hash.as_deref(), &effects).await?;
    Ok(token)
}

/// Ends the session.
pub async fn sign_out(services: &Services, token: &str, origin: Origin) -> Result<()> {
    let actor = actor(services, Some(token), origin).await?;
    let Some(event) = departure(services, &actor) else { return Ok(()) };
    services.identities.end_session(&sha256_hex(token), &Effects::audited(event)).await
}

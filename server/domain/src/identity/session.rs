//! Sessions: rows on the server, known to the browser by a random token of which only the hash is stored.

use crate::ports::{ExternalIdentity, NewPerson, NewSession};
use crate::{Actor, Result, Services};
use contract::{OrganizationId, SessionId, UserId};
use sha2::{Digest, Sha256};

/// A session ends after 14 days.
pub const IDLE_LIMIT_MS: i64 = 14 * 86_400_000;

/// Lower-case hexadecimal SHA-256.
pub fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Who is behind a session token.
pub async fn actor(services: &Services, token: Option<&str>) -> Result<Actor> {
    let Some(token) = token else { return Ok(Actor::Visitor) };
    let viewer = services.identities.viewer(&sha256_hex(token), services.clock.now()).await?;
    Ok(viewer.map_or(Actor::Visitor, |viewer| Actor::Person(Box::new(viewer))))
}

/// Signs in whom an issuer vouches for; at the first time creates the person and their first organization. Gives the
/// token of a new session: a token from before the sign-in is never kept.
pub async fn sign_in(services: &Services, identity: &ExternalIdentity) -> Result<String> {
    let now = services.clock.now();
    let first_name = identity.name.split_whitespace().next().unwrap_or("My");
    let new = NewPerson {
        user: UserId(services.ids.id("usr", now)),
        organization: OrganizationId(services.ids.id("org", now)),
        organization_name: format!("{first_name}'s organization"),
    };
    let (user, organization) = services.identities.person(identity, &new, now).await?;
    let token = services.ids.secret();
    let session = NewSession {
        id: SessionId(services.ids.id("ses", now)),
        token_hash: sha256_hex(&token),
        user,
        organization,
        created_at: now,
        expires_at: now.plus_ms(IDLE_LIMIT_MS),
    };
    services.identities.create_session(&session).await?;
    Ok(token)
}

/// Ends the session.
pub async fn sign_out(services: &Services, token: &str) -> Result<()> {
    services.identities.end_session(&sha256_hex(token)).await
}

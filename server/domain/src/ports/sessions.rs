//! Sessions as their owners look after them.

use super::{Effects, NewSession};
use crate::error::Result;
use async_trait::async_trait;
use contract::{OrganizationId, SessionId, Timestamp, UserId};

/// A session in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Public id.
    pub id: SessionId,
    /// The organization it acts for.
    pub organization_id: OrganizationId,
    /// Its name.
    pub organization: String,
    /// Begun.
    pub created_at: Timestamp,
    /// Last seen, to the minute.
    pub last_seen_at: Timestamp,
    /// Ends at the latest.
    pub expires_at: Timestamp,
    /// Where from.
    pub ip: String,
    /// With what.
    pub user_agent: String,
    /// The issuer who vouched.
    pub issuer: String,
}

/// Repository of sessions. Every finder takes the person.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Stores a session and ends the one that its browser had before, known by the hash of its token, at the same time.
    async fn rotate_session(&self, new: &NewSession, old_hash: Option<&str>, effects: &Effects) -> Result<()>;

    /// Remembers that a session was used now.
    async fn touch_session(&self, session: &SessionId, now: Timestamp) -> Result<()>;

    /// Sessions of a person that have not reached their end, the last one seen first.
    async fn sessions(&self, person: &UserId, now: Timestamp) -> Result<Vec<StoredSession>>;

    /// Ends a session of a person; gives whether there was one.
    async fn revoke_session(&self, person: &UserId, session: &SessionId, effects: &Effects) -> Result<bool>;

    /// Ends all sessions of a person but this one; gives how many. Without any, `effects` are not stored.
    async fn revoke_other_sessions(&self, person: &UserId, keep: &SessionId, effects: &Effects) -> Result<u64>;

    /// Lets a session of a person act for another organization of theirs; gives whether it is one.
    async fn switch_session(
        &self,
        person: &UserId,
        session: &SessionId,
        organization: &OrganizationId,
        effects: &Effects,
    ) -> Result<bool>;
}

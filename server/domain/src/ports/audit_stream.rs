//! Streams of the audit trail, and sending signed messages.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::{OrganizationId, Timestamp};
use zeroize::Zeroizing;

/// A stream as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditStream {
    /// Tenant; there is one stream at most.
    pub organization: OrganizationId,
    /// Scheme, host and port.
    pub address: String,
    /// First characters of the secret.
    pub hint: String,
    /// Whole address and secret, sealed.
    pub sealed: Vec<u8>,
    /// When this address was entered.
    pub set_at: Timestamp,
    /// Position of the last event that arrived.
    pub delivered: i64,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// Tries in a row that failed.
    pub failures: u32,
    /// Since when.
    pub failing_since: Option<Timestamp>,
    /// Not before.
    pub next_try_at: Option<Timestamp>,
    /// What went wrong with the last try, in words.
    pub last_error: Option<String>,
    /// When it was paused.
    pub paused_at: Option<Timestamp>,
    /// Rises with each change; a stale writer loses.
    pub revision: i64,
}

/// Repository of streams. Every finder takes the organization, but for the one that serves the queue.
#[async_trait]
pub trait AuditStreams: Send + Sync {
    /// The organization's stream.
    async fn stream(&self, organization: &OrganizationId) -> Result<Option<AuditStream>>;

    /// Stores a stream. In the place of another one it goes on where that one stood; otherwise it begins with what is
    /// recorded from now on, `effects` included. The positions in `stream` do not count.
    async fn put_stream(&self, stream: &AuditStream, effects: &Effects) -> Result<()>;

    /// Replaces how it stands if nobody else did since it was read (`revision`); gives whether it did. Address and secret
    /// stay.
    async fn change_stream(&self, stream: &AuditStream, effects: &Effects) -> Result<bool>;

    /// Removes the stream; gives whether there was one. Without one, `effects` are not stored.
    async fn remove_stream(&self, organization: &OrganizationId, effects: &Effects) -> Result<bool>;

    /// Organizations whose stream is on; for the queue.
    async fn active_streams(&self) -> Result<Vec<OrganizationId>>;
}

/// A message about to be sent.
#[derive(Clone, Debug)]
pub struct WebhookMessage {
    /// Whose it is; bounds concurrency.
    pub organization: OrganizationId,
    /// Where to.
    pub url: Zeroizing<String>,
    /// Key of the signature.
    pub key: Zeroizing<Vec<u8>>,
    /// Stays the same when the message is sent again, so that the receiver recognises it.
    pub id: String,
    /// When it is sent.
    pub at: Timestamp,
    /// JSON.
    pub body: String,
}

/// Why a message did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDelivered {
    /// What happened and what to do about it, in words. Holds no more of the address than its host.
    pub words: String,
    /// The receiver wants no message any more (status 410).
    pub gone: bool,
}

/// Sends messages to addresses that administrators enter, signed as Standard Webhooks says
/// (<https://www.standardwebhooks.com>), through the guarded client.
#[async_trait]
pub trait Webhooks: Send + Sync {
    /// Whether an address could be called at all; `Err` says why not, in words. Calls nothing.
    async fn admit(&self, url: &str) -> std::result::Result<(), String>;

    /// Sends a message once. It arrived when the receiver answers with 2xx; redirects are not followed.
    async fn send(&self, message: &WebhookMessage) -> std::result::Result<(), NotDelivered>;
}

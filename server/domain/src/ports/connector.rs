//! Calls to third parties, and the vault for their credentials.

use crate::error::Result;
use async_trait::async_trait;
use contract::OrganizationId;
use contract::install::CallReport;
use contract::manifest::Manifest;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Secrets of one connection. Prints as `Secrets(…)` and wipes its memory.
#[derive(Clone, Default)]
pub struct Secrets(pub std::collections::BTreeMap<String, Zeroizing<String>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// The secret with this name.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|secret| secret.as_str())
    }

    /// Stores a secret.
    pub fn insert(&mut self, key: &str, secret: String) {
        self.0.insert(key.to_owned(), Zeroizing::new(secret));
    }
}

/// Everything a call needs to know about a connection.
#[derive(Clone, Debug)]
pub struct ConnectionContext {
    /// Whose it is; bounds concurrency.
    pub organization: OrganizationId,
    /// The pinned release's manifest.
    pub manifest: Arc<Manifest>,
    /// Configuration by key.
    pub config: Map<String, Value>,
    /// `secrets.*` of templates: the credential (`token`, `username`, `password`, `api_key`) and `secret` fields.
    pub secrets: Secrets,
    /// Our inbound address.
    pub webhook_url: String,
    /// Our secret for it.
    pub webhook_secret: Zeroizing<String>,
}

/// Result of a poll: the report, and the answer when it was good.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was tried and what came of it.
    pub report: CallReport,
    /// The parsed body (`null` when it is not JSON); `None` when the call failed.
    pub body: Option<Value>,
}

/// An inbound call as it came in. Header names are lower case.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// Headers.
    pub headers: std::collections::BTreeMap<String, String>,
    /// Body, not parsed.
    pub body: Vec<u8>,
}

/// Everything that calls a third party, through the guarded client.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Runs the manifest's connection test.
    async fn test(&self, context: &ConnectionContext) -> CallReport;

    /// Makes the other side send us an event tagged with `probe_id`.
    async fn send_probe(&self, context: &ConnectionContext, capability: &str, probe_id: &str) -> CallReport;

    /// Runs an action with these inputs.
    async fn run_action(&self, context: &ConnectionContext, capability: &str, input: &Map<String, Value>)
    -> CallReport;

    /// Asks a data source once.
    async fn poll(&self, context: &ConnectionContext, capability: &str) -> Answer;

    /// Whether an inbound call proves who sent it, as the capability demands. Constant time in the secret.
    fn verify(&self, context: &ConnectionContext, capability: &str, inbound: &Inbound) -> bool;
}

/// Seals secrets with a key of the organization, which is itself wrapped by the master key.
#[async_trait]
pub trait Vault: Send + Sync {
    /// Seals; `purpose` is bound to the result and must be the same when opening.
    async fn seal(&self, organization: &OrganizationId, purpose: &str, plain: &[u8]) -> Result<Vec<u8>>;

    /// Opens.
    async fn open(&self, organization: &OrganizationId, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>>;
}

/// Where wrapped organization keys are kept.
#[async_trait]
pub trait OrganizationKeys: Send + Sync {
    /// The wrapped key, if there is one.
    async fn wrapped_key(&self, organization: &OrganizationId) -> Result<Option<Vec<u8>>>;

    /// Stores a wrapped key unless there is one, and returns the one that is stored.
    async fn store_wrapped_key(&self, organization: &OrganizationId, wrapped: &[u8]) -> Result<Vec<u8>>;
}

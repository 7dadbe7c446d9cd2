//! Reading the audit trail. Appending happens through [`super::Effects`], with the change itself.

use crate::error::Result;
use async_trait::async_trait;
use contract::OrganizationId;
use contract::audit::AuditEvent;

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Wire name of an action.
    pub action: Option<String>,
    /// Part of the actor's name, or their id.
    pub actor: Option<String>,
    /// Part of the subject's name, or its id.
    pub subject: Option<String>,
    /// Unix milliseconds, inclusive.
    pub from: Option<i64>,
    /// Unix milliseconds, exclusive.
    pub to: Option<i64>,
}

/// The end of a chain, kept apart from its events: what is cut off the end is missed by nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// Name of the chain: an organization's id, or `marketplace`.
    pub chain: String,
    /// Position of the last event.
    pub sequence: i64,
    /// Its hash.
    pub hash: String,
}

/// Name of the marketplace's own chain.
pub const MARKETPLACE_CHAIN: &str = "marketplace";

/// Repository of the trail.
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// Events of an organization that match, newest first, below a position.
    async fn audit_page(
        &self,
        organization: &OrganizationId,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<AuditEvent>>;

    /// Events of a chain after a position, oldest first; for verification and streaming.
    async fn audit_after(&self, chain: &str, sequence: i64, limit: u64) -> Result<Vec<AuditEvent>>;

    /// Position of the last event of an organization; 0 when there is none.
    async fn audit_end(&self, organization: &OrganizationId) -> Result<i64>;

    /// All chains and their ends.
    async fn audit_heads(&self) -> Result<Vec<ChainHead>>;

    /// All names of chains that have events, whether or not they have an end.
    async fn audit_chains(&self) -> Result<Vec<String>>;
}

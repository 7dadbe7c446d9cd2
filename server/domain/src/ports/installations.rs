//! Installations, their checks and events, and the queue of work. Every finder takes the tenant, but for the ones that
//! serve an inbound token or the queue.

use super::{Effects, Metered};
use crate::error::Result;
use async_trait::async_trait;
use contract::install::{CallReport, CheckView, ConnectionState, EventView};
use contract::{CheckId, EventId, InstallationId, ListingId, OrganizationId, ProbeId, Timestamp, UserId};
use serde_json::{Map, Value};

/// An installation as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Installation {
    /// Id.
    pub id: InstallationId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What is installed.
    pub listing: ListingId,
    /// Pinned release.
    pub version: String,
    /// State.
    pub state: ConnectionState,
    /// SHA-256 of the inbound token.
    pub token_hash: String,
    /// Configuration that is not secret.
    pub config: Map<String, Value>,
    /// Sealed secrets: inbound token and secret, credential, secret fields.
    pub sealed: Vec<u8>,
    /// Whether Connect was completed.
    pub connected: bool,
    /// Installed by.
    pub created_by: UserId,
    /// Their name.
    pub created_by_name: String,
    /// Begun.
    pub created_at: Timestamp,
    /// First event or other proof.
    pub first_proof_at: Option<Timestamp>,
    /// Last event.
    pub last_event_at: Option<Timestamp>,
    /// Events so far.
    pub events: u64,
    /// Rises with each change; a stale writer loses.
    pub revision: i64,
}

/// A recorded check, about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCheck {
    /// Id.
    pub id: CheckId,
    /// `test`, `probe`, `action`, `poll`.
    pub kind: String,
    /// Capability, empty for `test`.
    pub capability: String,
    /// Outcome.
    pub report: CallReport,
    /// When.
    pub at: Timestamp,
}

/// A probe: sent, perhaps arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeRecord {
    /// Id, part of the synthetic event.
    pub id: ProbeId,
    /// Capability.
    pub capability: String,
    /// Sent.
    pub sent_at: Timestamp,
    /// Arrived.
    pub arrived_at: Option<Timestamp>,
}

/// An event about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The part people see; `sequence` and `count` are set by the store.
    pub view: EventView,
    /// Key of the problem.
    pub dedup_key: String,
    /// Key of this very event: the same event again is counted, not stored.
    pub unique_key: String,
    /// Remaining normalised fields (component, group, class).
    pub extra: Value,
    /// The probe that it answers.
    pub probe: Option<ProbeId>,
}

/// What answers a probe costs nothing for so long after it was sent: it may come more than once, such as its end. Later it is
/// an event like any other, so that nobody gets free events by naming an old probe in them.
pub const PROBE_MS: i64 = 3_600_000;

/// What arrived in one inbound call or poll.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Payload as it came, for replays; sealed by nobody, deleted after 7 days.
    pub raw: Vec<u8>,
    /// Capability.
    pub capability: String,
    /// Events it held.
    pub events: Vec<NewEvent>,
    /// Why it held none, when it should have.
    pub problem: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Where it is counted, when a plan charges for it.
    pub metered: Option<Metered>,
}

/// What storing an arrival did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stored {
    /// New events.
    pub added: u32,
    /// Repeats of events that were there.
    pub repeated: u32,
    /// Probes that arrived.
    pub probes: u32,
    /// What is charged for: events or bytes; nothing where no plan counts.
    pub counted: i64,
}

/// Repository of installations.
#[async_trait]
pub trait Installations: Send + Sync {
    /// Stores a new installation.
    async fn create(&self, installation: &Installation, effects: &Effects) -> Result<()>;

    /// One installation of the tenant.
    async fn find(&self, organization: &OrganizationId, id: &InstallationId) -> Result<Option<Installation>>;

    /// The installation that an inbound token belongs to, unless it is uninstalled.
    async fn find_by_token(&self, token_hash: &str) -> Result<Option<Installation>>;

    /// The tenant's installations that are not uninstalled, newest first.
    async fn list(&self, organization: &OrganizationId) -> Result<Vec<Installation>>;

    /// Installations of a listing that are not uninstalled, for the tenant.
    async fn of_listing(&self, organization: &OrganizationId, listing: &ListingId) -> Result<Vec<InstallationId>>;

    /// Organizations with an installation of a listing that is not uninstalled; for the queue.
    async fn organizations_of(&self, listing: &ListingId) -> Result<Vec<OrganizationId>>;

    /// Replaces state, configuration, secrets and proof time if nobody else did since it was read (`revision`); gives
    /// whether it did. Keeps the listing's number of installs and the feed of changes in step, in the same transaction.
    async fn update(&self, installation: &Installation, effects: &Effects, now: Timestamp) -> Result<bool>;

    /// Stores a check.
    async fn record_check(&self, id: &InstallationId, check: &NewCheck) -> Result<()>;

    /// Last checks of the tenant's installation, newest first.
    async fn checks(&self, organization: &OrganizationId, id: &InstallationId, limit: u64) -> Result<Vec<CheckView>>;

    /// Stores a probe that is about to be sent.
    async fn create_probe(&self, id: &InstallationId, probe: &ProbeRecord) -> Result<()>;

    /// Probes of an installation, newest first.
    async fn probes(&self, organization: &OrganizationId, id: &InstallationId, limit: u64) -> Result<Vec<ProbeRecord>>;

    /// Stores what arrived: raw payload, events, probe arrivals, counters and state, in one transaction. Idempotent in
    /// each event's `unique_key`. What a plan charges for is counted with it. `woken` is stored too when the arrival moved the state to "receiving".
    async fn store_arrival(&self, installation: &Installation, arrival: &Arrival, woken: &Effects) -> Result<Stored>;

    /// Last events of the tenant's installation, newest first.
    async fn events(&self, organization: &OrganizationId, id: &InstallationId, limit: u64) -> Result<Vec<EventView>>;

    /// Events after a sequence, oldest first.
    async fn events_after(
        &self,
        organization: &OrganizationId,
        id: &InstallationId,
        sequence: i64,
        limit: u64,
    ) -> Result<Vec<EventView>>;

    /// One event of the tenant.
    async fn event(&self, organization: &OrganizationId, id: &EventId) -> Result<Option<EventView>>;

    /// Counts an inbound call that was refused.
    async fn record_rejection(&self, id: &InstallationId, reason: &str, now: Timestamp) -> Result<()>;

    /// Inbound calls refused or not understood since then.
    async fn rejections_since(&self, id: &InstallationId, since: Timestamp) -> Result<u32>;

    /// Deletes raw payloads older than this.
    async fn purge_raw(&self, before: Timestamp) -> Result<u64>;

    /// Number of installations by listing with proof, for a partner's listings.
    async fn proven_by_listing(&self) -> Result<Vec<(ListingId, u32)>>;
}

/// A piece of work in the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Row id.
    pub id: i64,
    /// Kind, names the file in `jobs`.
    pub kind: String,
    /// Key that makes it idempotent; one open job per kind and key.
    pub key: String,
    /// Arguments.
    pub payload: Value,
    /// Tries so far, this one included.
    pub attempt: u32,
}

/// The durable queue.
#[async_trait]
pub trait Queue: Send + Sync {
    /// Adds a job unless one with this kind and key is open.
    async fn enqueue(&self, kind: &str, key: &str, payload: &Value, run_at: Timestamp) -> Result<()>;

    /// Claims the next due job under a lease, or none.
    async fn claim(&self, worker: &str, now: Timestamp, lease_ms: i64) -> Result<Option<Job>>;

    /// Removes a finished job.
    async fn complete(&self, id: i64) -> Result<()>;

    /// Puts a job back for later: after a failure (with its reason) or as the next round of a periodic job (without).
    async fn reschedule(&self, id: i64, run_at: Timestamp, error: Option<&str>) -> Result<()>;

    /// Gives a job up after its last try; it stays for people to see.
    async fn dead_letter(&self, id: i64, error: &str) -> Result<()>;

    /// Removes the open jobs of this key.
    async fn cancel(&self, kind: &str, key: &str) -> Result<()>;
}

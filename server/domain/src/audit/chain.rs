//! How events are chained: each hash covers the event and the hash before it.
//!
//! Changing, deleting, inserting or reordering an event breaks the chain at that place; cutting events off its end
//! disagrees with the head. Whoever can rewrite the whole chain *and* its head is found by comparing with a copy that
//! left the system: an export or the stream, whose lines carry the hashes.

use crate::identity::sha256_hex;
use contract::audit::AuditEvent;
use serde_json::json;

/// The hash "before" the first event.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of an event that follows `previous` in `chain`. The event's own `hash` is not part of it.
pub fn hash(chain: &str, previous: &str, event: &AuditEvent) -> String {
    // An array keeps its order; a field that moved or was merged into its neighbour gives another text.
    let text = json!([
        previous,
        chain,
        event.sequence,
        event.id,
        event.at,
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.via,
        event.action,
        event.subject_kind,
        event.subject_id,
        event.subject_name,
        event.before,
        event.after,
        event.ip,
        event.user_agent,
        event.trace_id,
    ]);
    sha256_hex(&text.to_string())
}

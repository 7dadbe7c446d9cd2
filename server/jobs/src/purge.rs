//! What is done once a day: deletes what is kept for a while only (raw payloads after 7 days, ended sessions), and counts how
//! often listings are looked at. Key: `daily`.

use crate::Next;
use domain::{Result, Services};
use serde_json::Value;

/// Kind of this job.
pub const KIND: &str = "purge";

const DAY_MS: i64 = 86_400_000;
/// Raw payloads and refused calls are kept this long.
const RAW_DAYS: i64 = 7;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(KIND, "daily", &Value::Null, services.clock.now()).await
}

/// Deletes, and comes back tomorrow.
pub async fn run(services: &Services) -> Result<Next> {
    let now = services.clock.now();
    let raw = services.installations.purge_raw(now.plus_ms(-RAW_DAYS * DAY_MS)).await?;
    let ended = services.identities.purge_ended(now).await?;
    let counts = domain::discovery::forget(services).await?;
    let weighed = domain::discovery::weigh(services).await?;
    tracing::info!(raw, ended, counts, weighed, "daily clean-up");
    Ok(Next::In(DAY_MS))
}

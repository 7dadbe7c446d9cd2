//! Sends everybody the notices that wait for the digest. Key: `daily`.

use crate::Next;
use domain::{Result, Services};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;
/// Digests are sent at seven in the morning, UTC.
const HOUR_MS: i64 = 7 * 3_600_000;

/// Milliseconds until the next digest.
fn pause(services: &Services) -> i64 {
    let in_day = (services.clock.now().0 - HOUR_MS).rem_euclid(DAY_MS);
    DAY_MS - in_day
}

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    let at = services.clock.now().plus_ms(pause(services));
    services.queue.enqueue(domain::notice::DIGEST_JOB, "daily", &Value::Null, at).await
}

/// Sends, and comes back tomorrow.
pub async fn run(services: &Services) -> Result<Next> {
    domain::notice::send_digests(services).await?;
    Ok(Next::In(pause(services)))
}

//! Ends requests for approval that nobody answered in time. Key: `hourly`.

use crate::Next;
use domain::approval::{EXPIRE_JOB, expire_lapsed};
use domain::{Result, Services};
use serde_json::Value;

const HOUR_MS: i64 = 3_600_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(EXPIRE_JOB, "hourly", &Value::Null, services.clock.now()).await
}

/// Ends what is over, and comes back in an hour.
pub async fn run(services: &Services) -> Result<Next> {
    let ended = expire_lapsed(services).await?;
    if ended > 0 {
        tracing::info!(ended, "requests for approval ended without an answer");
    }
    Ok(Next::In(HOUR_MS))
}

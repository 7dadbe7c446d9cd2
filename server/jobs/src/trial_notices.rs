//! Tells people of trials that are nearly over. Key: `daily`.

use crate::Next;
use domain::billing::{TRIAL_JOB, trial_notices};
use domain::{Result, Services};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(TRIAL_JOB, "daily", &Value::Null, services.clock.now()).await
}

/// Tells, and comes back tomorrow.
pub async fn run(services: &Services) -> Result<Next> {
    let told = trial_notices(services).await?;
    if told > 0 {
        tracing::info!(told, "trials are nearly over");
    }
    Ok(Next::In(DAY_MS))
}

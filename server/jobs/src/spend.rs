//! Looks at budgets and caps, and tells people what they reached. Key: `daily`.

use crate::Next;
use domain::billing::{SPEND_JOB, watch_spending};
use domain::{Result, Services};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(SPEND_JOB, "daily", &Value::Null, services.clock.now()).await
}

/// Looks, and comes back tomorrow.
pub async fn run(services: &Services) -> Result<Next> {
    watch_spending(services).await?;
    Ok(Next::In(DAY_MS))
}

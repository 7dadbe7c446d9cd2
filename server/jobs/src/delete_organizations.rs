//! Deletes the organizations whose time of grace is over. Key: `daily`.

use crate::Next;
use domain::{Result, Services};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(domain::organization::DELETE_JOB, "daily", &Value::Null, services.clock.now()).await
}

/// Deletes, and comes back tomorrow.
pub async fn run(services: &Services) -> Result<Next> {
    let deleted = domain::organization::delete_due(services).await?;
    tracing::info!(deleted, "organizations deleted");
    Ok(Next::In(DAY_MS))
}

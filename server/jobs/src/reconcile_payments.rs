//! Asks the payment processor for notices that never came, and tries again those that were given up. Key: `hourly`.

use crate::Next;
use domain::billing::{RECONCILE_JOB, Reconciled, reconcile};
use domain::{Result, Services};
use serde_json::Value;

const HOUR_MS: i64 = 3_600_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(RECONCILE_JOB, "hourly", &Value::Null, services.clock.now()).await
}

/// Takes what was lost, and comes back in an hour.
pub async fn run(services: &Services) -> Result<Next> {
    let found = reconcile(services).await?;
    if found != Reconciled::default() {
        tracing::warn!(
            found.lost,
            found.again,
            "payment notices had not come or were given up; they are followed up now"
        );
    }
    Ok(Next::In(HOUR_MS))
}

//! Makes the prices of our listings at the payment processor, and retires those that nobody sells at any more. Key: `nightly`.

use crate::Next;
use domain::billing::{PRICES_JOB, sync_prices};
use domain::ports::Selling;
use domain::{Result, Services};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(PRICES_JOB, "nightly", &Value::Null, services.clock.now()).await
}

/// Compares, and comes back tomorrow.
pub async fn run(services: &Services) -> Result<Next> {
    if services.payments.selling() != Selling::Off {
        let report = sync_prices(services, true).await?;
        for difference in &report.differences {
            tracing::warn!(difference, "a price differs at the payment processor");
        }
        tracing::info!(report.right, report.made, report.retired, "prices compared");
    }
    Ok(Next::In(DAY_MS))
}

//! Reports what is used to the payment processor's meters. Key: `often`.

use crate::Next;
use domain::billing::{REPORT_JOB, report_usage};
use domain::{Result, Services};
use serde_json::Value;

/// An invoice stays open for about an hour after its period ends; what was used in the last minutes has to be there by then.
const PAUSE_MS: i64 = 15 * 60_000;

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    services.queue.enqueue(REPORT_JOB, "often", &Value::Null, services.clock.now()).await
}

/// Reports, and comes back: at once while there is more. What did not arrive is made again next time.
pub async fn run(services: &Services) -> Result<Next> {
    let done = report_usage(services).await?;
    if done.failed > 0 {
        tracing::warn!(done.sent, done.failed, "usage could not all be reported; it is tried again");
    }
    Ok(Next::In(if done.more { 0 } else { PAUSE_MS }))
}

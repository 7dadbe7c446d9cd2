//! Closes the month that ended, and pays partners what is due. Key: `daily`.
//!
//! It runs every day: what could not be done on the first day of a month is done on one of the next.

use crate::Next;
use domain::billing::payout::{PAYOUTS_JOB, Worked, plan_month, send_open, take_arrived};
use domain::{Result, Services};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;
/// At six in the morning, UTC.
const HOUR_MS: i64 = 6 * 3_600_000;

/// Pause after a failure.
const AGAIN_MS: i64 = 3_600_000;

/// Milliseconds until the next time.
fn pause(services: &Services) -> i64 {
    let in_day = (services.clock.now().0 - HOUR_MS).rem_euclid(DAY_MS);
    DAY_MS - in_day
}

/// Puts the job into the queue unless it is there.
pub async fn schedule(services: &Services) -> Result<()> {
    let at = services.clock.now().plus_ms(pause(services));
    services.queue.enqueue(PAYOUTS_JOB, "daily", &Value::Null, at).await
}

/// Closes, sends, and comes back tomorrow; in an hour where something failed, however often that is.
pub async fn run(services: &Services) -> Result<Next> {
    Ok(match work(services).await {
        Ok(()) => Next::In(pause(services)),
        Err(error) => {
            tracing::error!(%error, "not everything could be paid out; trying again in an hour");
            Next::In(AGAIN_MS)
        }
    })
}

async fn work(services: &Services) -> Result<()> {
    let planned = plan_month(services).await?;
    let worked = send_open(services).await?;
    take_arrived(services).await?;
    if planned > 0 || worked != Worked::default() {
        tracing::info!(planned, worked.sent, worked.waiting, "payouts");
    }
    Ok(())
}

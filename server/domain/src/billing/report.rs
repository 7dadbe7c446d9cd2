//! Reporting what is used to the processor's meters.
//!
//! A report is noted before it is made and crossed out afterwards. Whoever finds one that is noted makes it again, word for word
//! and with the same identifier, which counts once. Identifiers are unique for a day; of a report that is older than that, the
//! meter itself is asked whether it came.

use crate::ports::{KeptSubscription, MeterReport, Selling, UsageOfHour};
use crate::{Error, Result, Services};
use contract::Timestamp;

/// Kind of the job that reports usage. Key: `often`.
pub const REPORT_JOB: &str = "report_usage";

/// Reports made at once, so that a job ends well before somebody else takes it for dead.
const AT_ONCE: u64 = 100;
/// So many failures one after the other mean that nobody is there.
const GIVE_UP: u32 = 3;
const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
/// An identifier is unique for 24 hours; an hour is left for clocks that differ.
const IDENTIFIED_MS: i64 = 23 * HOUR_MS;
/// Usage is taken for 35 days. What is older is reported as if it were used now.
const TAKEN_MS: i64 = 34 * 24 * HOUR_MS;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    /// Reports that arrived.
    pub sent: u32,
    /// Reports that did not; they are made again.
    pub failed: u32,
    /// Whether there is more to report at once.
    pub more: bool,
}

/// Reports what was counted and is not reported yet.
pub async fn report_usage(services: &Services) -> Result<Reported> {
    let mut done = Reported::default();
    if services.payments.selling() == Selling::Off {
        return Ok(done);
    }
    let waiting = services.metering.unreported(0, AT_ONCE).await?;
    let mut in_a_row = 0;
    for it in &waiting {
        match report(services, it).await {
            Ok(()) => {
                done.sent += 1;
                in_a_row = 0;
            }
            Err(error) => {
                tracing::warn!(subscription = it.at.subscription, %error, "usage could not be reported; it is tried again");
                done.failed += 1;
                in_a_row += 1;
            }
        }
        if in_a_row == GIVE_UP {
            return Ok(done);
        }
    }
    done.more = done.failed == 0 && u64::try_from(waiting.len()).is_ok_and(|number| number == AT_ONCE);
    Ok(done)
}

async fn report(services: &Services, it: &UsageOfHour) -> Result<()> {
    let now = services.clock.now();
    let Some(it) = services.metering.begin_report(&it.at, now).await? else { return Ok(()) };
    let Some((quantity, since)) = it.sending else { return Ok(()) };
    let id = &it.at.subscription;
    let kept = services.billing.kept_subscription(id).await?;
    let kept = kept.ok_or_else(|| Error::Corrupt(format!("{id} is charged for usage and there is none")))?;
    let too_old = now.since(it.at.hour) > TAKEN_MS;
    if !too_old && now.since(since) > IDENTIFIED_MS && arrived(services, &it, &kept).await? {
        return services.metering.reported(&it).await;
    }
    let report = MeterReport {
        listing: kept.bought.listing.clone(),
        unit: it.at.unit,
        customer: kept.state.customer.clone(),
        value: quantity - it.reported,
        at: if too_old { now } else { it.at.hour },
        identifier: format!("{id}:{}:{}:{}", it.at.hour.0.div_euclid(1000), it.at.unit.as_str(), it.reports),
    };
    services.meters.report(&report).await?;
    services.metering.reported(&it).await
}

/// Whether the meter has something in this hour that was not crossed out.
async fn arrived(services: &Services, it: &UsageOfHour, kept: &KeptSubscription) -> Result<bool> {
    let hour = it.at.hour.0;
    let from = Timestamp(hour - hour.rem_euclid(MINUTE_MS));
    let until = Timestamp(hour - hour.rem_euclid(HOUR_MS) + HOUR_MS);
    let listing = &kept.bought.listing;
    let all = services.billing.subscriptions_of(&kept.bought.organization).await?;
    let same = all.iter().filter(|it| it.bought.listing == *listing && it.state.customer == kept.state.customer);
    let ids: Vec<String> = same.map(|it| it.state.id.clone()).collect();
    let known = services.metering.reported_of(&ids, it.at.unit, from, until).await?;
    let there = services.meters.added_up(listing, it.at.unit, &kept.state.customer, from, until).await?;
    Ok(there != known)
}

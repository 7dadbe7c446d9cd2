//! What is used of metered plans: counted here, and reported to the payment processor's meters.

use crate::error::Result;
use async_trait::async_trait;
use contract::pricing::MeterUnit;
use contract::{ListingId, Timestamp};

/// Where something that is used is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metered {
    /// The subscription that pays for it.
    pub subscription: String,
    /// Begin of the hour, or of the billing period where that began within the hour.
    pub hour: Timestamp,
    /// What is counted.
    pub unit: MeterUnit,
}

/// What was counted of an hour and is not all reported yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageOfHour {
    /// Where.
    pub at: Metered,
    /// How much there is: events, actions or bytes.
    pub quantity: i64,
    /// How much of it was reported.
    pub reported: i64,
    /// What is being reported: the quantity, and since when.
    pub sending: Option<(i64, Timestamp)>,
    /// How often it was reported.
    pub reports: i64,
}

/// One report to a meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterReport {
    /// Which listing was used.
    pub listing: ListingId,
    /// What was counted.
    pub unit: MeterUnit,
    /// Id of the customer at the processor.
    pub customer: String,
    /// So much more than was reported before; negative where too much was.
    pub value: i64,
    /// When it was used.
    pub at: Timestamp,
    /// The same for the same report: it counts once, however often it is made within a day.
    pub identifier: String,
}

/// The processor's meters: one for each listing and unit, because a meter adds up all that a customer uses.
#[async_trait]
pub trait Meters: Send + Sync {
    /// Id of the meter of a listing and unit, which is made where there is none. Prices of metered plans name it.
    async fn ensure(&self, listing: &ListingId, unit: MeterUnit) -> Result<String>;

    /// Reports usage. What was reported already is well.
    async fn report(&self, report: &MeterReport) -> Result<()>;

    /// What the meter has added up for a customer from a time until just before another, both whole minutes.
    async fn added_up(
        &self,
        listing: &ListingId,
        unit: MeterUnit,
        customer: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<i64>;
}

/// What is counted here.
#[async_trait]
pub trait Metering: Send + Sync {
    /// Adds to what was counted, or takes away from it what was counted in error; never below nothing.
    async fn count(&self, at: &Metered, by: i64) -> Result<()>;

    /// What a subscription used of a unit from a time until just before another.
    async fn used(&self, subscription: &str, unit: MeterUnit, from: Timestamp, until: Timestamp) -> Result<i64>;

    /// The same, hour by hour.
    async fn used_by_hour(
        &self,
        subscription: &str,
        unit: MeterUnit,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(Timestamp, i64)>>;

    /// What is not all reported yet, the oldest hours first: so many after skipping these.
    async fn unreported(&self, skip: u64, limit: u64) -> Result<Vec<UsageOfHour>>;

    /// Notes what is about to be reported, unless something else is on its way already, which is given then. Nothing where
    /// nothing is left to report.
    async fn begin_report(&self, at: &Metered, now: Timestamp) -> Result<Option<UsageOfHour>>;

    /// What was on its way has arrived.
    async fn reported(&self, it: &UsageOfHour) -> Result<()>;

    /// What was reported of this unit for all of these subscriptions from a time until just before another.
    async fn reported_of(
        &self,
        subscriptions: &[String],
        unit: MeterUnit,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<i64>;
}

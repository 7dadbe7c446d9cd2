//! The processor's meters, as far as reporting goes: identifiers are unique for a day, and calls fail when a test wants it.

use super::clock::{HOUR_MS, TestClock};
use async_trait::async_trait;
use contract::pricing::MeterUnit;
use contract::{ListingId, Timestamp};
use domain::ports::{Clock, MeterReport, Meters};
use domain::{Error, Result};
use std::sync::{Arc, Mutex};

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fails {
    /// Nothing was done.
    Before,
    /// It was done, and the answer was lost.
    After,
}

#[derive(Default)]
struct State {
    taken: Vec<(MeterReport, Timestamp)>,
    failures: Vec<Fails>,
}

/// Meters that remember.
pub struct TestMeters {
    clock: Arc<TestClock>,
    state: Mutex<State>,
}

impl TestMeters {
    /// With the clock of the test.
    pub fn new(clock: Arc<TestClock>) -> Self {
        Self { clock, state: Mutex::default() }
    }

    /// The next call fails like this, after those that were to fail already.
    pub fn fail(&self, how: Fails) {
        self.state.lock().unwrap().failures.push(how);
    }

    /// Reports that count.
    pub fn taken(&self) -> Vec<MeterReport> {
        self.state.lock().unwrap().taken.iter().map(|(report, _)| report.clone()).collect()
    }

    /// What they add up to.
    pub fn sum(&self) -> i64 {
        self.taken().iter().map(|report| report.value).sum()
    }
}

fn away() -> Error {
    Error::Payments("nobody there".to_owned())
}

#[async_trait]
impl Meters for TestMeters {
    async fn ensure(&self, listing: &ListingId, unit: MeterUnit) -> Result<String> {
        Ok(format!("mtr_{}_{listing}", unit.as_str()))
    }

    async fn report(&self, report: &MeterReport) -> Result<()> {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let failure = (!state.failures.is_empty()).then(|| state.failures.remove(0));
        if failure == Some(Fails::Before) {
            return Err(away());
        }
        assert!(now.since(report.at) <= 35 * 24 * HOUR_MS, "refused: it is too old");
        let known =
            |(it, at): &(MeterReport, Timestamp)| it.identifier == report.identifier && now.since(*at) < 24 * HOUR_MS;
        if !state.taken.iter().any(known) {
            state.taken.push((report.clone(), now));
        }
        if failure.is_some() { Err(away()) } else { Ok(()) }
    }

    async fn added_up(
        &self,
        listing: &ListingId,
        unit: MeterUnit,
        customer: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<i64> {
        let fits = |it: &MeterReport| {
            it.listing == *listing && it.unit == unit && it.customer == customer && it.at >= from && it.at < until
        };
        Ok(self.taken().into_iter().filter(fits).map(|it| it.value).sum())
    }
}

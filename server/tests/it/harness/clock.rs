//! Time and randomness as the tests want them.

use contract::Timestamp;
use domain::ports::{Clock, Ids};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// A minute.
pub const MINUTE_MS: i64 = 60_000;
/// An hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;

/// 2026-11-20T13:12:41Z.
const START: i64 = 1_795_180_361_000;

/// A clock that moves a millisecond each time somebody looks, and further when it is told to.
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(START))
    }
}

impl TestClock {
    /// Lets time pass.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// `SplitMix64`: different with each call, the same in each run.
pub struct SeededIds(AtomicU64);

impl SeededIds {
    /// A sequence of its own.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Ids for SeededIds {
    fn fill(&self, buffer: &mut [u8]) {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        for chunk in buffer.chunks_mut(8) {
            let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

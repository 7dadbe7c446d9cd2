//! The real clock and the operating system's randomness.

use contract::Timestamp;
use domain::ports::{Clock, Ids};

/// The wall clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[allow(clippy::disallowed_methods, reason = "this is the adapter of the clock port")]
        let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsIds;

impl Ids for OsIds {
    fn fill(&self, buffer: &mut [u8]) {
        #[allow(clippy::disallowed_methods, reason = "this is the adapter of the randomness port")]
        if let Err(error) = getrandom::fill(buffer) {
            // Predictable ids would be worse than no server.
            tracing::error!(%error, "the operating system gives no randomness");
            std::process::abort();
        }
    }
}

//! What a try means for a stream: it goes on, waits longer each time, or is paused.

use crate::ports::{AuditStream, NotDelivered};
use contract::Timestamp;
use contract::audit_stream::StreamState;

/// First pause after a failure; it doubles with each further one.
const FIRST_PAUSE_MS: i64 = 5_000;
/// Longest pause.
const LONGEST_PAUSE_MS: i64 = 3_600_000;
/// Tries in a row after which a stream is paused: about a day.
pub(super) const MAX_FAILURES: u32 = 30;

/// How it stands.
pub(super) const fn state(it: &AuditStream) -> StreamState {
    if it.paused_at.is_some() {
        StreamState::Paused
    } else if it.failures > 0 {
        StreamState::Failing
    } else {
        StreamState::On
    }
}

/// After an event arrived.
pub(super) fn arrived(it: AuditStream, sequence: i64, now: Timestamp) -> AuditStream {
    AuditStream { delivered: sequence, delivered_at: Some(now), ..afresh(it) }
}

/// As if it had never failed.
pub(super) fn afresh(it: AuditStream) -> AuditStream {
    AuditStream { failures: 0, failing_since: None, next_try_at: None, last_error: None, paused_at: None, ..it }
}

/// After a try that failed. Whoever says that they want no message any more is not asked again.
pub(super) fn failed(it: AuditStream, why: NotDelivered, now: Timestamp) -> AuditStream {
    let failures = it.failures.saturating_add(1);
    let paused = why.gone || failures >= MAX_FAILURES;
    AuditStream {
        failing_since: Some(it.failing_since.unwrap_or(now)),
        next_try_at: (!paused).then(|| now.plus_ms(pause_ms(failures))),
        last_error: Some(why.words),
        paused_at: paused.then_some(now),
        failures,
        ..it
    }
}

/// Milliseconds until the next try after so many failures.
pub(super) fn pause_ms(failures: u32) -> i64 {
    let doubled = FIRST_PAUSE_MS.checked_shl(failures.min(20)).unwrap_or(LONGEST_PAUSE_MS);
    doubled.min(LONGEST_PAUSE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> AuditStream {
        AuditStream {
            organization: "org".into(),
            address: "https://siem.example".to_owned(),
            hint: String::new(),
            sealed: Vec::new(),
            set_at: Timestamp(0),
            delivered: 7,
            delivered_at: None,
            failures: 0,
            failing_since: None,
            next_try_at: None,
            last_error: None,
            paused_at: None,
            revision: 1,
        }
    }

    fn why(gone: bool) -> NotDelivered {
        NotDelivered { words: "No.".to_owned(), gone }
    }

    #[test]
    fn pauses_grow_up_to_an_hour() {
        assert_eq!(
            [1, 2, 3, 9, 10, 29, u32::MAX].map(pause_ms),
            [10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000, 3_600_000]
        );
        let day: i64 = (1..MAX_FAILURES).map(pause_ms).sum();
        assert!((20 * 3_600_000..26 * 3_600_000).contains(&day), "{day}");
    }

    #[test]
    fn a_stream_is_paused_after_its_last_try_and_loses_nothing() {
        let mut it = stream();
        for n in 1..MAX_FAILURES {
            it = failed(it, why(false), Timestamp(i64::from(n)));
            assert_eq!((state(&it), it.delivered, it.failing_since), (StreamState::Failing, 7, Some(Timestamp(1))));
            assert!(it.next_try_at.is_some());
        }
        it = failed(it, why(false), Timestamp(99));
        assert_eq!((state(&it), it.delivered, it.next_try_at), (StreamState::Paused, 7, None));
        assert_eq!((it.failing_since, it.paused_at), (Some(Timestamp(1)), Some(Timestamp(99))));
        let it = afresh(it);
        assert_eq!((state(&it), it.delivered, it.last_error), (StreamState::On, 7, None));
    }

    #[test]
    fn one_event_that_arrives_ends_the_trouble() {
        let it = arrived(failed(stream(), why(false), Timestamp(1)), 8, Timestamp(2));
        assert_eq!((state(&it), it.delivered, it.delivered_at), (StreamState::On, 8, Some(Timestamp(2))));
        assert_eq!((it.failures, it.failing_since, it.next_try_at), (0, None, None));
    }

    #[test]
    fn who_wants_nothing_any_more_is_left_alone_at_once() {
        assert_eq!(state(&failed(stream(), why(true), Timestamp(1))), StreamState::Paused);
    }
}

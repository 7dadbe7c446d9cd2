//! States of a connection and what leads from one to the next.
//!
//! Each function takes the present state and what happened, and gives the next state. Uninstalled is final, and a pause
//! ends only by hand.

use contract::install::ConnectionState as State;

/// Configuration or credential was saved: nothing is known about it until the next test.
pub fn after_save(state: State) -> State {
    match state {
        State::Uninstalled | State::Paused => state,
        _ => State::Setup,
    }
}

/// The connection test ran. `proven` says whether data was ever seen.
pub fn after_test(state: State, ok: bool, proven: bool) -> State {
    match (state, ok) {
        (State::Uninstalled | State::Paused, _) => state,
        (State::Setup, false) => State::Setup,
        (_, false) => State::Failing,
        (State::Setup | State::Failing | State::Authorised, true) if proven => State::Receiving,
        (State::Setup | State::Failing, true) => State::Authorised,
        (other, true) => other,
    }
}

/// A call that proves data (a poll, an action) ran.
pub fn after_proof(state: State, ok: bool) -> State {
    match (state, ok) {
        (State::Uninstalled | State::Paused, _) => state,
        (_, true) => State::Receiving,
        (State::Receiving, false) => State::Degraded,
        (other, false) => other,
    }
}

/// The time since the last event was compared with the declared cadence.
pub fn after_cadence(state: State, overdue: bool) -> State {
    match (state, overdue) {
        (State::Receiving, true) => State::Silent,
        (State::Silent, false) => State::Receiving,
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_final_and_a_pause_lasts() {
        for state in [State::Uninstalled, State::Paused] {
            assert_eq!(after_save(state), state);
            assert_eq!(after_test(state, true, true), state);
            assert_eq!(after_test(state, false, false), state);
            assert_eq!(after_proof(state, true), state);
            assert_eq!(after_cadence(state, true), state);
        }
    }

    #[test]
    fn the_way_to_proof() {
        assert_eq!(after_test(State::Setup, false, false), State::Setup);
        assert_eq!(after_test(State::Setup, true, false), State::Authorised);
        assert_eq!(after_proof(State::Authorised, true), State::Receiving);
        assert_eq!(after_save(State::Receiving), State::Setup);
        assert_eq!(after_test(State::Setup, true, true), State::Receiving);
    }

    #[test]
    fn trouble_and_recovery() {
        assert_eq!(after_test(State::Receiving, false, true), State::Failing);
        assert_eq!(after_test(State::Failing, true, true), State::Receiving);
        assert_eq!(after_proof(State::Receiving, false), State::Degraded);
        assert_eq!(after_cadence(State::Receiving, true), State::Silent);
        assert_eq!(after_cadence(State::Silent, false), State::Receiving);
    }
}

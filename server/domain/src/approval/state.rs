//! States of a request and what leads from one to the next. Only an open request goes anywhere; the other states are final.
//!
//! Each function takes the present state and gives the next, or says why there is none.

use crate::ports::Approval;
use contract::approval::{ApprovalAnswer, ApprovalState as State};
use contract::{ErrorCode, PublicError, Timestamp};

/// The request is over, in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over(pub State);

impl From<Over> for PublicError {
    fn from(Over(state): Over) -> Self {
        let what = match state {
            State::Open => "is still open",
            State::Approved => "was approved already",
            State::Denied => "was denied already",
            State::Withdrawn => "was withdrawn by who made it",
            State::Expired => "ended by itself, because nobody answered it in 30 days",
        };
        Self::new(
            ErrorCode::Conflict,
            "This request is over",
            format!("It {what}, so it can't be answered or withdrawn any more."),
            "Open its page to see what became of it. Who needs it still can ask again.",
        )
    }
}

impl From<Over> for crate::Error {
    fn from(over: Over) -> Self {
        PublicError::from(over).into()
    }
}

/// An administrator answered.
pub fn answered(state: State, answer: ApprovalAnswer) -> Result<State, Over> {
    match (state, answer) {
        (State::Open, ApprovalAnswer::Approve) => Ok(State::Approved),
        (State::Open, ApprovalAnswer::Deny) => Ok(State::Denied),
        (over, _) => Err(Over(over)),
    }
}

/// Whoever made it took it back.
pub fn withdrawn(state: State) -> Result<State, Over> {
    if state == State::Open { Ok(State::Withdrawn) } else { Err(Over(state)) }
}

/// Its time is over.
pub fn expired(state: State) -> Result<State, Over> {
    if state == State::Open { Ok(State::Expired) } else { Err(Over(state)) }
}

/// The state as it is now: an open request past its time is over, also before the queue comes to it.
pub fn present_state(approval: &Approval, now: Timestamp) -> State {
    match approval.state {
        State::Open if now >= approval.expires_at => State::Expired,
        state => state,
    }
}

/// Whether it allows its release to be installed now.
pub fn good(approval: &Approval, now: Timestamp) -> bool {
    approval.state == State::Approved && now < approval.expires_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_request_goes_everywhere() {
        assert_eq!(answered(State::Open, ApprovalAnswer::Approve), Ok(State::Approved));
        assert_eq!(answered(State::Open, ApprovalAnswer::Deny), Ok(State::Denied));
        assert_eq!(withdrawn(State::Open), Ok(State::Withdrawn));
        assert_eq!(expired(State::Open), Ok(State::Expired));
    }

    #[test]
    fn what_is_over_stays_as_it_is() {
        for state in State::ALL.into_iter().filter(|state| *state != State::Open) {
            assert_eq!(answered(state, ApprovalAnswer::Approve), Err(Over(state)));
            assert_eq!(answered(state, ApprovalAnswer::Deny), Err(Over(state)));
            assert_eq!(withdrawn(state), Err(Over(state)));
            assert_eq!(expired(state), Err(Over(state)));
            let error = PublicError::from(Over(state));
            assert_eq!(error.code, ErrorCode::Conflict);
        }
    }

    #[test]
    fn time_ends_requests_and_approvals() {
        let mut approval = Approval {
            id: "apr_1".into(),
            organization: "org".into(),
            listing: "monitor".into(),
            version: "1.0.0".to_owned(),
            requested_by: "usr".into(),
            requester: String::new(),
            reason: String::new(),
            why: String::new(),
            state: State::Open,
            created_at: Timestamp(0),
            expires_at: Timestamp(10),
            answered_by: None,
            answerer: String::new(),
            ended_at: None,
            answer: None,
            revision: 0,
        };
        assert_eq!(present_state(&approval, Timestamp(9)), State::Open);
        assert_eq!(present_state(&approval, Timestamp(10)), State::Expired);
        assert!(!good(&approval, Timestamp(9)));
        approval.state = State::Approved;
        assert!(good(&approval, Timestamp(9)));
        assert!(!good(&approval, Timestamp(10)));
        assert_eq!(present_state(&approval, Timestamp(10)), State::Approved, "it stays what it was");
    }
}

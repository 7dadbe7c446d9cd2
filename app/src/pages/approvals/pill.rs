//! Where a request stands, as a pill.

use crate::components::classes;
use crate::markup::{Node, html};
use contract::approval::ApprovalState;
use style::class;

/// The pill.
pub fn pill(state: ApprovalState) -> Node {
    let tone = match state {
        ApprovalState::Open => class::TONE_WARN,
        ApprovalState::Approved => class::TONE_OK,
        ApprovalState::Denied => class::TONE_BAD,
        ApprovalState::Withdrawn | ApprovalState::Expired => class::TONE_STILL,
    };
    html! { <span class=classes(&[class::PILL, tone])>{state.label()}</span> }
}

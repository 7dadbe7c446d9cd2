//! States and severities in their tone.

use crate::components::classes;
use crate::markup::{Node, html};
use contract::install::{ConnectionState, Severity};
use style::class;

/// State of a connection.
pub fn state_pill(state: ConnectionState) -> Node {
    let (tone, live) = match state {
        ConnectionState::Receiving => (class::TONE_OK, class::PILL_LIVE),
        ConnectionState::Authorised => (class::TONE_INFO, ""),
        ConnectionState::Degraded | ConnectionState::Silent => (class::TONE_WARN, ""),
        ConnectionState::Failing => (class::TONE_BAD, ""),
        ConnectionState::Setup | ConnectionState::Paused | ConnectionState::Uninstalled => (class::TONE_STILL, ""),
    };
    html! { <span class=classes(&[class::PILL, class::PILL_DOT, live, tone])>{state.label()}</span> }
}

/// Severity of an event.
pub fn severity_pill(severity: Severity) -> Node {
    let (tone, text) = match severity {
        Severity::Critical => (class::TONE_BAD, "Critical"),
        Severity::Error => (class::TONE_BAD, "Error"),
        Severity::Warning => (class::TONE_WARN, "Warning"),
        Severity::Info => (class::TONE_INFO, "Info"),
    };
    html! { <span class=classes(&[class::PILL, class::PILL_DOT, tone])>{text}</span> }
}

//! What went wrong with an action.

use crate::components::Erase;
use crate::components::problem_notice;
use crate::server_fns::Problem;
use leptos::prelude::*;

/// A notice while the action's last outcome is a problem.
pub fn failed(problem: impl Fn() -> Option<Problem> + Send + 'static) -> AnyView {
    (move || problem().map(|problem| problem_notice(&problem.0))).erase()
}

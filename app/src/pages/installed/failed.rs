//! What went wrong with an action.

use crate::components::problem_notice;
use crate::markup::{Child, Node};
use crate::remote::FormAction;

/// A notice while the action's last outcome is a problem.
pub fn failed(action: FormAction) -> Node {
    (move || action.problem().map(|problem| problem_notice(&problem.0))).into_node()
}

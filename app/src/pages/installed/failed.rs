//! What went wrong with an action.

use crate::components::{problem_notice, sign_in_address};
use crate::markup::{Child, Node, html};
use crate::remote::FormAction;
use contract::{ErrorCode, PublicError};
use style::class;

/// A notice while the action's last outcome is a problem.
pub fn failed(action: FormAction) -> Node {
    (move || action.problem().map(|problem| notice(&problem.0))).into_node()
}

/// The notice of a problem; one about a sign-in that is too old leads to a fresh one.
pub fn notice(problem: &PublicError) -> Node {
    let again = (problem.code == ErrorCode::SignInAgain)
        .then(|| html! { <p><a class=class::BTN href=sign_in_address()>"Sign in again"</a></p> });
    html! { {problem_notice(problem)} {again} }
}

//! The forms of a review.

use crate::markup::Node;
use crate::pages::installed::failed::failed;
use crate::remote::FormAction;
use leptos::prelude::*;

/// What can be done with a review.
#[derive(Clone, Copy)]
pub struct Actions {
    pub(super) vote: FormAction,
    pub(super) report: FormAction,
    pub(super) answer: FormAction,
    /// Id of the review whose form was sent last, so that a problem is shown where it arose.
    last: RwSignal<String>,
}

impl Actions {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            vote: FormAction::new("vote_review"),
            report: FormAction::new("report_review"),
            answer: FormAction::new("answer_review"),
            last: RwSignal::new(String::new()),
        }
    }

    /// Rises with each thing that was done.
    pub fn changed(self) -> usize {
        self.vote.version() + self.report.version() + self.answer.version()
    }

    /// Sends a form of the review with this id.
    pub(super) fn sends(self, form: FormAction, id: String) -> impl Fn(leptos::ev::Event) + 'static {
        move |event| {
            self.last.set(id.clone());
            form.submit(&event);
        }
    }

    fn all(self) -> [FormAction; 3] {
        [self.vote, self.report, self.answer]
    }

    /// Problems of a review's forms; those of an empty id came back in the address of a plain form.
    pub(super) fn failed(self, id: String) -> Node {
        let show = move |action: FormAction| {
            let id = id.clone();
            move || (self.last.try_get().as_deref() == Some(id.as_str())).then(|| failed(action))
        };
        self.all().map(show).into_iter().collect()
    }
}

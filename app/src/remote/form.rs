//! Forms that tell the server something. Without a script they are sent like any form, and a problem comes back in the
//! address; once the page is alive they are sent in the background, and the page stays.

use crate::server_fns::{PREFIX, Problem};
use leptos::prelude::*;
use leptos::server_fn::error::ServerFnUrlError;
use leptos::web_sys;

/// One kind of form and what came of it the last time.
#[derive(Clone, Copy)]
pub struct FormAction {
    name: &'static str,
    pending: RwSignal<bool>,
    version: RwSignal<usize>,
    problem: RwSignal<Option<Problem>>,
}

impl FormAction {
    /// For the server function of this name.
    pub fn new(name: &'static str) -> Self {
        let action = Self {
            name,
            pending: RwSignal::new(false),
            version: RwSignal::new(0),
            problem: RwSignal::new(None),
        };
        // The address of a page that a plain form led back to.
        if let Some(error) = use_context::<leptos::server::ServerActionError>()
            && error.path() == action.address()
        {
            action.problem.set(Some(ServerFnUrlError::decode_err(error.err())));
        }
        action
    }

    /// The form's `action`; its `method` is `post`.
    pub fn address(self) -> String {
        let mut address = String::from(PREFIX);
        address.push('/');
        address.push_str(self.name);
        address
    }

    /// `aria-busy` of the form's button.
    pub fn busy(self) -> Option<&'static str> {
        (self.pending.try_get() == Some(true)).then_some("true")
    }

    /// How often it was answered.
    pub fn version(self) -> usize {
        self.version.get()
    }

    /// What went wrong the last time.
    pub fn problem(self) -> Option<Problem> {
        self.problem.try_get().flatten()
    }

    /// The same, without following it.
    pub fn problem_untracked(self) -> Option<Problem> {
        self.problem.get_untracked()
    }

    /// The form's `on:submit`. Does nothing when somebody else has prevented it.
    #[cfg(feature = "hydrate")]
    pub fn submit(self, event: &web_sys::Event) {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        let body = entered(event);
        self.pending.set(true);
        leptos::task::spawn_local(async move {
            let kind = "application/x-www-form-urlencoded";
            let (reply, location) = super::http::request(&self.address(), Some((&body, kind))).await;
            if let Some(location) = location {
                leptos::server_fn::redirect::call_redirect_hook(&location);
            }
            let problem = reply.text().is_none().then(|| reply.problem());
            // The page may have been left.
            _ = self.problem.try_set(problem);
            _ = self.version.try_update(|version| *version += 1);
            _ = self.pending.try_set(false);
        });
    }

    /// Nothing is submitted on the server.
    #[cfg(not(feature = "hydrate"))]
    pub const fn submit(self, _event: &web_sys::Event) {}
}

/// What is in the form of a submit event, as it would be sent.
#[cfg(feature = "hydrate")]
pub fn entered(event: &web_sys::Event) -> String {
    let form = event_target::<web_sys::HtmlFormElement>(event);
    let data = web_sys::FormData::new_with_form(&form);
    let data = data.and_then(|data| web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data));
    data.map(|data| data.to_string().into()).unwrap_or_default()
}

/// There are no events on the server.
#[cfg(not(feature = "hydrate"))]
pub const fn entered(_event: &web_sys::Event) -> String {
    String::new()
}

//! Forms that tell the server something. Without a script they are sent like any form, and a problem comes back in the
//! address; once the page is alive they are sent in the background, and the page stays.

use super::Reply;
use crate::server_fns::{PREFIX, Problem};
use leptos::prelude::*;
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
        let action =
            Self { name, pending: RwSignal::new(false), version: RwSignal::new(0), problem: RwSignal::new(None) };
        // The address of a page that a plain form led back to.
        if let Some(error) = use_context::<leptos::server::ServerActionError>()
            && error.path() == action.address()
        {
            action.problem.set(Some(problem_in(error.err())));
        }
        action
    }

    /// The form's `action`; its `method` is `post`. A name that is a path is one: of a form that leads to another site.
    pub fn address(self) -> String {
        if self.name.starts_with('/') {
            return self.name.to_owned();
        }
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
    #[allow(clippy::unused_self, reason = "the browser's half needs it")]
    pub const fn submit(self, _event: &web_sys::Event) {}
}

/// The problem that an address carries: JSON in the base64 of addresses (RFC 4648, section 5).
fn problem_in(text: &str) -> Problem {
    let mut json = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0);
    for sign in text.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => break,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            json.extend(u8::try_from((bits >> count) & 0xff));
        }
    }
    Reply::bad(String::from_utf8_lossy(&json)).problem()
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

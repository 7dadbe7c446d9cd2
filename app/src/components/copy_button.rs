//! Copies a text. Only there once the page is alive, because it needs the clipboard.

use super::{Icon, classes};
use crate::markup::{Child, Node, html};
use leptos::prelude::*;
use style::{class, icons};

/// A small button that copies `text` and says so.
#[derive(Default)]
pub struct CopyButton {
    /// What is copied.
    pub text: String,
}

impl Child for CopyButton {
    fn into_node(self) -> Node {
        let alive = RwSignal::new(false);
        let copied = RwSignal::new(false);
        Effect::new(move |_| alive.set(true));
        let copy = move |_| {
            copy_text(&self.text);
            copied.set(true);
            set_timeout(move || _ = copied.try_set(false), std::time::Duration::from_secs(2));
        };
        html! {
            <button
                class=classes(&[class::BTN, class::BTN_QUIET, class::BTN_S])
                type="button"
                hidden=move || !alive.get()
                on:click=copy
            >
                <Icon name=icons::COPY small=true/>
                <span aria-live="polite">{move || if copied.get() { "Copied" } else { "Copy" }}</span>
            </button>
        }
    }
}

#[cfg(feature = "hydrate")]
fn copy_text(text: &str) {
    _ = window().navigator().clipboard().write_text(text);
}

#[cfg(not(feature = "hydrate"))]
const fn copy_text(_text: &str) {}

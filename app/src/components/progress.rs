//! The bar above everything while a navigation takes long.

use crate::markup::{Node, html};
use leptos::prelude::*;
use std::time::Duration;
use style::class;

/// Navigations shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(150);

/// Shows the bar while `busy` has been true for longer than [`PATIENCE`].
pub fn progress(busy: Signal<bool>) -> Node {
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        if busy.get() {
            set_timeout(move || _ = shown.try_set(busy.try_get_untracked() == Some(true)), PATIENCE);
        } else {
            shown.set(false);
        }
    });
    let bar = || html! { <div class=class::PROGRESS role="progressbar" aria-label="Loading page"></div> };
    html! { {move || shown.get().then(bar)} }
}

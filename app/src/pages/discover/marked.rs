//! Text with what matched marked.

use crate::components::Erase;
use contract::search::Fragment;
use leptos::prelude::*;

/// The fragments in a row, matches in `mark`.
pub fn marked(fragments: &[Fragment]) -> AnyView {
    fragments
        .iter()
        .map(|fragment| {
            let text = fragment.text.clone();
            if fragment.hit { view! { <mark>{text}</mark> }.erase() } else { text.erase() }
        })
        .collect_view()
        .erase()
}

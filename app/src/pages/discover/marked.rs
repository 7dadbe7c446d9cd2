//! Text with what matched marked.

use contract::search::Fragment;
use leptos::prelude::*;

/// The fragments in a row, matches in `mark`.
pub fn marked(fragments: &[Fragment]) -> AnyView {
    fragments
        .iter()
        .map(|fragment| {
            let text = fragment.text.clone();
            if fragment.hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
        })
        .collect_view()
        .into_any()
}

//! Text with what matched marked.

use crate::markup::{Child, Node, html};
use contract::search::Fragment;

/// The fragments in a row, matches in `mark`.
pub fn marked(fragments: &[Fragment]) -> Node {
    fragments
        .iter()
        .map(|fragment| {
            let text = fragment.text.clone();
            if fragment.hit {
                html! { <mark>{text}</mark> }
            } else {
                text.into_node()
            }
        })
        .collect::<Node>()
        .into_node()
}

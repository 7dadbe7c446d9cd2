//! What to paste or do on the other side.

use crate::components::CopyButton;
use crate::components::Erase;
use contract::install::SetupSnippet;
use leptos::prelude::*;
use style::class;

/// A snippet: prose, or a block of code with a copy button.
pub fn snippet(it: &SetupSnippet) -> AnyView {
    if it.language == "markdown" {
        return view! { <div class=class::PROSE inner_html=it.text.clone()></div> }.erase();
    }
    let language = it.language.clone();
    view! {
        <figure class=class::CODE>
            <figcaption class=class::CODE_BAR>
                <span>{language}</span>
                <CopyButton text=it.text.clone()/>
            </figcaption>
            <pre tabindex="0" role="region" aria-label="Set-up text"><code>{it.text.clone()}</code></pre>
        </figure>
    }
    .erase()
}

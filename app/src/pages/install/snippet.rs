//! What to paste or do on the other side.

use crate::components::CopyButton;
use crate::markup::{Node, html};
use contract::install::SetupSnippet;
use style::class;

/// A snippet: prose, or a block of code with a copy button.
pub fn snippet(it: &SetupSnippet) -> Node {
    if it.language == "markdown" {
        return html! { <div class=class::PROSE inner_html=it.text.clone()></div> };
    }
    let language = it.language.clone();
    html! {
        <figure class=class::CODE>
            <figcaption class=class::CODE_BAR>
                <span>{language}</span>
                <CopyButton text=it.text.clone()/>
            </figcaption>
            <pre tabindex="0" role="region" aria-label="Set-up text"><code>{it.text.clone()}</code></pre>
        </figure>
    }
}

//! Stand-ins of fixed size while data is on its way.

use super::classes;
use crate::markup::{Node, html};
use style::class;

/// One bar.
fn bar(kind: &'static str) -> Node {
    html! { <span class=classes(&[class::SKELETON, kind])></span> }
}

fn card() -> Node {
    html! {
        <li class=class::CARD aria-hidden="true">
            <div class=class::CARD_HEAD>
                {bar(class::SKELETON_TILE)}
                <div class=class::GROW>{bar(class::SKELETON_TITLE)}{bar(class::SKELETON_SHORT)}</div>
            </div>
            <p class=class::CARD_SUMMARY>{bar("")}{bar(class::SKELETON_LONG)}</p>
            <div class=class::CARD_FOOT>{bar(class::SKELETON_SHORT)}</div>
        </li>
    }
}

/// A heading and cards.
pub fn page() -> Node {
    html! {
        <div aria-busy="true">
            <h1 class=class::SR tabindex="-1">"Loading"</h1>
            <div class=class::PAGE_HEAD>
                <div class=class::PAGE_TEXT>{bar(class::SKELETON_HEAD)}</div>
            </div>
            <ul class=class::CARDS>{(0..8).map(|_| card()).collect::<Node>()}</ul>
        </div>
    }
}

/// A heading and lines, for pages without cards.
pub fn lines() -> Node {
    html! {
        <div aria-busy="true">
            <h1 class=class::SR tabindex="-1">"Loading"</h1>
            <div class=class::PAGE_HEAD>
                <div class=class::PAGE_TEXT>{bar(class::SKELETON_HEAD)}</div>
            </div>
            <p>{bar("")}{bar("")}{bar(class::SKELETON_LONG)}</p>
        </div>
    }
}

/// Lines alone, below a heading that is there.
pub fn lines_only() -> Node {
    html! { <p aria-busy="true">{bar("")}{bar("")}{bar(class::SKELETON_LONG)}</p> }
}

/// Nothing at all, for pieces that may be late.
pub fn nothing() -> Node {
    Node::Nothing
}

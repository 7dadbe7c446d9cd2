//! Stand-ins of fixed size while data is on its way.

use super::Erase;
use super::classes;
use leptos::prelude::*;
use style::class;

/// One bar.
fn bar(kind: &'static str) -> AnyView {
    view! { <span class=classes(&[class::SKELETON, kind])></span> }.erase()
}

fn card() -> AnyView {
    view! {
        <li class=class::CARD aria-hidden="true">
            <div class=class::CARD_HEAD>
                {bar(class::SKELETON_TILE)}
                <div class=class::GROW>{bar(class::SKELETON_TITLE)}{bar(class::SKELETON_SHORT)}</div>
            </div>
            <p class=class::CARD_SUMMARY>{bar("")}{bar(class::SKELETON_LONG)}</p>
            <div class=class::CARD_FOOT>{bar(class::SKELETON_SHORT)}</div>
        </li>
    }
    .erase()
}

/// A heading and cards.
pub fn page() -> AnyView {
    view! {
        <div aria-busy="true">
            <h1 class=class::SR tabindex="-1">"Loading"</h1>
            <div class=class::PAGE_HEAD>
                <div class=class::PAGE_TEXT>{bar(class::SKELETON_HEAD)}</div>
            </div>
            <ul class=class::CARDS>{(0..8).map(|_| card()).collect_view()}</ul>
        </div>
    }
    .erase()
}

/// A heading and lines, for pages without cards.
pub fn lines() -> AnyView {
    view! {
        <div aria-busy="true">
            <h1 class=class::SR tabindex="-1">"Loading"</h1>
            <div class=class::PAGE_HEAD>
                <div class=class::PAGE_TEXT>{bar(class::SKELETON_HEAD)}</div>
            </div>
            <p>{bar("")}{bar("")}{bar(class::SKELETON_LONG)}</p>
        </div>
    }
    .erase()
}

/// Nothing at all, for pieces that may be late.
pub fn nothing() -> AnyView {
    ().erase()
}

//! The logo.

use crate::markup::{Node, html};
use style::class;

/// The mark without the wordmark; it says nothing to screen readers.
pub fn brand_mark() -> Node {
    html! {
        <svg class=class::BRAND_MARK viewBox="0 0 26 26" aria-hidden="true">
            <rect width="26" height="26" rx="7" fill="currentColor"></rect>
            <path
                d="M17.6 8.6a6.2 6.2 0 1 0 0 8.8"
                fill="none"
                stroke="#fff"
                stroke-width="2.4"
                stroke-linecap="round"
            ></path>
            <circle cx="18.4" cy="13" r="2" fill="#fff"></circle>
        </svg>
    }
}

//! A picture of a few amounts: bars of one scale, drawn on the server. The table beside it says the same in words.

use crate::markup::{Node, html};
use style::class;

/// One bar.
pub struct Bar {
    /// What it is.
    pub label: &'static str,
    /// How much, in any unit that all bars share.
    pub amount: i64,
    /// The amount for people.
    pub text: String,
}

/// Bars below each other; `summary` says what they show.
pub fn bars(summary: String, bars: &[Bar]) -> Node {
    let most = bars.iter().map(|bar| bar.amount).max().unwrap_or_default().max(1);
    let rows = bars
        .iter()
        .map(|bar| {
            let width = (bar.amount.max(0).saturating_mul(1000) / most).to_string();
            html! {
                <div class=class::BAR>
                    <span>{bar.label}</span>
                    <svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=width height="12" rx="3"/>
                    </svg>
                    <span class=class::NUM>{bar.text.clone()}</span>
                </div>
            }
        })
        .collect::<Node>();
    html! { <figure class=class::BARS role="img" aria-label=summary>{rows}</figure> }
}

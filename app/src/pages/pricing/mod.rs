//! What a listing costs: the tab of its page, and part of its download.

mod address;
mod plan_card;
mod switch;
mod tab;
mod tiers;
mod words;

pub use address::pricing_address;
pub use tab::PricingTab;
pub use words::price as price_words;

use crate::markup::Node;

/// Everything below the tab.
pub fn pricing(tab: &PricingTab) -> Node {
    tab::tab(tab)
}

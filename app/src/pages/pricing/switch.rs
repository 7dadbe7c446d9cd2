//! By the month or by the year: two links, so that it works without script and can be shared.

use super::{address::pricing_address, words};
use crate::components::classes;
use crate::markup::{Child, Node, html};
use contract::ListingId;
use contract::plan::{Interval, PricingView};
use style::class;

/// The switch; nothing where there is no choice.
pub(super) fn switch(id: &ListingId, pricing: &PricingView, chosen: Interval) -> Option<Node> {
    pricing.plans.iter().any(contract::plan::PlanView::yearly).then_some(())?;
    let savings = || pricing.plans.iter().filter(|plan| plan.yearly()).map(|plan| plan.saving_percent);
    let most = savings().flatten().max();
    let uneven = savings().any(|saving| saving != most);
    let saving = most.map(|percent| {
        let before = if uneven { "save up to " } else { "save " };
        html! { <span class=classes(&[class::PILL, class::TONE_OK])>{words::saving(before, percent)}</span> }
    });
    let link = |interval: Interval, name: &'static str, saving: Option<Node>| {
        html! {
            <a
                class=class::CHOICE_OPTION
                href=pricing_address(id, interval)
                data-noscroll="true"
                aria-current=(interval == chosen).then_some("true")
            >
                {name}
                {saving}
            </a>
        }
    };
    let view = html! {
        <nav class=class::CHOICE aria-label="Paid by the month or by the year">
            {link(Interval::Monthly, "Monthly", None)}
            {link(Interval::Annual, "Annual", saving)}
        </nav>
    };
    Some(view.into_node())
}

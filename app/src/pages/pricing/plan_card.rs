//! One plan: for whom it is, what it costs, how to get it, what is in it.

use super::address::wizard_address;
use super::tab::PricingTab;
use super::{tiers, words};
use crate::components::{Icon, classes};
use crate::markup::{Child, Node, html};
use contract::plan::{Charge, PlanView};
use style::{class, icons};

/// The card.
pub(super) fn plan_card(tab: &PricingTab, plan: &PlanView) -> Node {
    let interval = plan.paid(tab.interval);
    let (amount, what) = words::price(plan, interval);
    let saving = plan.saving_percent.filter(|_| interval == contract::plan::Interval::Annual).map(|percent| {
        html! { <span class=classes(&[class::PILL, class::TONE_OK])>{words::saving("Save ", percent)}</span> }
    });
    let note = words::note(plan, tab.interval);
    let note = (!note.is_empty()).then(|| html! { <p class=class::PLAN_NOTE>{note}</p> });
    let included = plan.meter.as_ref().map(words::included);
    let features = included.iter().chain(&plan.features);
    let features: Vec<Node> = features
        .map(|text| html! { <li><Icon name=icons::CHECK small=true/> <span>{text.clone()}</span></li> })
        .collect();
    let features = (!features.is_empty()).then(|| html! { <ul class=class::PLAN_FEATURES>{features}</ul> });
    let size = if plan.charge == Charge::Contract { class::PLAN_AMOUNT_S } else { "" };
    html! {
        <li class=class::PLAN>
            <div class=class::PLAN_HEAD>
                <h3>{plan.name.clone()}</h3>
                <p>{plan.summary.clone()}</p>
            </div>
            <div class=class::PLAN_PRICE>
                <p>
                    <strong class=classes(&[class::PLAN_AMOUNT, size])>{amount}</strong>
                    " "
                    <span>{what}</span>
                </p>
                {saving}
                {note}
            </div>
            <div class=class::PLAN_REST>
                {way(tab, plan)}
                {tiers::tiers(plan, interval)}
                {features}
            </div>
        </li>
    }
}

/// How to get it; nothing where it can't be had here.
fn way(tab: &PricingTab, plan: &PlanView) -> Option<Node> {
    if plan.charge == Charge::Contract {
        return ask(tab);
    }
    tab.pricing.sold_here.then(|| {
        let href = wizard_address(&tab.id, &plan.id, plan.paid(tab.interval));
        let mut text = String::from("Choose ");
        text.push_str(&plan.name);
        html! { <a class=classes(&[class::BTN, class::BTN_PRIMARY, class::BTN_BLOCK]) href=href>{text}</a> }
    })
}

/// To whoever makes offers.
fn ask(tab: &PricingTab) -> Option<Node> {
    let link = tab.contact.clone()?;
    let mut text = String::from("Ask ");
    text.push_str(&tab.partner);
    let view = html! {
        <a class=classes(&[class::BTN, class::BTN_BLOCK]) href=link rel="nofollow noopener">
            {text}
            <Icon name=icons::EXTERNAL_LINK small=true/>
        </a>
    };
    Some(view.into_node())
}

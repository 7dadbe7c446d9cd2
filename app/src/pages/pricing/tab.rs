//! The tab of a listing: its plans beside each other, and what one has to know before choosing one.

use super::plan_card::plan_card;
use super::{switch, words};
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use contract::ListingId;
use contract::listing::ListingDetail;
use contract::plan::{Interval, PricingModel, PricingView};
use style::{class, icons};

/// What the tab shows.
#[derive(Clone)]
pub struct PricingTab {
    /// The listing.
    pub id: ListingId,
    /// Who publishes it.
    pub partner: String,
    /// Where they can be asked.
    pub contact: Option<String>,
    /// Plans and prices.
    pub pricing: PricingView,
    /// How whoever looks would pay.
    pub interval: Interval,
    /// Whether somebody is signed in, who may look at their organization's currency.
    pub signed_in: bool,
}

impl PricingTab {
    /// The tab of this listing.
    pub fn new(detail: &ListingDetail, pricing: PricingView, interval: Interval, signed_in: bool) -> Self {
        let link = |label: &str| detail.links.iter().find(|link| link.label == label).map(|link| link.url.clone());
        Self {
            id: detail.card.id.clone(),
            partner: detail.card.partner_name.clone(),
            contact: link("Vendor support").or_else(|| link("Home page")),
            pricing,
            interval,
            signed_in,
        }
    }
}

/// Everything below the tab.
pub(super) fn tab(tab: &PricingTab) -> Node {
    let content = match tab.pricing.model {
        PricingModel::Free => costs_nothing("It costs nothing", "Neither the integration nor the product behind it."),
        PricingModel::Byol => byol(tab),
        _ => plans(tab),
    };
    html! {
        <section class=classes(&[class::STACK, class::STACK_S]) aria-labelledby="plans">
            <h2 id="plans" class=class::SR>"What it costs"</h2>
            {content}
        </section>
    }
}

fn plans(tab: &PricingTab) -> Node {
    let pricing = &tab.pricing;
    let state = if pricing.test_mode && pricing.sold_here {
        notice(
            icons::INFO,
            class::TONE_INFO,
            "Test mode",
            "Everything can be bought as on a live marketplace, and no money moves.".to_owned(),
        )
    } else if pricing.sold_here {
        Node::Nothing
    } else {
        let mut text = String::from("Payments are not configured. The prices are those of ");
        text.push_str(&tab.partner);
        text.push('.');
        notice(icons::ALERT_CIRCLE, class::TONE_WARN, "Can't be bought here", text)
    };
    let change =
        tab.signed_in.then(|| html! { " " <a href="/settings/organization">"Currency of your organization"</a> });
    let cards = pricing.plans.iter().map(|plan| plan_card(tab, plan)).collect::<Node>();
    html! {
        {state}
        {switch::switch(&tab.id, pricing, tab.interval)}
        <ul class=class::PLANS>{cards}</ul>
        <p class=class::LISTING_NOTE>{words::currencies(pricing.currency, &pricing.plans)}{change}</p>
    }
}

fn byol(tab: &PricingTab) -> Node {
    let mut text = String::from("You need an account with ");
    text.push_str(&tab.partner);
    text.push_str(". What that costs is between you and them.");
    costs_nothing("The integration is free", &text)
}

fn costs_nothing(title: &'static str, text: &str) -> Node {
    notice(icons::CHECK_CIRCLE, class::TONE_OK, title, text.to_owned())
}

fn notice(icon: &'static str, tone: &'static str, title: &'static str, text: String) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, tone])>
            <Icon name=icon/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{title}</p>
                <p>{text}</p>
            </div>
        </div>
    }
}

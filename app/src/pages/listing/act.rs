//! What one can do with a listing: install it, choose a plan, open what is installed, or ask for it.

use crate::components::{Icon, classes, count, problem_notice, sign_in_address};
use crate::markup::{Child, Node, html};
use crate::pages::pricing::pricing_address;
use crate::remote::FormAction;
use contract::listing::{ListingDetail, ListingStanding};
use contract::plan::{Interval, PricingView};
use style::{class, icons};

/// The buttons at the end of the page's head.
pub fn act(
    detail: &ListingDetail,
    mine: &ListingStanding,
    pricing: Option<&PricingView>,
    signed_in: bool,
    request: FormAction,
) -> Node {
    match pricing {
        _ if !detail.card.installable => ask(detail, mine, signed_in, request),
        Some(pricing) if pricing.model.sells() => plans(detail, mine, pricing),
        _ => install(detail, mine),
    }
}

/// The way to the plans of what is sold.
fn plans(detail: &ListingDetail, mine: &ListingStanding, pricing: &PricingView) -> Node {
    let mut plans = pricing_address(&detail.card.id, Interval::default());
    plans.push_str("#plans");
    let primary = if mine.installations.is_empty() { class::BTN_PRIMARY } else { "" };
    html! {
        {open(mine)}
        <a class=classes(&[class::BTN, primary, class::BTN_L]) href=plans>
            <Icon name=icons::TAG/>
            "See plans"
        </a>
        <p class=class::LISTING_NOTE>{used(&pricing.summary, detail)}</p>
    }
}

/// What it costs, and how many use it.
fn used(costs: &str, detail: &ListingDetail) -> String {
    let mut note = costs.to_owned();
    if detail.card.installs > 0 {
        note.push_str(" · used by ");
        note.push_str(&count(detail.card.installs.into(), "organization"));
    }
    note
}

fn install(detail: &ListingDetail, mine: &ListingStanding) -> Node {
    let mut wizard = String::from("/integrations/");
    wizard.push_str(detail.card.id.as_str());
    wizard.push_str("/install");
    let (primary, text) =
        if mine.installations.is_empty() { (class::BTN_PRIMARY, "Install") } else { ("", "Install another") };
    html! {
        {open(mine)}
        <a class=classes(&[class::BTN, primary, class::BTN_L]) href=wizard>
            <Icon name=icons::ZAP/>
            {text}
        </a>
        <p class=class::LISTING_NOTE>{used(&detail.pricing, detail)}</p>
    }
}

/// The way to what is installed: the installation, or the list where there are several.
fn open(mine: &ListingStanding) -> Option<Node> {
    let href = match mine.installations.as_slice() {
        [] => return None,
        [one] => {
            let mut href = String::from("/installed/");
            href.push_str(one.as_str());
            href
        }
        _ => "/installed".to_owned(),
    };
    let view = html! {
        <a class=classes(&[class::BTN, class::BTN_PRIMARY, class::BTN_L]) href=href>
            <Icon name=icons::CHECK_CIRCLE/>
            "Installed — open"
        </a>
    };
    Some(view.into_node())
}

fn ask(detail: &ListingDetail, mine: &ListingStanding, signed_in: bool, request: FormAction) -> Node {
    let requests = detail.requests;
    let id = detail.card.id.0.clone();
    let button = classes(&[class::BTN, class::BTN_BLOCK]);
    let number = (requests > 0).then(|| {
        html! {
            <span class=class::COUNT>{requests}<span class=class::SR>" organizations asked"</span></span>
        }
    });
    let way = if mine.requested {
        html! {
            <p class=classes(&[class::BADGE, class::TONE_OK]) role="status">
                <Icon name=icons::CHECK small=true/>
                <span>"Requested. " {count(requests.into(), "organization")} " asked for it."</span>
            </p>
        }
    } else if signed_in {
        html! {
            <form action=request.address() method="post" on:submit=move |event| request.submit(&event)>
                <input type="hidden" name="id" value=id/>
                <button class=button aria-busy=move || request.busy()>
                    <Icon name=icons::STAR/>
                    "Request this integration"
                    {number}
                </button>
            </form>
        }
    } else {
        html! {
            <a class=button href=sign_in_address()>
                <Icon name=icons::STAR/>
                "Sign in to request it"
                {number}
            </a>
        }
    };
    let failed = move || request.problem().map(|problem| problem_notice(&problem.0));
    html! {
        <button
            class=classes(&[class::BTN, class::BTN_L])
            type="button"
            aria-disabled="true"
            aria-describedby="why"
        >
            "Not installable yet"
        </button>
        <p class=class::LISTING_NOTE id="why">
            "Nobody has written the connection yet. Requests decide what comes next."
        </p>
        {way}
        {failed}
    }
}

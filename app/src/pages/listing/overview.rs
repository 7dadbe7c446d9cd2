//! What it is and can do.

use crate::components::{Icon, reasoned_cards, shelf};
use crate::markup::{Child, Node, html};
use contract::listing::{CapabilitySummary, ListingDetail};
use contract::recommend::Advice;
use style::{class, icons};

/// Capabilities and the README.
pub fn overview(detail: &ListingDetail) -> Node {
    let can = (!detail.capabilities.is_empty()).then(|| {
        html! {
            <section aria-labelledby="can">
                <h2 id="can" class=class::SR>
                    "What it can do"
                </h2>
                <ul class=class::CAPABILITIES>{detail.capabilities.iter().map(capability).collect::<Node>()}</ul>
            </section>
        }
    });
    html! {
        <div class=class::STACK>
            {can}
            <article class=class::PROSE inner_html=detail.readme.overview_html.clone()></article>
        </div>
    }
}

fn capability(capability: &CapabilitySummary) -> Node {
    let (icon, kind) = match capability.kind.as_str() {
        "webhook" => (icons::INBOX, "Receives events"),
        "data_source" => (icons::REFRESH, "Reads data"),
        _ => (icons::ARROW_RIGHT, "Takes action"),
    };
    html! {
        <li class=class::CAPABILITY>
            <Icon name=icon/>
            <h3>{capability.title.clone()}</h3>
            <p>{capability.summary.clone()}</p>
            <ul class=class::BADGES>
                <li class=class::BADGE>{kind}</li>
            </ul>
        </li>
    }
}

/// What goes well with it, and what is like it.
pub fn related(detail: &ListingDetail, advice: &Advice) -> Node {
    html! { {shelf("with", "Goes well with", &advice.with)} {similar(detail, advice)} }
}

/// Similar listings.
fn similar(detail: &ListingDetail, advice: &Advice) -> Option<Node> {
    if advice.similar.is_empty() {
        return None;
    }
    let view = html! {
        <section class=class::SECTION aria-labelledby="related">
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id="related">
                    "Similar integrations"
                </h2>
                <a class=class::SECTION_MORE href=comparison(detail, advice)>"Compare them"</a>
            </div>
            {reasoned_cards(&advice.similar)}
        </section>
    };
    Some(view.into_node())
}

/// This listing beside the ones most similar to it.
fn comparison(detail: &ListingDetail, advice: &Advice) -> String {
    let mut out = String::from("/compare?ids=");
    out.push_str(detail.card.id.as_str());
    for similar in advice.similar.iter().take(2) {
        out.push_str("%2C");
        out.push_str(similar.card.id.as_str());
    }
    out
}

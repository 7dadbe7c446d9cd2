//! `/approvals`: open requests first.

use super::pill::pill;
use crate::components::{Icon, PageMeta, TileSize, classes, load, skeleton, tile_of};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::approval::ask_approvals;
use contract::Timestamp;
use contract::approval::{ApprovalCard, ApprovalList};
use style::{class, icons};

/// The page.
pub fn approvals_page() -> Node {
    load(resource(ask_approvals), skeleton::lines, |list: ApprovalList| page(&list))
}

fn page(list: &ApprovalList) -> Node {
    let lead = match (list.everybody, list.open) {
        (true, 0) => "Nobody waits for an answer.".to_owned(),
        (true, 1) => "One request waits for an answer.".to_owned(),
        (true, more) => format!("{more} requests wait for an answer."),
        (false, _) => "What you asked your administrators for.".to_owned(),
    };
    let content = if list.approvals.is_empty() {
        empty(list.everybody)
    } else {
        let rows = list.approvals.iter().map(|card| row(card, list.now)).collect::<Node>();
        html! { <ul class=class::CONNECTIONS>{rows}</ul> }
    };
    html! {
        <PageMeta title="Approvals" description="Requests to install integrations."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Approvals"</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
            <a class=class::BTN href="/settings/policy"><Icon name=icons::SHIELD/> "Install policy"</a>
        </div>
        {content}
    }
}

fn row(card: &ApprovalCard, now: Timestamp) -> Node {
    let who = if card.mine { "you" } else { card.requester.as_str() };
    html! {
        <li class=class::LINE>
            {tile_of(&card.listing, TileSize::Plain)}
            <div>
                <p class=class::CARD_TITLE>
                    <a href=format!("/approvals/{}", card.id)>{card.listing.name.clone()}</a>
                </p>
                <p class=class::CARD_BY>{format!("{} · asked by {who}, {}", card.version, card.created_at.ago(now))}</p>
            </div>
            {pill(card.state)}
        </li>
    }
}

fn empty(everybody: bool) -> Node {
    let text = if everybody {
        "When somebody wants to install what the policy does not simply allow, their request appears here."
    } else {
        "When an integration needs approval, you can ask for it on its page."
    };
    html! {
        <div class=class::EMPTY>
            <span class=class::EMPTY_MARK><Icon name=icons::CHECK_CIRCLE large=true/></span>
            <h2>"No request yet"</h2>
            <p>{text}</p>
            <div class=class::ACTIONS>
                <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href="/search">"Browse integrations"</a>
            </div>
        </div>
    }
}

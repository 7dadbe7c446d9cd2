//! `/installed`: everything the organization has connected.

use super::card::card;
use crate::components::{Icon, PageMeta, classes, load, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::installed::ask_installations;
use contract::install::{ConnectionState, InstallationCard};
use style::{class, icons};

/// The list of installations.
pub(super) fn installed_page() -> Node {
    load(resource(ask_installations), skeleton::lines, page)
}

fn page(cards: Vec<InstallationCard>) -> Node {
    html! {
        <PageMeta title="Installed" description="What your organization has connected, and how it is doing."/>
        {content(cards)}
    }
}

fn content(mut cards: Vec<InstallationCard>) -> Node {
    if cards.is_empty() {
        return empty();
    }
    cards.sort_by_key(|it| rank(it.state));
    let lead = match cards.len() {
        1 => "One connection of your organization.".to_owned(),
        more => format!("{more} connections of your organization. Those that need you come first."),
    };
    let items = cards.iter().map(card).collect::<Node>();
    html! {
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Installed"</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
            <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href="/search"><Icon name=icons::PLUS/> "Install another"</a>
        </div>
        <ul class=class::CONNECTIONS>{items}</ul>
    }
}

/// What needs a person comes first.
fn rank(state: ConnectionState) -> u8 {
    match state {
        ConnectionState::Failing => 0,
        ConnectionState::Degraded | ConnectionState::Silent => 1,
        ConnectionState::Setup | ConnectionState::Authorised => 2,
        _ => 3,
    }
}

fn empty() -> Node {
    html! {
        <div class=class::PAGE_HEAD><div class=class::PAGE_TEXT><h1 tabindex="-1">"Installed"</h1></div></div>
        <div class=class::EMPTY>
            <span class=class::EMPTY_MARK><Icon name=icons::PLUG large=true/></span>
            <h2>"Nothing is connected yet"</h2>
            <p>"Pick the system that pages you most. The wizard takes a few minutes and ends when real data has arrived."</p>
            <div class=class::ACTIONS>
                <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href="/search">"Browse integrations"</a>
            </div>
        </div>
    }
}

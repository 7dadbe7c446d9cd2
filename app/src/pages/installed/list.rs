//! `/installed`: everything the organization has connected.

use super::card::card;
use crate::components::{Icon, PageMeta, classes, load_all, problem_page, shelf, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::installed::ask_installations;
use crate::server_fns::recommend::ask_for_your_stack;
use contract::install::{ConnectionState, InstallationCard};
use contract::recommend::Shelf;
use style::{class, icons};

/// The list of installations.
pub(super) fn installed_page() -> Node {
    let resources = vec![resource(ask_installations), resource(ask_for_your_stack)];
    load_all(resources, skeleton::lines, |replies| match replies[0].read() {
        // The list is worth showing without recommendations.
        Ok(cards) => page(cards, &replies[1].read().unwrap_or_default()),
        Err(problem) => problem_page(problem),
    })
}

fn page(cards: Vec<InstallationCard>, stack: &Shelf) -> Node {
    html! {
        <PageMeta title="Installed" description="What your organization has connected, and how it is doing."/>
        {content(cards)}
        {shelf("stack", "For your stack", stack)}
        <p class=classes(&[class::SMALL, class::MUTED, class::SECTION])>
            "What do your configuration files mention that is not connected? The "
            <a href="/coverage">"coverage map"</a>
            " reads them in your browser; nothing is uploaded."
        </p>
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

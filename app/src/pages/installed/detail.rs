//! `/installed/:id`: how one connection is doing, live.

use super::live::{self, Live};
use super::pills::state_pill;
use super::{events, health, manage, repair};
use crate::components::{PageMeta, TileSize, classes, crumbs, load, not_found_page, skeleton, tile_of};
use crate::markup::{Node, html};
use crate::remote::{FormAction, resource};
use crate::server_fns::installed::ask_installation;
use contract::InstallationId;
use contract::install::{InstallationCard, InstallationDetail};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use style::class;

/// What a manager can do here.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub test: FormAction,
    pub uninstall: FormAction,
}

/// One installation.
pub(super) fn installation_page() -> Node {
    let params = use_params_map();
    let id = Memo::new(move |_| InstallationId(params.read().get("id").unwrap_or_default()));
    let data = resource(move || ask_installation(id.get()));
    let actions = Actions { test: FormAction::new("test_connection"), uninstall: FormAction::new("uninstall") };
    let live = Live::new(move || data.refetch());
    load(data, skeleton::lines, move |it: Option<InstallationDetail>| {
        let Some(it) = it else { return not_found_page() };
        live.follow(&it.card.id, it.events.iter().map(|event| event.sequence).max());
        page(&it, actions)
    })
}

fn page(it: &InstallationDetail, actions: Actions) -> Node {
    let card = &it.card;
    let events = if it.events.is_empty() {
        html! { <p class=class::MUTED>"No event has arrived yet."</p> }
    } else {
        events::section(&it.events)
    };
    html! {
        <PageMeta
            title=card.listing.name.clone()
            description=format!("How the connection with {} is doing.", card.listing.name)
        />
        {crumbs(vec![("Installed".to_owned(), "/installed".to_owned())], card.listing.name.clone())}
        {head(card, it.can_manage, actions)}
        <div class=classes(&[class::LISTING_BODY, class::STACK])>
            {repair::card(it, actions)}
            {health::figures(it)}
            {events}
            {live::reload(&format!("/installed/{}", card.id))}
            {health::checks(&it.checks)}
            {configuration(it)}
            {it.can_manage.then(|| manage::uninstall(card, actions.uninstall))}
        </div>
    }
}

fn head(card: &InstallationCard, can_manage: bool, actions: Actions) -> Node {
    let listing = &card.listing;
    html! {
        <div class=class::PAGE_HEAD>
            {tile_of(listing, TileSize::Large)}
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{listing.name.clone()}</h1>
                <ul class=class::BADGES aria-label="State">
                    <li>{state_pill(card.state)}</li>
                    <li class=class::BADGE><a href=format!("/integrations/{}", listing.id)>"Listing"</a></li>
                    <li class=class::BADGE>{card.version.clone()}</li>
                    <li class=class::BADGE>{format!("installed by {}", card.installed_by)}</li>
                </ul>
            </div>
            {can_manage.then(|| manage::buttons(card, actions.test))}
        </div>
    }
}

fn configuration(it: &InstallationDetail) -> Node {
    if it.configuration.is_empty() {
        return Node::Nothing;
    }
    let facts = it
        .configuration
        .iter()
        .map(|(label, value)| {
            html! { <div class=class::FACT><dt>{label.clone()}</dt><dd>{value.clone()}</dd></div> }
        })
        .collect::<Node>();
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Configuration"</h2></div>
            <dl class=classes(&[class::PANEL_BODY, class::FACTS, class::FACTS_WIDE])>{facts}</dl>
        </section>
    }
}

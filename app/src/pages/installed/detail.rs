//! `/installed/:id`: how one connection is doing, live.

use super::live::{self, Live};
use super::pills::state_pill;
use super::{events, health, manage, repair};
use crate::components::Erase;
use crate::components::{PageMeta, TileSize, classes, crumbs, load, not_found_page, skeleton, tile_of};
use crate::server_fns::install::TestConnection;
use crate::server_fns::installed::{Uninstall, installation};
use contract::InstallationId;
use contract::install::{InstallationCard, InstallationDetail};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use style::class;

/// What a manager can do here.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub test: ServerAction<TestConnection>,
    pub uninstall: ServerAction<Uninstall>,
}

/// One installation.
pub(super) fn installation_page() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| InstallationId(params.read().get("id").unwrap_or_default()));
    let data = Resource::new(move || id.get(), installation);
    let actions = Actions { test: ServerAction::new(), uninstall: ServerAction::new() };
    let live = Live::new(move || data.refetch());
    load(data, skeleton::lines, move |it: Option<InstallationDetail>| {
        let Some(it) = it else { return not_found_page() };
        live.follow(&it.card.id, it.events.iter().map(|event| event.sequence).max());
        page(&it, actions)
    })
}

fn page(it: &InstallationDetail, actions: Actions) -> AnyView {
    let card = &it.card;
    let events = if it.events.is_empty() {
        view! { <p class=class::MUTED>"No event has arrived yet."</p> }.erase()
    } else {
        events::section(&it.events)
    };
    view! {
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
    .erase()
}

fn head(card: &InstallationCard, can_manage: bool, actions: Actions) -> AnyView {
    let listing = &card.listing;
    view! {
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
    .erase()
}

fn configuration(it: &InstallationDetail) -> AnyView {
    if it.configuration.is_empty() {
        return ().erase();
    }
    let facts = it
        .configuration
        .iter()
        .map(|(label, value)| {
            view! { <div class=class::FACT><dt>{label.clone()}</dt><dd>{value.clone()}</dd></div> }.erase()
        })
        .collect_view();
    view! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Configuration"</h2></div>
            <dl class=classes(&[class::PANEL_BODY, class::FACTS, class::FACTS_WIDE])>{facts}</dl>
        </section>
    }
    .erase()
}

//! `/collections/{slug}`: its integrations in the order to install them, and how far one has come.

use super::compare::address;
use crate::components::{Icon, PageMeta, TileSize, classes, load, not_found_page, skeleton, tile_of};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::discover::ask_collection;
use contract::compare::{CollectionItem, CollectionView, MAX_COMPARED};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use style::{class, icons};

/// The page.
pub(super) fn collection_page() -> Node {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let data = resource(move || ask_collection(slug.get()));
    load(data, skeleton::page, |it: Option<CollectionView>| it.map_or_else(not_found_page, |it| view(&it)))
}

fn view(it: &CollectionView) -> Node {
    let done = it.items.iter().filter(|item| item.installation.is_some()).count();
    let progress = (done > 0).then(|| {
        let text = format!("{done} of {} installed", it.items.len());
        html! {
            <p role="status"><span class=classes(&[class::PILL, class::TONE_OK])>{text}</span></p>
        }
    });
    let rows = it.items.iter().map(row).collect::<Node>();
    let ids: Vec<&str> = it.items.iter().map(|item| item.card.id.as_str()).take(MAX_COMPARED).collect();
    html! {
        <PageMeta
            title=it.card.title.clone()
            description=it.card.summary.clone()
            canonical=format!("/collections/{}", it.card.slug)
        />
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{it.card.title.clone()}</h1>
                <p class=class::PAGE_LEAD>{it.card.summary.clone()}</p>
                <p class=class::MUTED>{it.audience.clone()}</p>
                {progress}
            </div>
        </div>
        <ol class=class::CONNECTIONS>{rows}</ol>
        <div class=classes(&[class::ACTIONS, class::SECTION])>
            <a class=class::BTN href=address(&ids)>"Compare the first of them"</a>
            <a class=class::BTN href="/collections">"All collections"</a>
        </div>
    }
}

fn row(item: &CollectionItem) -> Node {
    let card = &item.card;
    let act = match &item.installation {
        Some(id) => html! {
            <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/installed/{id}")>
                <Icon name=icons::CHECK/>
                "Installed"
                <span class=class::SR>{format!(": {}", card.name)}</span>
            </a>
        },
        None if card.installable => html! {
            <a
                class=classes(&[class::BTN, class::BTN_S, class::BTN_PRIMARY])
                href=format!("/integrations/{}/install", card.id)
            >
                "Install"
                <span class=class::SR>{format!(" {}", card.name)}</span>
            </a>
        },
        None => html! {
            <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/integrations/{}", card.id)>
                "Not installable yet"
                <span class=class::SR>{format!(": {}", card.name)}</span>
            </a>
        },
    };
    html! {
        <li class=class::LINE>
            {tile_of(card, TileSize::Small)}
            <div>
                <p class=class::CARD_TITLE><a href=format!("/integrations/{}", card.id)>{card.name.clone()}</a></p>
                <p>{item.why.clone()}</p>
            </div>
            {act}
        </li>
    }
}

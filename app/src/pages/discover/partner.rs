//! A partner's public page.

use crate::components::{
    Icon, PageMeta, TileSize, badge, classes, count, listing_cards, load, not_found_page, skeleton, tile,
};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::discover::ask_partner_page;
use contract::PartnerId;
use contract::catalog::PartnerSummary;
use contract::listing::ListingCard;
use contract::search::SearchPage;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use style::{class, icons};

/// Who they are and what they publish.
pub(super) fn partner_page() -> Node {
    let params = use_params_map();
    let id = Memo::new(move |_| PartnerId(params.with(|params| params.get("id").unwrap_or_default())));
    let data = resource(move || ask_partner_page(id.get()));
    let view = |(partner, page): (PartnerSummary, SearchPage)| view_of(&partner, page);
    load(data, skeleton::page, move |answer: Option<_>| answer.map_or_else(not_found_page, view))
}

fn view_of(partner: &PartnerSummary, page: SearchPage) -> Node {
    let cards: Vec<ListingCard> = page.hits.into_iter().map(|hit| hit.card).collect();
    // A partner with one product has its icon; one with many has a letter.
    let icon = match cards.as_slice() {
        [only] => only.icon.clone(),
        _ => None,
    };
    let mut canonical = String::from("/partners/");
    canonical.push_str(partner.id.as_str());
    html! {
        <PageMeta title=partner.name.clone() description=partner.summary.clone() canonical=canonical/>
        <div class=class::PAGE_HEAD>
            {tile(partner.id.as_str(), &partner.name, icon.as_deref(), TileSize::Large)}
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{partner.name.clone()}</h1>
                <p class=class::PAGE_LEAD>{partner.summary.clone()}</p>
                <ul class=class::BADGES>
                    {badge(icons::PACKAGE, "", count(partner.listings.into(), "integration"))}
                    {homepage(&partner.homepage)}
                </ul>
            </div>
        </div>
        <h2 class=class::SR>"Integrations"</h2>
        {listing_cards(&cards)}
    }
}

fn homepage(address: &str) -> Node {
    if address.is_empty() {
        return Node::Nothing;
    }
    let host = address.trim_start_matches("https://").trim_end_matches('/').to_owned();
    html! {
        <li class=classes(&[class::BADGE])>
            <Icon name=icons::GLOBE small=true/>
            <a href=address.to_owned() rel="nofollow noopener">
                {host}
            </a>
        </li>
    }
}

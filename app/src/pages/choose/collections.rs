//! `/collections`: what the editors put together.

use crate::components::{Icon, PageMeta, classes, count, load, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::discover::ask_collections;
use contract::compare::CollectionCard;
use style::{class, icons};

/// The page.
pub(super) fn collections_page() -> Node {
    load(resource(ask_collections), skeleton::lines, |all: Vec<CollectionCard>| {
        let rows = all.iter().map(row).collect::<Node>();
        html! {
            <PageMeta
                title="Collections"
                description="Integrations that belong together, chosen for a purpose and installed one after the other."
                canonical="/collections".to_owned()
            />
            <div class=class::PAGE_HEAD>
                <div class=class::PAGE_TEXT>
                    <h1 tabindex="-1">"Collections"</h1>
                    <p class=class::PAGE_LEAD>"Integrations that belong together, chosen for a purpose."</p>
                </div>
            </div>
            <ul class=class::CONNECTIONS>{rows}</ul>
        }
    })
}

fn row(it: &CollectionCard) -> Node {
    html! {
        <li class=class::LINE>
            <Icon name=icons::PACKAGE/>
            <div>
                <p class=class::CARD_TITLE><a href=format!("/collections/{}", it.slug)>{it.title.clone()}</a></p>
                <p>{it.summary.clone()}</p>
            </div>
            <span class=classes(&[class::SMALL, class::MUTED])>{count(it.size.into(), "integration")}</span>
        </li>
    }
}

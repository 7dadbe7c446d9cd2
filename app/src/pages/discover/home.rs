//! The home page.

use super::categories::category_groups;
use super::hero::hero;
use crate::components::{Icon, PageMeta, classes, listing_cards, load, shelf, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::discover::ask_home;
use contract::catalog::HomeView;
use contract::listing::ListingCard;
use style::{class, icons};

/// What there is, and how it works.
pub(super) fn home_page() -> Node {
    load(resource(ask_home), skeleton::page, |view| page(&view))
}

fn page(home: &HomeView) -> Node {
    html! {
        <PageMeta
            title="Integrations that prove they work"
            description="Find an integration for your operations tools, connect it, and see the first event arrive."
            canonical="/"
        />
        {hero(home)}
        <section class=class::SECTION aria-labelledby="categories">
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id="categories">
                    "Categories"
                </h2>
            </div>
            {category_groups(&home.categories)}
        </section>
        {shelf("stack", "For your stack", &home.for_you)}
        {row("popular", "Popular", &home.popular, "/search?sort=installs", "All integrations", " by popularity")}
        {row("newest", "New", &home.newest, "/search?sort=newest", "Newest first", "")}
        {how()}
    }
}

fn row(
    id: &'static str,
    title: &'static str,
    cards: &[ListingCard],
    more: &'static str,
    more_text: &'static str,
    more_for_readers: &'static str,
) -> Node {
    html! {
        <section class=class::SECTION aria-labelledby=id>
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id=id>
                    {title}
                </h2>
                <a class=class::SECTION_MORE href=more>
                    {more_text}
                    <span class=class::SR>{more_for_readers}</span>
                </a>
            </div>
            {listing_cards(cards)}
        </section>
    }
}

fn how() -> Node {
    let step = |extra: &'static str, icon: &'static str, title: &'static str, text: &'static str| {
        html! {
            <li class=classes(&[class::HOW_STEP, extra])>
                <span class=class::HOW_MARK>
                    <Icon name=icon/>
                </span>
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    };
    html! {
        <section class=class::SECTION aria-labelledby="how">
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id="how">
                    "How a connection is proven"
                </h2>
            </div>
            <ol class=class::HOW>
                {step(
                    "",
                    icons::PLUG,
                    "Connect",
                    "Review the hosts and permissions, then enter an address and a credential. Secrets are sealed and never \
                     shown again.",
                )}
                {step(
                    "",
                    icons::ACTIVITY,
                    "Test",
                    "We call your system and show who answered. When it refuses, you see what was tried and how to fix it.",
                )}
                {step(
                    class::HOW_LAST,
                    icons::CHECK,
                    "Proof",
                    "Data travels the real path. The connection is green when the first event has arrived, with the time it \
                     took.",
                )}
            </ol>
        </section>
    }
}

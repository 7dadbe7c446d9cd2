//! No results, and three ways on: fewer filters, the categories, what others use.

use super::Scope;
use super::bar::without_filters;
use crate::components::{Icon, classes, listing_cards};
use crate::markup::{Node, html};
use crate::pages::discover::categories::category_groups;
use crate::pages::query;
use contract::catalog::HomeView;
use contract::search::SearchQuery;
use style::{class, icons};

/// What is shown instead of results.
pub fn empty(scope: &Scope, query: &SearchQuery, instead: &HomeView) -> Node {
    let filtered = !query.filters.is_empty();
    let text = if filtered {
        "Nothing matches all of these filters together. Take some out, or look through the categories."
    } else {
        "Try fewer or other words, or look through the categories."
    };
    let clear = filtered.then(|| {
        html! {
            <a
                class=classes(&[class::BTN, class::BTN_PRIMARY])
                href=query::address(&scope.path, &without_filters(query))
            >
                "Clear all filters"
            </a>
        }
    });
    html! {
        <p class=class::SR role="status">"No integrations found"</p>
        <div class=class::EMPTY>
            <span class=class::EMPTY_MARK>
                <Icon name=icons::SEARCH large=true/>
            </span>
            <h2>"No integration matches"</h2>
            <p>{text}</p>
            <div class=class::ACTIONS>
                {clear} <a class=class::BTN href="/search">
                    "All integrations"
                </a>
            </div>
        </div>
        <section class=class::SECTION aria-labelledby="categories">
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id="categories">
                    "Categories"
                </h2>
            </div>
            {category_groups(&instead.categories)}
        </section>
        <section class=class::SECTION aria-labelledby="popular">
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id="popular">
                    "Popular"
                </h2>
            </div>
            {listing_cards(&instead.popular)}
        </section>
    }
}

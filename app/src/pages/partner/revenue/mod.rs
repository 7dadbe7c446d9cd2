//! `/partner/revenue`: what was earned, what is owed and paid, and why.

mod currency;
mod lines;
mod setup;

use crate::components::{Icon, PageMeta, load, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::revenue::ask_revenue;
use contract::revenue::RevenueView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use style::{class, icons};

const LEAD: &str = "What your listings earned, what is owed to you, and why it is as much as it is.";

/// The page.
pub(super) fn revenue_page() -> Node {
    let query = use_query_map();
    let month = Memo::new(move |_| query.with(|query| query.get("month").unwrap_or_default()));
    let came = Memo::new(move |_| query.with(|query| query.get("payouts").unwrap_or_default()));
    let data = resource(move || ask_revenue(month.get()));
    load(data, skeleton::lines, move |it: RevenueView| page(&it, &came.get()))
}

fn page(it: &RevenueView, came: &str) -> Node {
    let body = if it.currencies.is_empty() {
        empty()
    } else {
        html! {
            {it.currencies.iter().map(currency::section).collect::<Node>()}
            {lines::section(it)}
        }
    };
    let part = it.month.map(|month| month.to_string()).unwrap_or_default();
    html! {
        <PageMeta title="Revenue" description=LEAD part=part/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Revenue"</h1>
                <p class=class::PAGE_LEAD>{format!("{}. {LEAD}", it.partner_name)}</p>
            </div>
            <div class=class::ACTIONS>
                <a class=class::BTN href="/partner/offers"><Icon name=icons::TAG/> "Private offers"</a>
                <a class=class::BTN href="/partner"><Icon name=icons::BUILDING/> "My listings"</a>
            </div>
        </div>
        {setup::section(it, came)}
        {body}
    }
}

fn empty() -> Node {
    html! {
        <div class=class::EMPTY>
            <span class=class::EMPTY_MARK><Icon name=icons::CHART large=true/></span>
            <h2>"Nothing was sold yet"</h2>
            <p>
                "When an organization pays for one of your plans, each line of its invoice appears here with your share of it and the rule it follows from, together with statements of each month and what is paid out."
            </p>
        </div>
    }
}

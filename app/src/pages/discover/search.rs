//! The search page.

use super::browse::{Found, Scope, ask_found, browse, follow_changes};
use super::query;
use crate::components::happened::count_searches;
use crate::components::{PageMeta, count, load, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use leptos::prelude::*;
use leptos_router::hooks::use_url;
use style::class;

/// Results for the query in the address.
pub(super) fn search_page() -> Node {
    let url = use_url();
    let wanted = Memo::new(move |_| url.with(|url| query::parse(url.search())));
    count_searches(move || wanted.with(|wanted| wanted.q.clone()));
    let found = resource(move || ask_found(wanted.get(), None));
    html! { <div on:change=follow_changes()>{load(found, skeleton::page, |found| page(&found))}</div> }
}

fn page(found: &Found) -> Node {
    let page = query::page(&found.query);
    let heading = heading(found);
    let mut canonical = found.query.clone();
    canonical.filters.clear();
    html! {
        <PageMeta
            title=heading.clone()
            description="Search all integrations by name, tag, category or what they do."
            canonical=query::address("/search", &canonical)
            part=page.to_string()
        />
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{heading}</h1>
                {found.page.corrected.clone().map(|corrected| correction(corrected, found.query.q.clone()))}
            </div>
        </div>
        {browse(&Scope { path: "/search".to_owned(), preset: None }, found)}
    }
}

fn heading(found: &Found) -> String {
    let q = found.page.corrected.as_ref().unwrap_or(&found.query.q);
    let mut heading =
        if found.page.total == 0 { "Nothing found".to_owned() } else { count(found.page.total, "integration") };
    if !q.is_empty() {
        heading.push_str(" for “");
        heading.push_str(q);
        heading.push('”');
    }
    heading
}

fn correction(corrected: String, typed: String) -> Node {
    html! {
        <p class=class::CORRECTED>
            "Showing results for " <q>{corrected}</q> ", because there are none for " <q>{typed}</q> "."
        </p>
    }
}

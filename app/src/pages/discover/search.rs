//! The search page.

use super::browse::{Found, Scope, browse, find, follow_changes};
use super::query;
use crate::components::Erase;
use crate::components::{PageMeta, count, load, skeleton};
use leptos::prelude::*;
use leptos_router::hooks::use_url;
use style::class;

/// Results for the query in the address.
pub(super) fn search_page() -> AnyView {
    let url = use_url();
    let wanted = Memo::new(move |_| url.with(|url| query::parse(url.search())));
    let found = Resource::new(move || wanted.get(), |wanted| find(wanted, None));
    view! { <div on:change=follow_changes()>{load(found, skeleton::page, |found| page(&found))}</div> }.erase()
}

fn page(found: &Found) -> AnyView {
    let page = query::page(&found.query);
    let heading = heading(found);
    let mut canonical = found.query.clone();
    canonical.filters.clear();
    view! {
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
    .erase()
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

fn correction(corrected: String, typed: String) -> AnyView {
    view! {
        <p class=class::CORRECTED>
            "Showing results for " <q>{corrected}</q> ", because there are none for " <q>{typed}</q> "."
        </p>
    }
    .erase()
}

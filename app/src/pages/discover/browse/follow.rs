//! Goes to the new address when a facet is ticked or the order is changed.

use crate::pages::query;
use contract::search::{FacetField, Sort};
use leptos::prelude::*;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_url};

/// A handler for `change` on an element around the facets and the order. It reads the present address, so that two quick
/// changes both count.
pub fn follow_changes() -> impl Fn(web_sys::Event) + Clone {
    let url = use_url();
    let navigate = use_navigate();
    move |event| {
        // A select answers to `name` and `value` as well.
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let name = input.name();
        let now = url.with_untracked(|url| query::parse(url.search()));
        let next = if name == "sort" {
            let mut next = now;
            next.sort = Sort::parse(&input.value()).unwrap_or_default();
            next.offset = 0;
            next
        } else if let Some(field) = FacetField::parse(&name) {
            query::toggled(&now, field, &input.value())
        } else {
            return;
        };
        let path = url.with_untracked(|url| url.path().to_owned());
        navigate(&query::address(&path, &next), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    }
}

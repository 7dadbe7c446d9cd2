//! The search field: a plain form, and once the page is alive a combobox after the WAI-ARIA pattern
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>): suggestions while typing, and results while typing on the search
//! page.

mod state;
mod suggestions;

use super::{Icon, classes};
use crate::markup::{Node, html};
use crate::pages::query;
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_location;
use state::SearchBox;
use style::{class, icons};

/// The field in the header, or the large one of the home page.
pub fn search_box(large: bool) -> Node {
    let (id, list_id) = if large { ("q-home", "q-home-list") } else { ("q", "q-list") };
    let input = NodeRef::<Input>::new();
    let search_box = SearchBox::new(input, list_id);
    let location = use_location();
    let shown = location.search.with_untracked(|search| query::parse(search).q);

    // Back, Forward and links change the query from outside of the field; what somebody is typing stays.
    Effect::new(move |before: Option<String>| {
        let q = location.search.with(|search| query::parse(search).q);
        if before.is_some_and(|before| before != q) {
            search_box.show(&q);
        }
        q
    });
    let slash = window_event_listener(ev::keydown, move |event| search_box.focus_on_slash(&event));
    on_cleanup(move || slash.remove());

    let field = html! {
        <input
            node_ref=input
            class=class::SEARCH_INPUT
            id=id
            name="q"
            type="search"
            value=shown
            placeholder="Search integrations"
            autocomplete="off"
            spellcheck="false"
            role="combobox"
            aria-expanded=move || if search_box.is_open() { "true" } else { "false" }
            aria-controls=list_id
            aria-autocomplete="list"
            aria-keyshortcuts="/"
            aria-activedescendant=move || search_box.active_id()
            on:input=move |_| search_box.typed()
            on:keydown=move |event| search_box.key(event.unchecked_ref())
            on:blur=move |_| search_box.close()
        />
    };
    let end = if large {
        html! { <button class=classes(&[class::BTN, class::BTN_PRIMARY, class::SEARCH_GO])>"Search"</button> }
    } else {
        html! { <kbd class=classes(&[class::KBD, class::SEARCH_HINT]) aria-hidden="true">"/"</kbd> }
    };
    html! {
        <form
            class=classes(&[class::SEARCH, if large { class::SEARCH_L } else { "" }])
            role="search"
            action="/search"
            method="get"
            on:submit=move |event| search_box.submit(&event)
        >
            <label class=class::SR for=id>
                "Search integrations"
            </label>
            <Icon name=icons::SEARCH extra=class::SEARCH_ICON/>
            {field}
            {end}
            {suggestions::listbox(search_box)}
        </form>
    }
}

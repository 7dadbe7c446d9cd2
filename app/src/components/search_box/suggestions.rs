//! The listbox below the search field.

use super::state::{SearchBox, address};
use crate::components::{Icon, TileSize, classes, tile};
use crate::markup::{Node, html};
use crate::pages::marked;
use contract::search::{Suggestion, SuggestionKind};
use leptos::prelude::*;
use leptos::web_sys;
use style::{class, icons};

/// The listbox; hidden until there is something to suggest.
pub fn listbox(search_box: SearchBox) -> Node {
    let options = move || {
        let views = |list: &Vec<Suggestion>| {
            list.iter().enumerate().map(|(index, suggestion)| option(search_box, index, suggestion)).collect::<Node>()
        };
        search_box.suggestions.try_with(views)
    };
    // Pressing the mouse must not take the focus from the field, or it would close before the click.
    let keep_focus = |event: web_sys::Event| event.prevent_default();
    html! {
        <div
            class=class::LISTBOX
            id=search_box.list_id
            role="listbox"
            aria-label="Suggestions"
            hidden=move || !search_box.is_open()
            on:mousedown=keep_focus
            on:click=move |_| search_box.close()
        >
            {options}
        </div>
    }
}

fn option(search_box: SearchBox, index: usize, suggestion: &Suggestion) -> Node {
    let name: String = suggestion.name.iter().map(|fragment| fragment.text.as_str()).collect();
    let mut note = String::from(match suggestion.kind {
        SuggestionKind::Listing => "",
        SuggestionKind::Category => "Category · ",
        SuggestionKind::Partner => "Partner · ",
        SuggestionKind::Task => "Search",
    });
    note.push_str(&suggestion.hint);
    let symbol =
        |name| html! { <span class=classes(&[class::TILE, class::TILE_S])><Icon name=name small=true/></span> };
    let picture = match suggestion.kind {
        SuggestionKind::Category => symbol(icons::TAG),
        SuggestionKind::Task => symbol(icons::SEARCH),
        _ => tile(&suggestion.id, &name, suggestion.icon.as_deref(), TileSize::Small),
    };
    html! {
        <a
            class=class::OPTION
            role="option"
            id=search_box.option_id(index)
            href=address(suggestion)
            tabindex="-1"
            aria-selected=move || if search_box.is_active(index) { "true" } else { "false" }
        >
            {picture}
            <span class=class::OPTION_TEXT>{marked(&suggestion.name)}</span>
            <span class=class::OPTION_NOTE>{note}</span>
        </a>
    }
}

//! The theme switch: three submit buttons, so that it works without a script.

use super::{Icon, SitePaths};
use crate::markup::{Node, html};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use style::{class, icons};

/// The form. The server stores the choice and leads back to this page.
pub fn theme() -> Node {
    let current = SitePaths::get().theme;
    let option = |value: &'static str, label: &'static str, icon: &'static str| {
        let pressed = if value == &*current || (value == "system" && current.is_empty()) { "true" } else { "false" };
        html! {
            <button class=class::THEME_OPTION name="theme" value=value aria-pressed=pressed title=label>
                <Icon name=icon small=true/>
                <span class=class::SR>{label}</span>
            </button>
        }
    };
    let location = use_location();
    let here = move || {
        let mut here = location.pathname.get();
        let search = location.search.get();
        if !search.is_empty() {
            here.push('?');
            here.push_str(&search);
        }
        here
    };
    html! {
        <form method="post" action="/theme">
            <input type="hidden" name="return_to" value=here/>
            <div class=class::THEME role="group" aria-label="Theme">
                {option("system", "Theme: system", icons::MONITOR)}
                {option("light", "Theme: light", icons::SUN)}
                {option("dark", "Theme: dark", icons::MOON)}
            </div>
        </form>
    }
}

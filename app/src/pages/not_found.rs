//! The page for addresses where there is nothing.

use crate::components::not_found_page;
use leptos::prelude::*;

/// Says that there is no such page.
#[component]
pub fn NotFound() -> impl IntoView {
    not_found_page()
}

//! A secret: never filled in by us, and shown only while it is being entered.

use super::field::Input;
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use contract::install::FormField;
use leptos::prelude::*;
use style::{class, icons};

/// A password field with a button that shows what was entered. The button appears once it can work.
pub fn secret(field: &FormField, input: Input) -> Node {
    let ready = RwSignal::new(false);
    let shown = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let placeholder =
        if field.stored { Some("Stored, leave empty to keep it".to_owned()) } else { field.spec.placeholder.clone() };
    let label = field.spec.label.clone();
    html! {
        <div class=class::AFFIX>
            <input
                class=class::INPUT
                id=input.id
                name=input.name
                type=move || if shown.get() { "text" } else { "password" }
                placeholder=placeholder
                required=input.required
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid=input.invalid
                aria-describedby=input.described
            />
            <button
                class=classes(&[class::BTN, class::BTN_QUIET, class::BTN_ICON])
                type="button"
                aria-label=format!("Show {label}")
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                hidden=move || !ready.get()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name=icons::EYE/>
            </button>
        </div>
    }
}

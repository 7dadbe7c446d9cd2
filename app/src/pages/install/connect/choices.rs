//! Fields with given answers: one of several, any of several, yes or no.

use super::field::{Input, help, line, mark};
use crate::components::classes;
use crate::markup::{Node, html};
use contract::install::FormField;
use leptos::prelude::*;
use style::class;

/// One of the options.
pub fn select(field: &FormField, input: Input) -> Node {
    let chosen = &field.value;
    let options = field
        .spec
        .options
        .iter()
        .map(|it| {
            html! { <option value=it.value.clone() selected=it.value == *chosen>{it.label.clone()}</option> }
        })
        .collect::<Node>();
    // Without a value nothing may look chosen.
    let none = (chosen.is_empty() || !field.spec.required)
        .then(|| html! { <option value="" selected=chosen.is_empty()>"Choose …"</option> });
    html! {
        <select
            class=classes(&[class::INPUT, class::SELECT])
            id=input.id
            name=input.name
            required=input.required
            aria-invalid=input.invalid
            aria-describedby=input.described
        >
            {none}
            {options}
        </select>
    }
}

/// Yes or no.
pub fn switch(field: &FormField, input: Input) -> Node {
    let help_id = format!("{}-h", input.id);
    let help = (!field.spec.help.is_empty())
        .then(|| html! { <br/><span class=class::HELP id=help_id>{field.spec.help.clone()}</span> });
    html! {
        <label class=class::CHECK>
            <input
                class=class::SWITCH
                type="checkbox"
                role="switch"
                id=input.id
                name=input.name
                value="true"
                checked=field.value == "true"
                aria-invalid=input.invalid
                aria-describedby=input.described
            />
            <span>{field.spec.label.clone()} {help}</span>
        </label>
    }
}

/// Any of the options. The wire wants them in one value, joined by commas: a line of text is that without any script, and
/// boxes that write the line replace it once the page is alive.
pub fn several(field: &FormField, input: Input, message: Node) -> Node {
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let order: Vec<String> = field.spec.options.iter().map(|it| it.value.clone()).collect();
    let chosen = RwSignal::new(field.value.split(',').map(|it| it.trim().to_owned()).collect::<Vec<_>>());
    let boxes = field.spec.options.iter().map(|it| tick(it.value.clone(), it.label.clone(), chosen)).collect::<Node>();
    let written = Signal::derive(move || {
        chosen.with(|chosen| order.iter().filter(|it| chosen.contains(it)).cloned().collect::<Vec<_>>().join(","))
    });
    let id = input.id.clone();
    let name = input.name.clone();
    let values = field.spec.options.iter().map(|it| it.value.clone()).collect::<Vec<_>>().join(", ");
    let text_id = format!("{id}-t");
    let text = line(field, Input { id: text_id.clone(), ..input });
    html! {
        <fieldset class=class::FIELD id=id.clone() tabindex="-1">
            <legend class=class::LABEL>{field.spec.label.clone()} {mark(field.spec.required)}</legend>
            <div hidden=move || !ready.get()>{boxes}</div>
            <fieldset class=class::FIELD hidden=ready disabled=ready>
                <label class=class::HELP for=text_id>{format!("Separated by commas: {values}")}</label>
                {text}
            </fieldset>
            {message}
            {help(field, &id)}
            {move || ready.get().then(|| html! { <input type="hidden" name=name.clone() value=written/> })}
        </fieldset>
    }
}

fn tick(value: String, label: String, chosen: RwSignal<Vec<String>>) -> Node {
    let checked = chosen.with_untracked(|chosen| chosen.contains(&value));
    html! {
        <label class=class::CHECK>
            <input
                type="checkbox"
                checked=checked
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    chosen.update(|chosen| {
                        chosen.retain(|it| *it != value);
                        if on {
                            chosen.push(value.clone());
                        }
                    });
                }
            />
            <span>{label}</span>
        </label>
    }
}

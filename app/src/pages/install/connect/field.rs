//! One field: label, input, error, help.

use super::check::Problems;
use super::{choices, secret};
use crate::components::{classes, field_error, textarea_content};
use crate::markup::{Child, Node, html};
use contract::field::FieldKind;
use contract::install::FormField;
use leptos::prelude::*;
use style::class;

/// What an input needs to know about its field.
#[derive(Clone)]
pub struct Input {
    /// Id in the page.
    pub id: String,
    /// Name on the wire.
    pub name: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Ids of what describes it.
    pub described: Signal<Option<String>>,
    /// Whether it is wrong.
    pub invalid: Signal<Option<&'static str>>,
}

/// The id of a field's input.
pub fn field_id(key: &str) -> String {
    key.replace('.', "-")
}

/// A field with its label, error and help.
pub fn field(field: &FormField, problems: Problems) -> Node {
    let spec = &field.spec;
    let key = StoredValue::new(spec.key.clone());
    let error = Memo::new(move |_| key.with_value(|key| problems.at(key)));
    let id = field_id(&spec.key);
    let has_help = !spec.help.is_empty() || field.stored;
    let described = Signal::derive({
        let id = id.clone();
        move || match (error.read().is_some(), has_help) {
            (true, true) => Some(format!("{id}-e {id}-h")),
            (true, false) => Some(format!("{id}-e")),
            (false, true) => Some(format!("{id}-h")),
            (false, false) => None,
        }
    });
    let invalid = Signal::derive(move || error.read().is_some().then_some("true"));
    let input = Input {
        id: id.clone(),
        name: format!("fields[{}]", spec.key),
        required: spec.required && !field.stored,
        described,
        invalid,
    };
    let message = {
        let id = format!("{id}-e");
        move || error.get().map(|text| field_error(id.clone(), text))
    };
    if spec.kind == FieldKind::Boolean {
        return html! { <div class=class::FIELD>{choices::switch(field, input)} {message}</div> };
    }
    if spec.kind == FieldKind::Multiselect {
        return choices::several(field, input, message.into_node());
    }
    let control = match spec.kind {
        FieldKind::Secret => secret::secret(field, input),
        FieldKind::Select => choices::select(field, input),
        FieldKind::Text => text_area(field, input),
        _ => line(field, input),
    };
    html! {
        <div class=class::FIELD>
            <label class=class::LABEL for=id.clone()>{spec.label.clone()} {mark(spec.required)}</label>
            {control}
            {message}
            {help(field, &id)}
        </div>
    }
}

/// Says whether a field is needed. Assistive technology hears it from the input.
pub fn mark(required: bool) -> Node {
    if required {
        html! { " "<span class=class::LABEL_NOTE aria-hidden="true">"*"</span> }
    } else {
        html! { " "<span class=class::LABEL_NOTE>"optional"</span> }
    }
}

/// Where to find the value.
pub fn help(field: &FormField, id: &str) -> Node {
    let stored = if field.stored { "Stored sealed. Leave it empty to keep the one you entered before. " } else { "" };
    let text = format!("{stored}{}", field.spec.help);
    (!text.is_empty()).then(|| html! { <p class=class::HELP id=format!("{id}-h")>{text}</p> }).into_node()
}

/// One line of text, an address, a number.
pub fn line(field: &FormField, input: Input) -> Node {
    let spec = &field.spec;
    let (kind, mode, class) = match spec.kind {
        FieldKind::Url => ("url", Some("url"), classes(&[class::INPUT, class::INPUT_MONO])),
        FieldKind::Integer => ("number", Some("numeric"), classes(&[class::INPUT, class::INPUT_SHORT])),
        FieldKind::Duration => ("text", None, classes(&[class::INPUT, class::INPUT_SHORT])),
        _ => ("text", None, class::INPUT.to_owned()),
    };
    // A user name that the browser fills in from another site is worse than an empty field.
    let credential = spec.key.starts_with("auth.").then_some("off");
    html! {
        <input
            class=class
            id=input.id
            name=input.name
            type=kind
            inputmode=mode
            value=field.value.clone()
            placeholder=spec.placeholder.clone()
            required=input.required
            min=spec.min.map(|it| it.to_string())
            max=spec.max.map(|it| it.to_string())
            autocomplete=credential
            autocapitalize="off"
            spellcheck="false"
            aria-invalid=input.invalid
            aria-describedby=input.described
        />
    }
}

fn text_area(field: &FormField, input: Input) -> Node {
    html! {
        <textarea
            class=class::INPUT
            id=input.id
            name=input.name
            placeholder=field.spec.placeholder.clone()
            required=input.required
            aria-invalid=input.invalid
            aria-describedby=input.described
            inner_html=textarea_content(&field.value)
        ></textarea>
    }
}

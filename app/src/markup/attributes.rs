//! Attributes, properties and listeners of an element in the document.

use super::element::{Attribute, Handler, Live};
use leptos::prelude::RenderEffect;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys;
use std::borrow::Cow;

/// What an attribute has become in the document.
pub enum AttributeState {
    /// A value, or none.
    Fixed(Option<Cow<'static, str>>),
    /// Follows signals until it is dropped.
    Live { _effect: RenderEffect<Option<Cow<'static, str>>> },
    /// Listens until it is dropped.
    On { _remove: RemoveEventHandler<web_sys::Element> },
    /// Content as HTML.
    Html(Cow<'static, str>),
    /// Leaves nothing behind.
    Done,
}

/// Gives a new element what it carries; one that the server has sent has its values already.
pub fn apply(
    element: &web_sys::Element,
    attributes: Vec<(&'static str, Attribute)>,
    from_server: bool,
) -> Vec<AttributeState> {
    attributes.into_iter().map(|(name, attribute)| put(element, name, attribute, from_server)).collect()
}

/// Changes what differs.
pub fn change(element: &web_sys::Element, states: &mut [AttributeState], new: Vec<(&'static str, Attribute)>) {
    for (state, (name, attribute)) in states.iter_mut().zip(new) {
        match (&*state, &attribute) {
            (AttributeState::Fixed(before), Attribute::Fixed(value)) if before == value => {}
            (AttributeState::Html(before), Attribute::Html(html)) if before == html => {}
            _ => {
                // What listened or followed ends first.
                *state = AttributeState::Done;
                *state = put(element, name, attribute, false);
            }
        }
    }
}

fn put(element: &web_sys::Element, name: &'static str, attribute: Attribute, from_server: bool) -> AttributeState {
    match attribute {
        Attribute::Fixed(value) => {
            if !from_server {
                set(element, name, value.as_deref());
            }
            AttributeState::Fixed(value)
        }
        Attribute::Live(value) => follow(element.clone(), name, value, from_server),
        Attribute::Property(value) => {
            Rndr::set_property(element, name, &JsValue::from_bool(value));
            AttributeState::Done
        }
        Attribute::On(handler, capture) => listen(element, name, handler, capture),
        Attribute::Ref(hand_over) => {
            hand_over(element);
            AttributeState::Done
        }
        Attribute::Html(html) => {
            if !from_server {
                element.set_inner_html(&html);
            }
            AttributeState::Html(html)
        }
    }
}

fn set(element: &web_sys::Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => Rndr::set_attribute(element, name, value),
        None => Rndr::remove_attribute(element, name),
    }
}

fn follow(element: web_sys::Element, name: &'static str, value: Live, from_server: bool) -> AttributeState {
    let effect = RenderEffect::new(move |before: Option<Option<Cow<'static, str>>>| {
        let value = value();
        let same = before.map_or(from_server, |before| before == value);
        if !same {
            set(&element, name, value.as_deref());
        }
        value
    });
    AttributeState::Live { _effect: effect }
}

fn listen(element: &web_sys::Element, event: &str, mut handler: Handler, capture: bool) -> AttributeState {
    let handler = Box::new(move |event: JsValue| handler(event.unchecked_into()));
    let remove = if capture {
        Rndr::add_event_listener_use_capture(element, event, handler)
    } else {
        Rndr::add_event_listener(element, event, handler)
    };
    AttributeState::On { _remove: remove }
}

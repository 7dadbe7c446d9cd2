//! What can be an attribute's value.

use super::Element;
use super::element::Attribute;
use leptos::prelude::{Get, RwSignal, Signal};
use std::borrow::Cow;

/// Text, or its absence.
pub trait Text {
    /// The value; nothing where the attribute is left out.
    fn text(self) -> Option<Cow<'static, str>>;
}

impl Text for &'static str {
    fn text(self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Text for String {
    fn text(self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(self))
    }
}

/// There, without a value, or not.
impl Text for bool {
    fn text(self) -> Option<Cow<'static, str>> {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: Text> Text for Option<T> {
    fn text(self) -> Option<Cow<'static, str>> {
        self.and_then(Text::text)
    }
}

/// Can be given to an attribute.
pub trait Value {
    /// Puts it into the element under this name.
    fn put(self, name: &'static str, into: &mut Element);
}

macro_rules! fixed {
    ($($type:ty),+) => {
        $(impl Value for $type {
            fn put(self, name: &'static str, into: &mut Element) {
                into.push(name, Attribute::Fixed(self.text()));
            }
        })+
    };
}
fixed!(&'static str, String, bool);

impl<T: Text> Value for Option<T> {
    fn put(self, name: &'static str, into: &mut Element) {
        into.push(name, Attribute::Fixed(self.text()));
    }
}

/// Follows the signals in it.
impl<T: Text, F: Fn() -> T + Send + 'static> Value for F {
    fn put(self, name: &'static str, into: &mut Element) {
        into.push(name, Attribute::Live(Box::new(move || self().text())));
    }
}

macro_rules! signals {
    ($($signal:ty),+) => {
        $(impl Value for $signal {
            fn put(self, name: &'static str, into: &mut Element) {
                (move || self.get()).put(name, into);
            }
        })+
    };
}
signals!(Signal<String>, Signal<Option<String>>, Signal<Option<&'static str>>, RwSignal<bool>);

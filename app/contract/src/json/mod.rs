//! Reading JSON in little code. What serde derives is fast and large: the browser would download a reader of every type.
//! Here, one parser makes a tree, and each type takes its fields out of it. The server writes with serde; both follow the
//! same attributes.

mod parse;
mod types;

pub use macros::FromJson;
use std::borrow::Cow;

/// A value, as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`, and what is not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, unread.
    Number(&'a str),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Fields<'a>),
}

/// What is in an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields<'a>(pub(crate) Vec<(Cow<'a, str>, Json<'a>)>);

/// Can be read from JSON. A value that does not fit is nothing: who reads says what that means.
pub trait FromJson: Sized {
    /// Reads a value.
    fn from_json(json: Json<'_>) -> Option<Self>;

    /// Reads an object, or what is mixed into one.
    fn from_fields(_fields: &mut Fields<'_>) -> Option<Self> {
        None
    }
}

/// Reads a text.
pub fn read<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(parse::parse(text)?)
}

impl<'a> Json<'a> {
    /// The object that it is.
    pub fn fields(self) -> Option<Fields<'a>> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// The text that it is.
    pub fn text(self) -> Option<Cow<'a, str>> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'a> Fields<'a> {
    /// Takes a field out.
    fn take(&mut self, name: &str) -> Json<'a> {
        match self.0.iter().position(|(it, _)| it == name) {
            Some(at) => self.0.swap_remove(at).1,
            None => Json::Null,
        }
    }

    /// A field. What is not there is read like `null`.
    pub fn required<T: FromJson>(&mut self, name: &str) -> Option<T> {
        T::from_json(self.take(name))
    }

    /// A field that may be left out.
    pub fn optional<T: FromJson + Default>(&mut self, name: &str) -> Option<T> {
        match self.take(name) {
            Json::Null => Some(T::default()),
            json => T::from_json(json),
        }
    }
}

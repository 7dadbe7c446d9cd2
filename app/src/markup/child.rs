//! What can stand in an element.

use super::Node;
use leptos::prelude::{AnyView, IntoAny};
use std::borrow::Cow;

/// Can stand in an element.
pub trait Child {
    /// As a node.
    fn into_node(self) -> Node;
}

impl Child for Node {
    fn into_node(self) -> Node {
        self
    }
}

/// A view of the framework.
impl Child for AnyView {
    fn into_node(self) -> Node {
        Node::View(Box::new(self))
    }
}

impl Child for () {
    fn into_node(self) -> Node {
        Node::Nothing
    }
}

impl Child for &'static str {
    fn into_node(self) -> Node {
        Node::Text(Cow::Borrowed(self))
    }
}

impl Child for String {
    fn into_node(self) -> Node {
        Node::Text(Cow::Owned(self))
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl Child for $number {
            fn into_node(self) -> Node {
                self.to_string().into_node()
            }
        })+
    };
}
numbers!(u32, usize);

impl<T: Child> Child for Option<T> {
    fn into_node(self) -> Node {
        self.map_or(Node::Nothing, Child::into_node)
    }
}

impl<T: Child> Child for Vec<T> {
    fn into_node(self) -> Node {
        self.into_iter().collect()
    }
}

impl<T: Child> FromIterator<T> for Node {
    fn from_iter<I: IntoIterator<Item = T>>(children: I) -> Self {
        Self::Many(children.into_iter().map(Child::into_node).collect())
    }
}

/// Made again when a signal in it changes.
impl<T: Child, F: Fn() -> T + Send + 'static> Child for F {
    fn into_node(self) -> Node {
        live(Box::new(move || self().into_node()))
    }
}

/// Not generic, so that the framework's machinery for it is there once.
fn live(make: Box<dyn Fn() -> Node + Send>) -> Node {
    Node::View(Box::new((move || make()).into_any()))
}

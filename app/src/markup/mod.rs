//! Markup as a value. [`html!`](html) makes a [`Node`]; the framework renders it like any other view, on the server to HTML
//! and in the browser by taking over what the server sent.
//!
//! Leptos gives each piece of markup a type of its own, and the browser then downloads code for each of these types: to
//! build it, to take it over and to change it. One type for all pieces costs a few allocations and saves most of that
//! download. What changes by itself stays fine-grained: a closure as a child or as a value is run again when a signal in it
//! changes, and touches that place only.
//!
//! `node` is the tree, `element` one element while it is made, `child` and `value` say what may stand in one, `to_html` is
//! the server's half, `dom` and `attributes` are the browser's.

mod attributes;
mod child;
mod dom;
mod element;
mod node;
#[cfg(feature = "ssr")]
mod to_html;
mod value;

pub use child::Child;
pub use element::{Element, site};
pub use macros::html;
pub use node::Node;

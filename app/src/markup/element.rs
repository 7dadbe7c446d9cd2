//! One element while it is made.

use super::value::{Text, Value};
use super::{Child, Node};
use leptos::html::ElementType;
use leptos::prelude::NodeRef;
use leptos::tachys::html::node_ref::NodeRefContainer;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use std::borrow::Cow;

/// An element: its tag, where in the source it stands, what it carries and holds.
pub struct Element {
    pub(super) tag: &'static str,
    pub(super) site: u32,
    pub(super) attributes: Vec<(&'static str, Attribute)>,
    pub(super) children: Vec<Node>,
}

/// What an element carries under one name.
pub(super) enum Attribute {
    /// A value that stays until the whole element is made again.
    Fixed(Option<Cow<'static, str>>),
    /// A value that follows signals.
    Live(Live),
    /// A property of the element in the browser; the server knows nothing of it.
    Property(bool),
    /// Calls this on an event.
    On(Handler, bool),
    /// Hands the element in the browser over.
    Ref(Box<dyn FnOnce(&web_sys::Element) + Send>),
    /// Its content as HTML.
    Html(Cow<'static, str>),
}

pub(super) type Live = Box<dyn Fn() -> Option<Cow<'static, str>> + Send>;
pub(super) type Handler = Box<dyn FnMut(web_sys::Event) + Send>;

/// A number for a place in the source: markup of another place never takes over this place's elements, nor what somebody
/// typed into them.
pub const fn site(place: &str, index: u32) -> u32 {
    let place = place.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < place.len() {
        hash = (hash ^ place[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ index).wrapping_mul(0x0100_0193)
}

impl Element {
    /// An empty element, boxed because a call that hands a pointer on is smaller than one that moves a struct.
    #[allow(clippy::unnecessary_box_returns, reason = "saves code in the browser")]
    pub fn new(tag: &'static str, site: u32) -> Box<Self> {
        Box::new(Self { tag, site, attributes: Vec::new(), children: Vec::new() })
    }

    /// An attribute.
    pub fn attribute(&mut self, name: &'static str, value: impl Value) {
        value.put(name, self);
    }

    pub(super) fn push(&mut self, name: &'static str, attribute: Attribute) {
        self.attributes.push((name, attribute));
    }

    /// An event listener.
    pub fn on(&mut self, event: &'static str, capture: bool, handler: impl FnMut(web_sys::Event) + Send + 'static) {
        // The server has no use for it.
        if cfg!(feature = "hydrate") {
            self.push(event, Attribute::On(Box::new(handler), capture));
        }
    }

    /// A property that is true or false.
    pub fn property(&mut self, name: &'static str, value: bool) {
        self.push(name, Attribute::Property(value));
    }

    /// Where the element in the browser can be found later.
    pub fn node_ref<E>(&mut self, found: NodeRef<E>)
    where
        E: ElementType + 'static,
        E::Output: JsCast + 'static,
    {
        self.push("", Attribute::Ref(Box::new(move |element| NodeRefContainer::<E>::load(found, element))));
    }

    /// Content as HTML, which must have been made safe.
    pub fn inner_html(&mut self, html: impl Text) {
        self.push("", Attribute::Html(html.text().unwrap_or_default()));
    }

    /// Text that is part of the program.
    pub fn text(&mut self, text: &'static str) {
        self.children.push(Node::Text(Cow::Borrowed(text)));
    }

    /// Anything that can stand in an element.
    pub fn child(&mut self, child: impl Child) {
        self.children.push(child.into_node());
    }
}

//! The browser's half: what stands in the document, and how it follows a new tree.

use super::Node;
use super::attributes::{self, AttributeState};
use super::element::Element;
use leptos::prelude::{Mountable, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Position, PositionState};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use std::borrow::Cow;

/// What a node has become in the document.
pub enum State {
    /// Marks the place.
    Nothing(web_sys::Comment),
    /// A text.
    Text(web_sys::Text, Cow<'static, str>),
    /// An element.
    Element(Box<ElementState>),
    /// Several; the comment marks their end.
    Many(Vec<State>, web_sys::Comment),
    /// A view of the framework.
    View(AnyViewState),
}

/// An element in the document.
pub struct ElementState {
    element: web_sys::Element,
    site: u32,
    tag: &'static str,
    attributes: Vec<AttributeState>,
    children: Vec<State>,
}

impl State {
    /// Makes it anew.
    pub fn build(node: Node) -> Self {
        match node {
            Node::Nothing => Self::Nothing(Rndr::create_placeholder()),
            Node::Text(text) => Self::Text(Rndr::create_text_node(&text), text),
            Node::Element(it) => {
                let element = Rndr::create_element(it.tag, namespace(it.tag));
                let children = it.children.into_iter().map(|child| mounted(child, &element, None)).collect();
                let attributes = attributes::apply(&element, it.attributes, false);
                Self::Element(Box::new(ElementState { element, site: it.site, tag: it.tag, attributes, children }))
            }
            Node::Many(nodes) => Self::Many(nodes.into_iter().map(Self::build).collect(), Rndr::create_placeholder()),
            Node::View(view) => Self::View(view.build()),
        }
    }

    /// Takes over what the server has sent.
    pub fn take_over(node: Node, cursor: &Cursor, position: &PositionState) -> Self {
        match node {
            Node::Nothing => Self::Nothing(cursor.next_placeholder(position)),
            Node::Text(text) => {
                advance(cursor, position);
                if position.get() == Position::NextChildAfterText {
                    cursor.sibling();
                }
                let found = cursor.current().dyn_into().unwrap_or_else(|_| Rndr::create_text_node(&text));
                position.set(Position::NextChildAfterText);
                Self::Text(found, text)
            }
            Node::Element(it) => Self::Element(Box::new(take_over(*it, cursor, position))),
            Node::Many(nodes) => {
                let items = nodes.into_iter().map(|node| Self::take_over(node, cursor, position)).collect();
                Self::Many(items, cursor.next_placeholder(position))
            }
            Node::View(view) => Self::View(view.hydrate::<true>(cursor, position)),
        }
    }

    /// Becomes another tree; what is alike stays in the document and is changed in place.
    pub fn change(&mut self, node: Node) {
        match (self, node) {
            (Self::Nothing(_), Node::Nothing) => {}
            (Self::Text(shown, before), Node::Text(text)) => {
                if *before != text {
                    Rndr::set_text(shown, &text);
                    *before = text;
                }
            }
            (Self::Element(it), Node::Element(new)) if it.site == new.site && it.tag == new.tag => {
                attributes::change(&it.element, &mut it.attributes, new.attributes);
                for (child, new) in it.children.iter_mut().zip(new.children) {
                    child.change(new);
                }
            }
            (Self::Many(items, end), Node::Many(new)) => change_many(items, end, new),
            (Self::View(state), Node::View(view)) => view.rebuild(state),
            (this, node) => {
                let mut new = Self::build(node);
                this.insert_before_this(&mut new);
                this.unmount();
                *this = new;
            }
        }
    }
}

fn take_over(it: Element, cursor: &Cursor, position: &PositionState) -> ElementState {
    advance(cursor, position);
    let found = cursor.current().dyn_into();
    let element: web_sys::Element = found.unwrap_or_else(|_| Rndr::create_element(it.tag, namespace(it.tag)));
    position.set(Position::FirstChild);
    let children = it.children.into_iter().map(|child| State::take_over(child, cursor, position)).collect();
    let attributes = attributes::apply(&element, it.attributes, true);
    cursor.set(element.clone().into());
    position.set(Position::NextChild);
    ElementState { element, site: it.site, tag: it.tag, attributes, children }
}

fn change_many(items: &mut Vec<State>, end: &web_sys::Comment, new: Vec<Node>) {
    for surplus in items.iter_mut().skip(new.len()) {
        surplus.unmount();
    }
    items.truncate(new.len());
    for (index, node) in new.into_iter().enumerate() {
        if let Some(item) = items.get_mut(index) {
            item.change(node);
        } else if let Some(parent) = end.parent_element() {
            items.push(mounted(node, &parent, Some(end)));
        }
    }
}

fn mounted(node: Node, parent: &web_sys::Element, before: Option<&web_sys::Node>) -> State {
    let mut state = State::build(node);
    state.mount(parent, before);
    state
}

fn advance(cursor: &Cursor, position: &PositionState) {
    match position.get() {
        Position::FirstChild => cursor.child(),
        Position::Current => {}
        _ => cursor.sibling(),
    }
}

fn namespace(tag: &str) -> Option<&'static str> {
    ["svg", "use", "path", "rect", "circle"].contains(&tag).then_some("http://www.w3.org/2000/svg")
}

impl Mountable for State {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(mark) => mark.remove(),
            Self::Text(text, _) => text.remove(),
            Self::Element(it) => it.element.remove(),
            Self::Many(items, end) => {
                items.iter_mut().for_each(Mountable::unmount);
                end.remove();
            }
            Self::View(state) => state.unmount(),
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&web_sys::Node>) {
        match self {
            Self::Nothing(mark) => Rndr::insert_node(parent, mark, marker),
            Self::Text(text, _) => Rndr::insert_node(parent, text, marker),
            Self::Element(it) => Rndr::insert_node(parent, &it.element, marker),
            Self::Many(items, end) => {
                for item in items {
                    item.mount(parent, marker);
                }
                Rndr::insert_node(parent, end, marker);
            }
            Self::View(state) => state.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let node: &web_sys::Node = match self {
            Self::Nothing(mark) => mark,
            Self::Text(text, _) => text,
            Self::Element(it) => &it.element,
            Self::Many(items, end) => {
                if items.first().is_some_and(|first| first.insert_before_this(child)) {
                    return true;
                }
                end
            }
            Self::View(state) => return state.insert_before_this(child),
        };
        let parent = node.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        match self {
            Self::Nothing(_) | Self::Text(..) => Vec::new(),
            Self::Element(it) => vec![it.element.clone()],
            Self::Many(items, _) => items.iter().flat_map(Mountable::elements).collect(),
            Self::View(state) => state.elements(),
        }
    }
}

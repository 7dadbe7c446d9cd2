//! The tree, as the framework sees it.

use super::Element;
use super::dom::State;
use leptos::prelude::{AddAnyAttr, AnyView, Render, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::{Position, PositionState};
use std::borrow::Cow;

/// A piece of markup.
pub enum Node {
    /// Nothing, which may become something.
    Nothing,
    /// Text.
    Text(Cow<'static, str>),
    /// An element.
    Element(Box<Element>),
    /// Several, one after the other.
    Many(Vec<Node>),
    /// A view of the framework.
    View(Box<AnyView>),
}

impl Node {
    /// Makes it the markup of one thing among several alike: markup of another thing never takes over its elements, nor what
    /// somebody typed into them.
    #[must_use]
    pub fn about(mut self, key: &str) -> Self {
        if let Self::Element(it) = &mut self {
            it.site = super::site(key, it.site);
        }
        self
    }
}

impl Render for Node {
    type State = State;

    fn build(self) -> State {
        State::build(self)
    }

    fn rebuild(self, state: &mut State) {
        state.change(self);
    }
}

impl AddAnyAttr for Node {
    type Output<A: Attribute> = Self;

    /// Nothing passes attributes to a piece of markup: it names its own.
    fn add_any_attr<A: Attribute>(self, _attribute: A) -> Self
    where
        Self: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    #[cfg(feature = "ssr")]
    fn dry_resolve(&mut self) {
        self.each_view(&mut |view| view.dry_resolve());
    }

    #[cfg(not(feature = "ssr"))]
    fn dry_resolve(&mut self) {}

    #[cfg(feature = "ssr")]
    async fn resolve(self) -> Self {
        self.resolved().await
    }

    #[cfg(not(feature = "ssr"))]
    async fn resolve(self) -> Self {
        self
    }

    #[cfg(feature = "ssr")]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        _ = escape;
        self.write(buf, position, &mut |view, buf, position| {
            view.to_html_with_buf(buf, position, true, mark_branches, Vec::new());
        });
    }

    #[cfg(not(feature = "ssr"))]
    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    #[cfg(feature = "ssr")]
    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        _escape: bool,
        mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        let mut text = String::new();
        self.write(&mut text, position, &mut |view, text, position| {
            // What comes before the view has to be sent before it.
            buf.push_sync(text);
            text.clear();
            view.to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, true, mark_branches, Vec::new());
        });
        buf.push_sync(&text);
    }

    #[cfg(not(feature = "ssr"))]
    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        _buf: &mut StreamBuilder,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> State {
        State::take_over(self, cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

//! The server's half. The comments it writes are those that the framework's own views write: `<!>` between two texts, so that
//! the browser keeps them apart, and after everything that may grow.

use super::Node;
use super::element::{Attribute, Element};
use leptos::prelude::{AnyView, RenderHtml};
use leptos::tachys::view::Position;
use std::pin::Pin;

/// Writes a view of the framework that stands in markup.
type WriteView<'a> = dyn FnMut(AnyView, &mut String, &mut Position) + 'a;

/// Elements without content.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "link"];

impl Node {
    pub(super) fn each_view(&mut self, then: &mut dyn FnMut(&mut AnyView)) {
        match self {
            Self::Nothing | Self::Text(_) => {}
            Self::Element(it) => it.children.iter_mut().for_each(|child| child.each_view(then)),
            Self::Many(children) => children.iter_mut().for_each(|child| child.each_view(then)),
            Self::View(view) => then(view),
        }
    }

    /// Waits for what the views in it wait for.
    pub(super) fn resolved(self) -> Pin<Box<dyn Future<Output = Self> + Send>> {
        async fn all(nodes: Vec<Node>) -> Vec<Node> {
            let mut done = Vec::with_capacity(nodes.len());
            for node in nodes {
                done.push(node.resolved().await);
            }
            done
        }
        Box::pin(async move {
            match self {
                Self::Element(mut it) => {
                    it.children = all(std::mem::take(&mut it.children)).await;
                    Self::Element(it)
                }
                Self::Many(children) => Self::Many(all(children).await),
                Self::View(view) => Self::View(Box::new(view.resolve().await)),
                plain => plain,
            }
        })
    }

    pub(super) fn write(self, buf: &mut String, position: &mut Position, view: &mut WriteView<'_>) {
        match self {
            Self::Nothing => {
                buf.push_str("<!>");
                *position = Position::NextChild;
            }
            Self::Text(text) => {
                if *position == Position::NextChildAfterText {
                    buf.push_str("<!>");
                }
                // An empty text would leave no node in the document.
                escape(if text.is_empty() { " " } else { &text }, false, buf);
                *position = Position::NextChildAfterText;
            }
            Self::Element(it) => it.write(buf, position, view),
            Self::Many(children) => {
                for child in children {
                    child.write(buf, position, view);
                }
                buf.push_str("<!>");
                *position = Position::NextChild;
            }
            Self::View(it) => view(*it, buf, position),
        }
    }
}

impl Element {
    fn write(self, buf: &mut String, position: &mut Position, view: &mut WriteView<'_>) {
        let tag = self.tag;
        buf.push('<');
        buf.push_str(tag);
        let mut html = None;
        for (name, attribute) in self.attributes {
            let value = match attribute {
                Attribute::Fixed(value) => value,
                Attribute::Live(value) => value(),
                Attribute::Html(content) => {
                    html = Some(content);
                    None
                }
                Attribute::Property(_) | Attribute::On(..) | Attribute::Ref(_) => None,
            };
            if let Some(value) = value {
                buf.push(' ');
                buf.push_str(name);
                if !value.is_empty() {
                    buf.push_str("=\"");
                    escape(&value, true, buf);
                    buf.push('"');
                }
            }
        }
        buf.push('>');
        if !VOID.contains(&tag) {
            if let Some(html) = html {
                buf.push_str(&html);
            } else {
                *position = Position::FirstChild;
                for child in self.children {
                    child.write(buf, position, view);
                }
            }
            buf.push_str("</");
            buf.push_str(tag);
            buf.push('>');
        }
        *position = Position::NextChild;
    }
}

fn escape(text: &str, quotes: bool, buf: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        buf.push_str(&rest[..at]);
        buf.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ if quotes => "&quot;",
            _ => "\"",
        });
        rest = &rest[at + 1..];
    }
    buf.push_str(rest);
}

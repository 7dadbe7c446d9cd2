//! Title, description, canonical address and Open Graph of a page.

use super::SitePaths;
use crate::markup::{Child, Node};

/// What goes into the document's head. Every page has exactly one, inside of what it loads.
///
/// The server writes tags; the browser, when it shows another page, changes those that are there and moves the focus to the
/// heading, so that no head machinery is downloaded.
#[derive(Default)]
pub struct PageMeta {
    /// Title without the site's name.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Canonical address: absolute, or a path that begins with `/`. Left out on private pages.
    pub canonical: String,
    /// What else makes it another page than the one before, besides the path: a page number, a step. When path or part
    /// change, the focus moves to the heading.
    pub part: String,
}

impl Child for PageMeta {
    fn into_node(self) -> Node {
        let mut full = self.title.clone();
        full.push_str(" · OpenConductor");
        head(self.title, full, self.description, self.canonical, self.part)
    }
}

#[cfg(any(feature = "ssr", feature = "hydrate"))]
fn absolute(address: String) -> String {
    if address.starts_with('/') {
        let mut out = SitePaths::get().origin.to_string();
        out.push_str(&address);
        return out;
    }
    address
}

#[cfg(feature = "ssr")]
fn head(title: String, full: String, description: String, canonical: String, _part: String) -> Node {
    use leptos::prelude::*;
    use leptos_meta::{Link, Meta, Title};
    let canonical = absolute(canonical);
    let indexed = !canonical.is_empty();
    // `Title` writes its text as it is: a name with `</title>` in it would end the title and go on as markup.
    let full = html_escape::encode_text(&full).into_owned();
    let tags = view! {
        <Title text=full/>
        <Meta name="description" content=description.clone()/>
        <Meta property="og:title" content=title/>
        <Meta property="og:description" content=description/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:site_name" content="OpenConductor Marketplace"/>
    };
    // The tags leave no trace in the body; what the browser takes over is the last node, and nothing else.
    if indexed {
        let url = view! {
            <Meta property="og:url" content=canonical.clone()/>
            <Link rel="canonical" href=canonical/>
        };
        (tags, url, Node::Nothing).into_any().into_node()
    } else {
        (tags, view! { <Meta name="robots" content="noindex"/> }, Node::Nothing).into_any().into_node()
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn head(_title: String, full: String, description: String, canonical: String, part: String) -> Node {
    browser::arrive(full, description, absolute(canonical), part);
    Node::Nothing
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn head(_title: String, _full: String, _description: String, _canonical: String, _part: String) -> Node {
    Node::Nothing
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod browser {
    use leptos::prelude::*;
    use std::cell::RefCell;
    use wasm_bindgen::JsCast;

    thread_local! {
        /// The page that is shown: path and part.
        static HERE: RefCell<Option<String>> = const { RefCell::new(None) };
    }

    /// Moves the focus to the page's heading, without scrolling.
    fn focus_heading() {
        let heading = document().query_selector("#main h1").ok().flatten();
        if let Some(heading) = heading.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            _ = heading.focus_with_options(&options);
        }
    }

    fn set(selector: &str, attribute: &str, value: &str) {
        if let Ok(Some(element)) = document().query_selector(selector) {
            _ = element.set_attribute(attribute, value);
        }
    }

    /// Brings the head up to date, and the focus to the heading when this is another page than before.
    pub fn arrive(title: String, description: String, canonical: String, part: String) {
        let mut here = leptos_router::hooks::use_location().pathname.get_untracked();
        here.push('#');
        here.push_str(&part);
        Effect::new(move |_| {
            let before = HERE.with(|cell| cell.replace(Some(here.clone())));
            let Some(before) = before else {
                // The page that the server sent has been taken over. Whoever drives the browser waits for this.
                set("html", "data-alive", "");
                return;
            };
            document().set_title(&title);
            set("meta[name=description]", "content", &description);
            set("meta[property='og:title']", "content", &title);
            set("meta[property='og:description']", "content", &description);
            set("meta[property='og:url']", "content", &canonical);
            set("link[rel=canonical]", "href", &canonical);
            if before != here {
                request_animation_frame(focus_heading);
            }
        });
    }
}

//! The place in a file that something follows from.

use super::files::Source;
use super::words;
use crate::markup::{Node, html};
use coverage::Evidence;
use style::class;

/// File and line, and what stands there.
pub fn place(it: &Evidence, sources: &[Source]) -> Node {
    let file = sources.get(it.file).map_or("", |source| source.name.as_str());
    let place = format!("{file}, line {}", it.line);
    let what = it.sort.map(|sort| {
        html! { <span>{words::sort(sort)} " " <code>{it.name.clone()}</code> " · "</span> }
    });
    html! { <li>{what}<span class=class::NOWRAP>{place}</span></li> }
}

/// Several of them.
pub fn places(all: &[Evidence], sources: &[Source]) -> Node {
    html! { <ul class=class::PLACES>{all.iter().map(|it| place(it, sources)).collect::<Node>()}</ul> }
}

//! READMEs: markdown to HTML that is safe to show beside our own pages, and the pieces checks and search need.
//!
//! Two layers: raw HTML never becomes markup (it is shown as the text it is), images are replaced by their description,
//! and links that lead anywhere but https, http, mailto or into the page lose their target; what comes out of that is
//! sanitised once more, so a mistake in one layer is caught by the other.

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Longest text that is rendered, in bytes; the rest is cut off. The sanitiser takes quadratic time for characters that
/// HTML escapes: 128 KiB of nothing but `&` cost it less than half a second, 1 MiB cost it twenty.
pub const MAX_MARKDOWN_BYTES: usize = 128 * 1024;
/// Deepest nesting of lists and quotations that is rendered.
const MAX_DEPTH: usize = 32;
/// Headings of a README have ids of their own, so that they cannot stand in for parts of our page.
const ANCHOR: &str = "readme-";

const TAGS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> =
        ["h2", "h3", "h4", "h5", "h6"].into_iter().map(|tag| (tag, HashSet::from(["id"]))).collect();
    attributes.insert("a", HashSet::from(["href"]));
    attributes.insert("code", HashSet::from(["class"]));
    attributes.insert("ol", HashSet::from(["start"]));
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("nofollow noopener noreferrer"))
        .attribute_filter(|_, attribute, value| {
            let keep = match attribute {
                "id" => value.starts_with(ANCHOR),
                "class" => value.strip_prefix("language-").is_some_and(is_word),
                "href" => value.strip_prefix('#').map_or(link_target(value).is_some(), |id| id.starts_with(ANCHOR)),
                _ => true,
            };
            keep.then_some(Cow::Borrowed(value))
        });
    builder
});

/// Sanitised HTML. Headings begin at `<h2>`.
pub fn render(markdown: &str) -> String {
    let mut ids = Anchors::default();
    let mut events = simplify(markdown);
    for index in 0..events.len() {
        if !matches!(events[index], Event::Start(Tag::Heading { .. })) {
            continue;
        }
        let title = text_until_end(&events[index..]);
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[index] {
            *id = Some(CowStr::from(format!("{ANCHOR}{}", ids.take(&title))));
        }
    }
    let mut page = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut page, events.into_iter());
    SANITISER.clean(&page).to_string()
}

/// The README without, and with only, its "Set-up" and "Troubleshooting" sections.
pub fn split(markdown: &str) -> (String, String) {
    let (mut overview, mut setup) = (String::new(), String::new());
    for section in sections(markdown) {
        let part = match section.title.as_deref().map(squeeze).as_deref() {
            Some("setup" | "troubleshooting") => &mut setup,
            _ => &mut overview,
        };
        part.push_str(section.markdown.trim());
        part.push_str("\n\n");
    }
    (overview.trim().to_owned(), setup.trim().to_owned())
}

/// The words alone, for search and for measuring.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in parser(capped(markdown)) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::Rule => text.push(' '),
            Event::End(end) if !is_inline(end) => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What precedes the first level-2 heading, or one such heading with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// The heading's words; `None` for what precedes the first.
    pub title: Option<String>,
    /// The section, heading included.
    pub markdown: &'a str,
}

/// The README cut at its level-2 headings. A `##` inside a code block is not one.
pub fn sections(markdown: &str) -> Vec<Section<'_>> {
    let markdown = capped(markdown);
    let mut cuts: Vec<(usize, Option<String>)> = vec![(0, None)];
    let mut depth = 0_usize;
    let mut heading: Option<(usize, String)> = None;
    for (event, range) in parser(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) if depth == 0 => {
                heading = Some((range.start, String::new()));
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0
                    && let Some((start, title)) = heading.take()
                {
                    cuts.push((start, Some(title)));
                }
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, title)) = &mut heading {
                    title.push_str(&part);
                }
            }
            _ => {}
        }
    }
    let ends: Vec<usize> = cuts.iter().skip(1).map(|(start, _)| *start).chain([markdown.len()]).collect();
    cuts.into_iter()
        .zip(ends)
        .map(|((start, title), end)| Section { title, markdown: &markdown[start..end] })
        .filter(|section| section.title.is_some() || !section.markdown.trim().is_empty())
        .collect()
}

/// Where the README's links lead and which anchors it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Targets of links, as written.
    pub links: Vec<String>,
    /// Number of images.
    pub images: usize,
    /// Anchors of its headings, without our prefix.
    pub anchors: HashSet<String>,
}

/// Links, images and anchors of a README.
pub fn outline(markdown: &str) -> Outline {
    let mut outline = Outline::default();
    let mut ids = Anchors::default();
    let events: Vec<_> = parser(capped(markdown)).collect();
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => outline.links.push(dest_url.to_string()),
            Event::Start(Tag::Image { .. }) => outline.images += 1,
            Event::Start(Tag::Heading { .. }) => {
                outline.anchors.insert(ids.take(&text_until_end(&events[index..])));
            }
            _ => {}
        }
    }
    outline
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

fn capped(markdown: &str) -> &str {
    &markdown[..markdown.floor_char_boundary(MAX_MARKDOWN_BYTES)]
}

/// The document without raw HTML, images, unusable links and headings above level 2.
fn simplify(markdown: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut dropped_links = Vec::new();
    let mut depth = 0_usize;
    for event in parser(capped(markdown)) {
        match &event {
            Event::Start(tag) if !is_inline(tag.to_end()) => depth += 1,
            Event::End(end) if !is_inline(*end) => depth = depth.saturating_sub(1),
            _ => {}
        }
        // Deeper levels are dropped whole: their starts and ends are skipped alike.
        let too_deep = match &event {
            Event::End(end) if !is_inline(*end) => depth >= MAX_DEPTH,
            _ => depth > MAX_DEPTH,
        };
        if too_deep {
            continue;
        }
        let event = match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => continue,
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: level.max(HeadingLevel::H2),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(level.max(HeadingLevel::H2))),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let target = link_target(&dest_url);
                dropped_links.push(target.is_none());
                match target {
                    Some(target) => Event::Start(Tag::Link {
                        link_type,
                        dest_url: CowStr::from(target),
                        title: CowStr::from(""),
                        id: CowStr::from(""),
                    }),
                    None => continue,
                }
            }
            Event::End(TagEnd::Link) if dropped_links.pop() == Some(true) => continue,
            other => other,
        };
        events.push(event);
    }
    events
}

/// Where a link may lead: https, http, mailto, or an anchor of the same README.
fn link_target(address: &str) -> Option<String> {
    let address = address.trim();
    if let Some(anchor) = address.strip_prefix('#') {
        let anchor = anchor.strip_prefix(ANCHOR).unwrap_or(anchor);
        return Some(format!("#{ANCHOR}{}", slug(anchor)));
    }
    let url = url::Url::parse(address).ok()?;
    let written_out = ["https://", "http://", "mailto:"]
        .iter()
        .any(|start| address.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
    (written_out && matches!(url.scheme(), "https" | "http" | "mailto")).then(|| url.into())
}

/// Hands out the anchors of one document: equal headings get a number.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn take(&mut self, title: &str) -> String {
        let slug = slug(title);
        let seen = self.0.entry(slug.clone()).or_default();
        *seen += 1;
        if *seen == 1 { slug } else { format!("{slug}-{}", *seen - 1) }
    }
}

fn slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.trim().chars().take(80) {
        if letter.is_alphanumeric() || letter == '_' {
            slug.extend(letter.to_lowercase());
        } else if matches!(letter, ' ' | '-') {
            slug.push('-');
        }
    }
    slug
}

fn squeeze(title: &str) -> String {
    title.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-_.#".contains(letter))
}

fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// The words of the element that the first event starts.
fn text_until_end(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    text
}

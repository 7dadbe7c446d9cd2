//! Icons: small, static SVG. Whatever could run, load or hide something is refused, not cleaned.

use roxmltree::{Document, Node, ParsingOptions};

/// Largest icon, in bytes.
pub const MAX_ICON_BYTES: usize = 16 * 1024;

const SVG: &str = "http://www.w3.org/2000/svg";

const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "path",
    "circle",
    "rect",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "title",
];

const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "clip-rule",
    "color",
    "cx",
    "cy",
    "d",
    "fill",
    "fill-opacity",
    "fill-rule",
    "focusable",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "id",
    "offset",
    "opacity",
    "pathLength",
    "points",
    "preserveAspectRatio",
    "r",
    "role",
    "rx",
    "ry",
    "shape-rendering",
    "spreadMethod",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "transform",
    "vector-effect",
    "version",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// The icon as it may be served. `Err` says what is wrong with it.
pub fn check_svg(text: &str) -> Result<String, String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.len() > MAX_ICON_BYTES {
        return Err(format!("The icon is larger than {} KiB.", MAX_ICON_BYTES / 1024));
    }
    // The reader accepts an empty document type; an icon needs none, and its absence needs no reasoning.
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err("The icon declares a document type or entities.".to_owned());
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 2000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| format!("The icon is not well-formed XML: {error}."))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err("The icon's root element is not <svg>.".to_owned());
    }
    if root.attribute("viewBox").is_none() {
        return Err("The icon's <svg> has no viewBox, so it cannot be scaled.".to_owned());
    }
    for node in document.descendants() {
        check_node(node)?;
    }
    Ok(text.to_owned())
}

fn check_node(node: Node<'_, '_>) -> Result<(), String> {
    if node.is_pi() {
        return Err("The icon contains a processing instruction.".to_owned());
    }
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name().name();
    if node.tag_name().namespace() != Some(SVG) || !ELEMENTS.contains(&name) {
        return Err(format!("The icon contains <{}>, which icons may not use.", short(name)));
    }
    for attribute in node.attributes() {
        if attribute.namespace().is_some() || !ATTRIBUTES.contains(&attribute.name()) {
            return Err(format!(
                "The icon's <{name}> has the attribute {}, which icons may not use.",
                short(attribute.name())
            ));
        }
        check_value(attribute.name(), attribute.value())?;
    }
    Ok(())
}

/// Presentation attributes are CSS: the only function that loads something is `url()`, which may point into the icon itself.
fn check_value(name: &str, value: &str) -> Result<(), String> {
    let lower = value.to_ascii_lowercase();
    let inside = lower.strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')')).is_some_and(|id| {
        !id.is_empty() && id.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
    });
    let loads = lower.contains("url") || lower.contains(':') || lower.contains('\\') || lower.contains("image");
    let prose = matches!(name, "id" | "aria-label");
    if loads && !inside && !prose {
        return Err(format!("The icon's attribute {name} refers to something outside the icon."));
    }
    Ok(())
}

fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{inside}</svg>"#)
    }

    #[test]
    fn drawings_are_accepted() {
        let drawing = svg(
            r##"<title>A</title><defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
            <g fill="url(#a)"><path d="M0 0h24v24z" stroke-width="2"/><circle cx="1" cy="1" r="1"/></g>"##,
        );
        assert_eq!(check_svg(&drawing), Ok(drawing.clone()));
        assert!(check_svg(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{drawing}\n")).is_ok());
    }

    #[test]
    fn whatever_runs_loads_or_hides_is_refused() {
        let bad = [
            svg("<script>alert(1)</script>"),
            svg(r#"<path d="M0 0" onclick="alert(1)"/>"#),
            svg(r#"<a href="https://evil.example"><path d="M0 0"/></a>"#),
            svg(r##"<use href="#a"/>"##),
            svg(r#"<image href="https://evil.example/x.png"/>"#),
            svg(r#"<path xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:alert(1)" d="M0 0"/>"#),
            svg(r#"<path style="fill:red" d="M0 0"/>"#),
            svg("<style>path{fill:red}</style>"),
            svg("<foreignObject><p>x</p></foreignObject>"),
            svg(r#"<path fill="url(https://evil.example/x)" d="M0 0"/>"#),
            svg(r#"<path fill="URL( '//evil.example' )" d="M0 0"/>"#),
            svg(r#"<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>"#),
            svg("<animate attributeName='x'/>"),
            svg("&undefined;"),
            svg("<?php echo 1 ?>"),
            svg(&"<g>".repeat(5000)),
            svg(&"<!-- x -->".repeat(5000)),
            format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{}", svg("&a;")),
            format!("<!DOCTYPE svg>{}", svg("")),
            r#"<svg viewBox="0 0 1 1"></svg>"#.to_owned(),
            r#"<svg xmlns="http://www.w3.org/2000/svg"></svg>"#.to_owned(),
            r#"<html xmlns="http://www.w3.org/1999/xhtml"></html>"#.to_owned(),
            String::new(),
        ];
        for text in bad {
            assert!(check_svg(&text).is_err(), "accepted: {}", &text[..text.len().min(200)]);
        }
    }
}

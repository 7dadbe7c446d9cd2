//! Takes the air out of what `stylist` renders.
//!
//! Its output is regular, one thing a line: `condition {`, `property: value;` or `}`. That makes a
//! line-based minifier safe where one for arbitrary CSS would need a tokeniser.

/// Minifies CSS as printed by `stylist`.
pub(crate) fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    for line in joined_lines(css) {
        if let Some(condition) = line.strip_suffix('{') {
            out.push_str(&squeeze(condition.trim(), !condition.starts_with('@')));
            out.push('{');
        } else if line == "}" {
            if out.ends_with(';') {
                out.pop();
            }
            out.push('}');
        } else if let Some((property, value)) = line.trim_end_matches(';').split_once(':') {
            out.push_str(property.trim());
            out.push(':');
            out.push_str(&short_numbers(&squeeze(value.trim(), false)));
            out.push(';');
        }
    }
    out
}

/// Puts values and selectors that span source lines back on one line.
fn joined_lines(css: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = String::new();
    for line in css.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
        if line.ends_with(['{', '}', ';']) {
            lines.push(std::mem::take(&mut open));
        }
    }
    lines
}

/// Collapses white space outside of quotes; drops it around separators where it means nothing.
fn squeeze(text: &str, selector: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut gap = false;
    for c in text.chars() {
        if c == '"' {
            quoted = !quoted;
        }
        if !quoted && c.is_whitespace() {
            gap = true;
            continue;
        }
        let tight_before = c == ',' || c == ')' || (selector && matches!(c, '>' | '~'));
        let tight_after = out.ends_with([',', '(']) || (selector && out.ends_with(['>', '~']));
        if gap && !tight_before && !tight_after {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// `0.5rem` → `.5rem`.
fn short_numbers(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if c == '.' && out.ends_with('0') {
            let before = out[..out.len() - 1].chars().next_back();
            if before.is_none_or(|b| matches!(b, ' ' | ',' | '(' | '-' | '/')) {
                out.pop();
            }
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_matters() {
        let css = "@media (width < 40rem) and (hover: hover) {\n    .a > .b, .a .b {\n        inset: 0 0.5rem;\n        margin: calc(1px + 10.5px) -0.25em;\n        content: \"a , b\";\n    }\n}\n";
        assert_eq!(
            minify(css),
            "@media (width < 40rem) and (hover: hover){.a>.b,.a .b{inset:0 .5rem;margin:calc(1px + 10.5px) -.25em;content:\"a , b\"}}"
        );
    }
}

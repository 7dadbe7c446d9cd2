//! The class constants and the classes in the stylesheet are the same set.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use style::{class, icons};

/// Class names in the selectors of a minified stylesheet.
fn selectors(css: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // What stands before a `{` and after the last `{`, `}` or `;` is a selector or an at-rule.
    for (end, _) in css.match_indices('{') {
        let start = css[..end].rfind(['{', '}', ';']).map_or(0, |at| at + 1);
        let condition = &css[start..end];
        if condition.starts_with('@') {
            continue;
        }
        for part in condition.split('.').skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                names.insert(name);
            }
        }
    }
    names
}

#[test]
fn every_class_has_a_constant_and_a_rule() {
    let css = style::stylesheet();
    let in_css = selectors(&css);
    let in_rust: BTreeSet<String> = class::ALL.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(in_rust.len(), class::ALL.len(), "two constants name the same class");
    let without_constant: Vec<_> = in_css.difference(&in_rust).collect();
    let without_rule: Vec<_> = in_rust.difference(&in_css).collect();
    assert!(
        without_constant.is_empty() && without_rule.is_empty(),
        "classes without a constant: {without_constant:?}; constants without a rule: {without_rule:?}"
    );
}

#[test]
fn selectors_are_found() {
    let found = selectors("@layer a{.b>.c-d:hover,.e{width:.5rem}@media (width < 1.5rem){f.g{top:0}}}");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["b", "c-d", "e", "g"]);
}

#[test]
fn every_custom_property_used_is_defined() {
    let css = style::stylesheet();
    for part in css.split("var(--").skip(1) {
        let name = part.split([',', ')']).next().unwrap();
        // Set on the element by the view.
        if matches!(name, "hue" | "value") {
            continue;
        }
        assert!(css.contains(&format!("--{name}:")), "--{name} is used but never set");
    }
}

#[test]
fn icons_are_unique_and_in_the_sprite() {
    let names: BTreeSet<_> = icons::ALL.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), icons::ALL.len());
    let sprite = icons::sprite();
    for name in names {
        assert!(sprite.contains(&format!("id=\"{name}\"")), "{name}");
    }
}

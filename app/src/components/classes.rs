//! Several classes on one element.

/// Joins class constants: `classes(&[class::ICON, class::ICON_S])`. Empty ones are left out.
pub fn classes(names: &[&str]) -> String {
    let mut out = String::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(name);
    }
    out
}

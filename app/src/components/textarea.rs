//! What stands in a `textarea` at first.

/// Its content for `inner_html`. As a child, text would come with the marks that keep texts apart, and people would see them.
pub fn textarea_content(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::textarea_content;

    #[test]
    fn a_text_cannot_end_the_field() {
        assert_eq!(textarea_content("a</textarea>&lt;b"), "a&lt;/textarea>&amp;lt;b");
    }
}

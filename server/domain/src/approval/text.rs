//! Texts that people write: reasons, answers, comments.

use crate::Result;
use contract::approval::MAX_TEXT_CHARS;
use contract::{ErrorCode, PublicError};

/// The text without surrounding space and control characters; refused when it is too long.
pub(super) fn optional(text: &str, field: &str) -> Result<String> {
    let text = text.replace("\r\n", "\n");
    let kept: String = text.chars().filter(|it| !it.is_control() || *it == '\n').collect();
    let kept = kept.trim().to_owned();
    let chars = kept.chars().count();
    if chars > MAX_TEXT_CHARS {
        let detail = format!("The text has {chars} characters; {MAX_TEXT_CHARS} are possible.");
        return Err(PublicError::new(ErrorCode::Invalid, "Too long", detail, "Shorten it, then send it again.")
            .at(field)
            .into());
    }
    Ok(kept)
}

/// The same, and refused when nothing is left.
pub(super) fn required(text: &str, field: &str, next_step: &str) -> Result<String> {
    let kept = optional(text, field)?;
    if kept.is_empty() {
        let detail = "There is no text, and somebody else has to understand what is meant.";
        return Err(PublicError::new(ErrorCode::Invalid, "Some words are missing", detail, next_step).at(field).into());
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(optional("  a\r\nb\u{7}\u{1b}[0m ", "text").unwrap(), "a\nb[0m");
        assert_eq!(optional(" \n ", "text").unwrap(), "");
        assert!(optional(&"ü".repeat(MAX_TEXT_CHARS), "text").is_ok());
        assert!(optional(&"ü".repeat(MAX_TEXT_CHARS + 1), "text").is_err());
        assert!(required(" ", "text", "Write something.").is_err());
    }
}

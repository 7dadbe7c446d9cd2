//! What people write: plain text, shown as it is and never made into markup or links.

use crate::Result;
use crate::catalog::check::is_bidi;
use contract::review::{MAX_TEXT_CHARS, MAX_TITLE_CHARS, MIN_TEXT_CHARS};
use contract::{ErrorCode, PublicError};

/// Without control characters, without characters that change the direction of what follows (they could make a review read
/// as something else), without more than one empty line in a row.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter(|it| (!it.is_control() || *it == '\n') && !is_bidi(*it));
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0;
    for letter in kept {
        breaks = if letter == '\n' { breaks + 1 } else { 0 };
        if breaks <= 2 {
            out.push(letter);
        }
    }
    out.trim().to_owned()
}

fn bounded(text: String, field: &str, least: usize, most: usize) -> Result<String> {
    let chars = text.chars().count();
    let (title, next_step) = if chars > most {
        ("Too long", "Shorten it, then send it again.")
    } else if chars < least {
        ("Some words are missing", "Write a little more, then send it again.")
    } else {
        return Ok(text);
    };
    let detail = format!("There are {chars} characters; from {least} to {most} are possible.");
    Err(PublicError::new(ErrorCode::Invalid, title, detail, next_step).at(field).into())
}

/// One line.
pub(super) fn title(text: &str) -> Result<String> {
    let line: Vec<&str> = text.split_whitespace().collect();
    bounded(clean(&line.join(" ")), "title", 3, MAX_TITLE_CHARS)
}

/// The review itself.
pub(super) fn body(text: &str) -> Result<String> {
    bounded(clean(text), "text", MIN_TEXT_CHARS, MAX_TEXT_CHARS)
}

/// What must not be empty: an answer, the reason of a decision.
pub(super) fn required(text: &str, field: &str) -> Result<String> {
    bounded(clean(text), field, 3, MAX_TEXT_CHARS)
}

/// What may be empty.
pub(super) fn optional(text: &str, field: &str) -> Result<String> {
    bounded(clean(text), field, 0, MAX_TEXT_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_turns_text_around_is_taken_out() {
        assert_eq!(optional("  a\r\n\r\n\r\n\r\nb\u{7}\u{1b}[0m\u{202e}x\u{2066} ", "text").unwrap(), "a\n\nb[0mx");
        assert_eq!(title(" Good \n\t alerts\u{202e} ").unwrap(), "Good alerts");
    }

    #[test]
    fn lengths_are_bounded() {
        assert!(body(&"ü".repeat(MIN_TEXT_CHARS - 1)).is_err());
        assert!(body(&"ü".repeat(MIN_TEXT_CHARS)).is_ok());
        assert!(body(&"ü".repeat(MAX_TEXT_CHARS)).is_ok());
        assert!(body(&"ü".repeat(MAX_TEXT_CHARS + 1)).is_err());
        assert!(body(&"\u{202e}".repeat(MIN_TEXT_CHARS)).is_err(), "nothing is left");
        assert!(title("ab").is_err() && title(&"x".repeat(MAX_TITLE_CHARS + 1)).is_err());
        assert!(required(" \n ", "text").is_err());
        assert_eq!(optional("", "note").unwrap(), "");
    }
}

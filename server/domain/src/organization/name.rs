//! The name of an organization.

use crate::Result;
use contract::organization::MAX_ORGANIZATION_NAME;
use contract::{ErrorCode, PublicError};

/// A name as it is stored: one line, without spaces around it.
pub(super) fn parse(text: &str) -> Result<String> {
    let name = text.trim();
    let length = name.chars().count();
    if (1..=MAX_ORGANIZATION_NAME).contains(&length) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(PublicError::new(
        ErrorCode::Invalid,
        "This name can't be used",
        format!("A name has 1 to {MAX_ORGANIZATION_NAME} characters on one line; this one has {length}."),
        "Enter another name.",
    )
    .at("name")
    .into())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(parse("  Northwind Operations ").unwrap(), "Northwind Operations");
        for bad in ["", "   ", "a\nb", "a\0", &"x".repeat(81)] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}

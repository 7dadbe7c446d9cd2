//! The address of somebody who is invited.

use crate::Result;
use contract::organization::MAX_ADDRESS;
use contract::{ErrorCode, PublicError};

/// Whether nothing in it has a meaning in a mail's headers or in SMTP. Narrower than RFC 5321 on purpose: quoted local
/// parts, literals of IP addresses and other scripts are not needed to invite a colleague.
fn is_plain(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let local_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    (1..=64).contains(&local.len())
        && local.chars().all(local_part)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// An address in lower case, as it is stored and compared.
pub(super) fn parse(text: &str) -> Result<String> {
    let address = text.trim_matches(' ');
    if address.len() <= MAX_ADDRESS && is_plain(address) {
        return Ok(address.to_ascii_lowercase());
    }
    Err(PublicError::new(
        ErrorCode::Invalid,
        "This is not an e-mail address",
        format!("An invitation needs one address such as max@example.com, with at most {MAX_ADDRESS} characters."),
        "Correct the address, then invite again.",
    )
    .at("email")
    .into())
}

/// Whether two addresses are the same. Only ASCII letters are alike in both cases: folding more of them would take
/// lookalikes for the invited address.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        assert_eq!(parse(" Max+ops@Example.COM ").unwrap(), "max+ops@example.com");
        let long = format!("a@{}.example", "x".repeat(200));
        for bad in [
            "",
            "max",
            "max@",
            "@example.com",
            "max@localhost",
            "a@b@example.com",
            "max@example.com\r\nBcc: eve@evil.example",
            "max@example.com,eve@evil.example",
            "Max <max@example.com>",
            "\"max\"@example.com",
            "max@[127.0.0.1]",
            "max@-example.com",
            "max@example..com",
            ".max@example.com",
            "max@exämple.com",
            "max @example.com",
            long.as_str(),
        ] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn lookalikes_are_different() {
        assert!(same("Max@Example.com", "max@example.com"));
        assert!(!same("mike@example.com", "mi\u{212a}e@example.com"), "the Kelvin sign is not a k");
    }
}

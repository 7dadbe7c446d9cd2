//! Takes secrets out of whatever people may see: addresses that were tried, answers, messages.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use domain::ports::{ConnectionContext, Secrets};
use std::collections::BTreeSet;
use std::fmt;
use zeroize::Zeroizing;

/// What stands in place of a secret.
pub const MASK: &str = "[redacted]";
/// Shorter secrets are left alone: masking every `1` would make a text unreadable and hide nothing.
const MIN_LENGTH: usize = 4;
/// Shortest piece of base 64 that is recognised by itself.
const MIN_ENCODED: usize = 6;
/// Shortest part of a secret address that is masked by itself: `/hook` is not what makes it secret.
const MIN_ADDRESS_PART: usize = 8;
/// Part of a text that is looked at, in bytes; what follows is dropped.
const WINDOW: usize = 64 * 1024;

/// Knows the secrets of one connection, and how they look when they are encoded.
pub struct Redactor {
    /// Longest first, so that no form hides a part of another.
    forms: Vec<Zeroizing<String>>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(…)")
    }
}

impl Redactor {
    /// For everything secret in a connection.
    pub fn of(context: &ConnectionContext) -> Self {
        Self::new(&context.secrets, &[&context.webhook_secret])
    }

    /// For these secrets.
    pub fn new(secrets: &Secrets, more: &[&str]) -> Self {
        let mut forms = BTreeSet::new();
        for secret in secrets.0.values().map(|secret| secret.as_str()).chain(more.iter().copied()) {
            if secret.len() >= MIN_LENGTH {
                add_forms(secret, &mut forms);
                for part in parts_of_address(secret) {
                    add_forms(&part, &mut forms);
                }
            }
        }
        if let (Some(user), Some(password)) = (secrets.get("username"), secrets.get("password")) {
            add_forms(&format!("{user}:{password}"), &mut forms);
        }
        let mut forms: Vec<_> = forms.into_iter().map(Zeroizing::new).collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Self { forms }
    }

    /// The text with every secret masked.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in &self.forms {
            if text.contains(form.as_str()) {
                text = text.replace(form.as_str(), MASK);
            }
        }
        text
    }

    /// The start of an answer as text: redacted, without control characters, at most `limit` bytes and a mark.
    pub fn excerpt(&self, body: &[u8], limit: usize) -> String {
        let window = &body[..body.len().min(WINDOW)];
        let mut text = self.redact(&String::from_utf8_lossy(window));
        if window.len() < body.len() {
            // A secret cut in two by the window's end would not have been recognised. A cut character counts as three bytes.
            let tail = self.forms.first().map_or(0, |form| form.len()) + 3;
            let whole = text.len().saturating_sub(tail);
            cut(&mut text, whole);
        }
        let mut text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        if text.len() > limit {
            cut(&mut text, limit);
            text.push('…');
        }
        text
    }
}

/// Cuts at a character's border, at `limit` bytes or just before.
fn cut(text: &mut String, limit: usize) {
    if text.len() > limit {
        text.truncate((0..=limit).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0));
    }
}

fn add_forms(secret: &str, forms: &mut BTreeSet<String>) {
    let bytes = secret.as_bytes();
    let mut add = |form: String| {
        if form.len() >= MIN_LENGTH {
            forms.insert(form);
        }
    };
    add(secret.to_owned());
    for code in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        add(code.encode(bytes));
        for offset in 0..3 {
            let inside = inside_base64(&code, bytes, offset);
            if inside.len() >= MIN_ENCODED {
                add(inside);
            }
        }
    }
    for upper in [true, false] {
        // Everything; everything but `/`; what the parts of an address escape by themselves.
        add(percent(bytes, upper, |c| c.is_ascii_alphanumeric() || b"-._~".contains(&c)));
        add(percent(bytes, upper, |c| c.is_ascii_alphanumeric() || b"-._~/".contains(&c)));
        add(percent(bytes, upper, |c| c.is_ascii_graphic() && !b"\"<>`?#{}".contains(&c)));
        add(percent(bytes, upper, |c| c.is_ascii_graphic() && !b"\"<>#'".contains(&c)));
    }
    add(url::form_urlencoded::byte_serialize(bytes).collect());
    let json = serde_json::Value::from(secret).to_string();
    let json = &json[1..json.len() - 1];
    add(json.to_owned());
    add(json.replace('/', "\\/"));
    add(hex::encode(bytes));
}

/// Where the secret is itself an address (`https://hooks.example/T0/B1/xyz?sig=…`), templates and the URL parser may
/// change its beginning; what makes it secret are path and query.
fn parts_of_address(secret: &str) -> Vec<String> {
    let Some(url) = url::Url::parse(secret).ok().filter(url::Url::has_host) else { return Vec::new() };
    let mut parts = vec![url.to_string(), url.path().to_owned()];
    parts.extend(url.query().map(str::to_owned));
    parts.extend(url.query_pairs().map(|(_, value)| value.into_owned()));
    if let Some((_, rest)) = secret.split_once("://").and_then(|(_, rest)| rest.split_once('/')) {
        parts.extend(rest.split('?').map(str::to_owned));
    }
    parts.retain(|part| part.len() >= MIN_ADDRESS_PART);
    parts
}

/// How a secret looks inside the base 64 of a longer text, `offset` bytes (modulo 3) from its start: the characters that
/// depend on the secret alone.
fn inside_base64(code: &impl base64::Engine, secret: &[u8], offset: usize) -> String {
    let mut padded = vec![0; offset];
    padded.extend_from_slice(secret);
    let encoded = code.encode(&padded);
    let start = (offset * 8).div_ceil(6);
    let end = padded.len() * 8 / 6;
    encoded.get(start..end).unwrap_or_default().to_owned()
}

fn percent(bytes: &[u8], upper: bool, keep: impl Fn(u8) -> bool) -> String {
    bytes
        .iter()
        .map(|&byte| match (keep(byte), upper) {
            (true, _) => char::from(byte).to_string(),
            (false, true) => format!("%{byte:02X}"),
            (false, false) => format!("%{byte:02x}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    const KEY: &str = "s3cr3t/k+y ü&?\"x";

    fn redactor() -> Redactor {
        let mut secrets = Secrets::default();
        secrets.insert("api_key", KEY.to_owned());
        secrets.insert("username", "anna".to_owned());
        secrets.insert("password", "pw1".to_owned());
        secrets.insert("pin", "123".to_owned());
        Redactor::new(&secrets, &["webhook-secret"])
    }

    #[test]
    fn every_form_of_a_secret_is_masked() {
        let url = url::Url::parse_with_params(&format!("https://a.example/{KEY}"), [("k", KEY)]).unwrap();
        for shown in [
            KEY.to_owned(),
            STANDARD.encode(KEY),
            URL_SAFE_NO_PAD.encode(KEY),
            STANDARD.encode(format!("x:{KEY}")),
            STANDARD.encode(format!("xy:{KEY}:z")),
            STANDARD.encode(format!("xyz:{KEY}:zz")),
            serde_json::json!({ "echo": KEY }).to_string(),
            hex::encode(KEY),
            url.to_string(),
            "webhook-secret".to_owned(),
            STANDARD.encode("anna:pw1"),
        ] {
            let redacted = redactor().redact(&format!("before {shown} after"));
            assert!(redacted.contains(MASK), "{shown} → {redacted}");
            for rest in ["cr3t", "%2Fk", "Y3Iz", "nIzd", "zY3I", &hex::encode("cr3t")] {
                assert!(!redacted.contains(rest), "{shown} → {redacted}");
            }
        }
    }

    #[test]
    fn a_secret_address_is_masked_even_when_it_is_rewritten() {
        let mut secrets = Secrets::default();
        secrets.insert("url", "https://x.azure.com:443/flows/8d2/invoke?api-version=1&sig=aB_c%2Fd9-ef".to_owned());
        let redactor = Redactor::new(&secrets, &[]);
        for (shown, text) in [
            ("POST https://x.azure.com/flows/8d2/invoke?api-version=1&sig=aB_c%2Fd9-ef", "POST [redacted]"),
            ("POST https://y.azure.com/flows/8d2/invoke?more", "POST https://y.azure.com[redacted]?more"),
            ("https://x.azure.com/?sig=aB_c%2Fd9-ef", "https://x.azure.com/?sig=[redacted]"),
            ("the signature aB_c/d9-ef is", "the signature [redacted] is"),
        ] {
            assert_eq!(redactor.redact(shown), text);
        }
    }

    #[test]
    fn short_secrets_and_other_text_stay() {
        assert_eq!(redactor().redact("pin 123, pw1"), "pin 123, pw1");
        assert_eq!(format!("{:?}", redactor()), "Redactor(…)");
    }

    #[test]
    fn an_excerpt_never_shows_part_of_a_secret() {
        for filler in [2040, WINDOW - 8, WINDOW - 1] {
            let body = format!("{}{KEY}tail{}", "a".repeat(filler), "b".repeat(WINDOW));
            let text = redactor().excerpt(body.as_bytes(), WINDOW * 2);
            assert!(!text.contains("s3c"), "{filler}");
            assert!(redactor().excerpt(body.as_bytes(), 2048).len() <= 2048 + '…'.len_utf8());
        }
        assert_eq!(redactor().excerpt(b"a\x1b[31m\nb\xff", 100), "a[31m\nb\u{fffd}");
    }
}

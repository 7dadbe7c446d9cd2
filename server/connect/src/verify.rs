//! Whether an inbound call proves who sent it. Comparisons take the same time whatever the secret is.

use crate::variables;
use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use contract::Timestamp;
use contract::manifest::{SignatureEncoding, Verify, VerifyScheme};
use domain::ports::{ConnectionContext, Inbound};
use domain::template::Engine;
use hmac::{Hmac, Mac};
use serde_json::Map;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// User name of scheme `basic`.
const BASIC_USER: &str = "openconductor";
/// How far a Standard Webhooks timestamp may be from now, in milliseconds, in either direction.
const TOLERANCE_MS: u64 = 5 * 60 * 1000;
/// Signatures looked at: key rotation needs two.
const MAX_SIGNATURES: usize = 8;

/// With or without padding: vendors differ.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether the call holds the proof that `verify` asks for. An empty secret proves nothing.
pub(crate) fn holds(
    engine: &Engine,
    context: &ConnectionContext,
    verify: &Verify,
    inbound: &Inbound,
    now: Timestamp,
) -> bool {
    if verify.scheme == VerifyScheme::None {
        return true;
    }
    let Some(secret) = secret(engine, context, verify, now) else { return false };
    let secret = secret.as_str();
    match verify.scheme {
        VerifyScheme::None => true,
        VerifyScheme::Bearer => bearer(verify, inbound, secret),
        VerifyScheme::Basic => basic(verify, inbound, secret),
        VerifyScheme::HmacSha256 => hmac_sha256(verify, inbound, secret),
        VerifyScheme::StandardWebhooks => standard_webhooks(inbound, secret, now),
    }
}

fn secret(engine: &Engine, context: &ConnectionContext, verify: &Verify, now: Timestamp) -> Option<Zeroizing<String>> {
    let secret = match &verify.secret {
        None => context.webhook_secret.clone(),
        Some(template) => {
            let variables = variables::with_secrets(context, now, &Map::new());
            Zeroizing::new(engine.render(template, &variables).ok()?)
        }
    };
    (!secret.trim().is_empty()).then_some(secret)
}

fn header<'a>(inbound: &'a Inbound, name: &str) -> Option<&'a str> {
    inbound.headers.get(&name.to_ascii_lowercase()).map(|value| value.trim())
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// The rest after a prefix, which is compared without regard to case, as schemes of `Authorization` are.
fn after<'a>(value: &'a str, prefix: &str) -> Option<&'a str> {
    let start = value.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &value[prefix.len()..])
}

fn bearer(verify: &Verify, inbound: &Inbound, secret: &str) -> bool {
    let name = verify.header.as_deref().unwrap_or("Authorization");
    let usual = if name.eq_ignore_ascii_case("authorization") { "Bearer " } else { "" };
    let prefix = verify.prefix.as_deref().unwrap_or(usual);
    let given = header(inbound, name).and_then(|value| after(value, prefix));
    given.is_some_and(|given| same(given.trim().as_bytes(), secret.trim().as_bytes()))
}

fn basic(verify: &Verify, inbound: &Inbound, secret: &str) -> bool {
    let name = verify.header.as_deref().unwrap_or("Authorization");
    let given =
        header(inbound, name).and_then(|value| after(value, "Basic ")).and_then(|text| BASE64.decode(text.trim()).ok());
    given.is_some_and(|given| same(&given, format!("{BASIC_USER}:{secret}").as_bytes()))
}

fn hmac_sha256(verify: &Verify, inbound: &Inbound, secret: &str) -> bool {
    let Some(value) = verify.header.as_deref().and_then(|name| header(inbound, name)) else { return false };
    let prefix = verify.prefix.as_deref().unwrap_or_default();
    value.split(',').take(MAX_SIGNATURES).filter_map(|one| one.trim().strip_prefix(prefix)).any(|text| {
        let signature = match verify.encoding.unwrap_or(SignatureEncoding::Hex) {
            SignatureEncoding::Hex => hex::decode(text).ok(),
            SignatureEncoding::Base64 => BASE64.decode(text).ok(),
        };
        signature.is_some_and(|signature| signed(secret.as_bytes(), &[&inbound.body], &signature))
    })
}

/// Standard Webhooks, symmetric signatures (<https://github.com/standard-webhooks/standard-webhooks>).
fn standard_webhooks(inbound: &Inbound, secret: &str, now: Timestamp) -> bool {
    let get = |name| header(inbound, name);
    let (Some(id), Some(timestamp), Some(signatures)) =
        (get("webhook-id"), get("webhook-timestamp"), get("webhook-signature"))
    else {
        return false;
    };
    let Some(sent) = timestamp.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000)) else { return false };
    if now.0.abs_diff(sent) > TOLERANCE_MS {
        return false;
    }
    let Some(key) = signing_key(secret.trim()) else { return false };
    let parts: [&[u8]; 5] = [id.as_bytes(), b".", timestamp.as_bytes(), b".", &inbound.body];
    signatures
        .split_ascii_whitespace()
        .take(MAX_SIGNATURES)
        .filter_map(|one| one.strip_prefix("v1,"))
        .any(|text| BASE64.decode(text).is_ok_and(|signature| signed(&key, &parts, &signature)))
}

/// The key is the base 64 after `whsec_`. Without that prefix, a secret that is not base 64 is the key itself.
fn signing_key(secret: &str) -> Option<Zeroizing<Vec<u8>>> {
    let key = match secret.strip_prefix("whsec_") {
        Some(encoded) => BASE64.decode(encoded).ok()?,
        None => BASE64.decode(secret).unwrap_or_else(|_| secret.as_bytes().to_vec()),
    };
    (!key.is_empty()).then(|| Zeroizing::new(key))
}

/// Whether `signature` is the HMAC-SHA-256 of the parts; constant time.
fn signed(key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(signature).is_ok()
}

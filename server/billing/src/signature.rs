//! Signatures of notices: `Stripe-Signature: t=1700000000,v1=…`, an HMAC-SHA-256 of time and body
//! (<https://docs.stripe.com/webhooks/signature>).

use contract::Timestamp;
use domain::ports::NoticeRefusal;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How far the time may be from now, in milliseconds, in either direction.
const TOLERANCE_MS: u64 = 5 * 60 * 1000;
/// Signatures looked at: while a secret is replaced there are two.
const MAX_SIGNATURES: usize = 8;

/// Whether the body was signed with the secret just now. Comparison takes the same time whatever the secret is.
pub fn check(secret: &str, header: &str, body: &[u8], now: Timestamp) -> Result<(), NoticeRefusal> {
    let part =
        |name: &'static str| header.split(',').filter_map(move |it| it.trim().strip_prefix(name)?.strip_prefix('='));
    let time = part("t").next().ok_or(NoticeRefusal::NotSigned)?;
    let given = part("v1").take(MAX_SIGNATURES).filter_map(|text| hex::decode(text).ok());
    let signed = |signature: Vec<u8>| {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
        mac.update(time.as_bytes());
        mac.update(b".");
        mac.update(body);
        mac.verify_slice(&signature).is_ok()
    };
    // An empty secret proves nothing. The time counts only once it is known to be the processor's.
    if secret.is_empty() || !given.into_iter().any(signed) {
        return Err(NoticeRefusal::NotSigned);
    }
    let at = time.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000)).ok_or(NoticeRefusal::NotSigned)?;
    if now.0.abs_diff(at) > TOLERANCE_MS { Err(NoticeRefusal::Stale) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);
    const SECRET: &str = "whsec_test";
    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    /// Made with `openssl dgst -sha256 -hmac whsec_test` of `1700000000.{"id":"evt_1"}`.
    const GOOD: &str = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";

    fn header(time: &str, signature: &str) -> String {
        format!("t={time},v1={signature},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39")
    }

    #[test]
    fn a_signature_made_elsewhere_is_good() {
        assert_eq!(check(SECRET, &header("1700000000", GOOD), BODY, NOW), Ok(()));
        let two = format!("t=1700000000, v1={}, v1={GOOD}", "00".repeat(32));
        assert_eq!(check(SECRET, &two, BODY, NOW), Ok(()));
    }

    #[test]
    fn what_is_forged_is_refused() {
        let refused = |secret: &str, header: &str, body: &[u8]| check(secret, header, body, NOW);
        let good = header("1700000000", GOOD);
        assert_eq!(refused("whsec_other", &good, BODY), Err(NoticeRefusal::NotSigned));
        assert_eq!(refused(SECRET, &good, b"{}"), Err(NoticeRefusal::NotSigned));
        assert_eq!(refused("", &good, BODY), Err(NoticeRefusal::NotSigned));
        for header in
            ["", "t=1700000000", &format!("v1={GOOD}"), &header("1700000001", GOOD), &good.replace("v1=", "v0=")]
        {
            assert_eq!(refused(SECRET, header, BODY), Err(NoticeRefusal::NotSigned), "{header}");
        }
    }

    #[test]
    fn five_minutes_are_the_limit() {
        let at = |ms: i64| check(SECRET, &header("1700000000", GOOD), BODY, NOW.plus_ms(ms));
        assert_eq!(at(300_000), Ok(()));
        assert_eq!(at(-300_000), Ok(()));
        assert_eq!(at(300_001), Err(NoticeRefusal::Stale));
        assert_eq!(at(-300_001), Err(NoticeRefusal::Stale));
    }
}

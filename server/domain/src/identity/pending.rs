//! A sign-in under way: state, nonce, PKCE verifier and the browser that began it, each good for one use.

use super::session::sha256_hex;
use crate::ports::PendingSignIn;
use crate::{Result, Services};
use contract::{ErrorCode, PublicError};

/// Time to come back from the issuer.
const LIFETIME_MS: i64 = 10 * 60_000;

/// What a sign-in begins with.
#[derive(Clone, Debug)]
pub struct BeginSignIn {
    /// Key of the provider.
    pub provider: String,
    /// `state` as sent.
    pub state: String,
    /// Value of the cookie that binds the sign-in to this browser.
    pub browser: String,
    /// `nonce` as sent.
    pub nonce: String,
    /// PKCE verifier.
    pub pkce_verifier: String,
    /// Where to go afterwards.
    pub return_to: String,
}

/// Remembers a sign-in under way.
pub async fn begin_sign_in(services: &Services, begin: &BeginSignIn) -> Result<()> {
    let pending = PendingSignIn {
        state_hash: sha256_hex(&begin.state),
        browser_hash: sha256_hex(&begin.browser),
        provider: begin.provider.clone(),
        nonce: begin.nonce.clone(),
        pkce_verifier: begin.pkce_verifier.clone(),
        return_to: safe_return_to(&begin.return_to),
        expires_at: services.clock.now().plus_ms(LIFETIME_MS),
    };
    services.identities.begin_sign_in(&pending).await
}

/// Takes the sign-in that `state` belongs to. A state that is unknown, used, late, of another provider or of another
/// browser is refused, all with the same words.
pub async fn finish_sign_in(
    services: &Services,
    provider: &str,
    state: &str,
    browser: Option<&str>,
) -> Result<PendingSignIn> {
    let pending = services.identities.take_sign_in(&sha256_hex(state)).await?;
    let browser_hash = browser.map(sha256_hex);
    pending
        .filter(|pending| {
            pending.provider == provider
                && pending.expires_at > services.clock.now()
                && browser_hash.as_deref() == Some(pending.browser_hash.as_str())
        })
        .ok_or_else(|| {
            PublicError::new(
                ErrorCode::Invalid,
                "This sign-in can't be finished",
                "The answer from the sign-in service was used before, is too old, or belongs to another browser.",
                "Start again from the sign-in page.",
            )
            .into()
        })
}

/// The path to return to, if it is one of ours; the home page otherwise.
pub fn safe_return_to(path: &str) -> String {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && path.len() <= 2000;
    if ours { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::safe_return_to;

    #[test]
    fn only_our_own_paths_are_returned_to() {
        assert_eq!(safe_return_to("/integrations/slack?x=1"), "/integrations/slack?x=1");
        for bad in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\nSet-Cookie: x", "javascript:1"]
        {
            assert_eq!(safe_return_to(bad), "/", "{bad:?}");
        }
    }
}

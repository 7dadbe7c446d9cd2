//! The few cookies there are. None is readable by scripts.

use axum::http::header::{COOKIE, HeaderMap, HeaderValue};

/// Session cookie. The `__Host-` prefix binds it to this very host, and needs https.
pub const fn session_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// Binds a sign-in under way to the browser that began it.
pub const fn sign_in_name(https: bool) -> &'static str {
    if https { "__Host-sign-in" } else { "sign-in" }
}

/// Light or dark, when chosen.
pub const THEME: &str = "theme";

/// The value of a cookie.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A `Set-Cookie` value. `max_age` 0 deletes.
pub fn write(name: &str, value: &str, max_age_s: i64, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_right_cookie() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; session=abc; sessions=x"));
        assert_eq!(read(&headers, "session"), Some("abc"));
        assert_eq!(read(&headers, "b"), None);
    }
}

//! The issuers people sign in with: a TOML file.
//!
//! ```toml
//! [[issuer]]
//! key = "corporate"                     # part of the address /auth/corporate/callback
//! name = "Northwind SSO"                # text on the button
//! issuer = "https://login.example.com"
//! client_id = "marketplace"
//! client_secret = "…"                   # or left out for a public client
//!
//! [github]
//! client_id = "…"
//! client_secret = "…"
//! ```

use contract::account::SignInProvider;
use serde::Deserialize;
use std::path::Path;

/// An OpenID Connect issuer.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Part of the address, `^[a-z0-9-]+$`.
    pub key: String,
    /// Text on the button.
    pub name: String,
    /// The issuer's identifier; its discovery document is below it.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: Option<String>,
}

/// GitHub, which speaks OAuth 2 but not OpenID Connect.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GitHub {
    /// Our id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: String,
    /// Address of the web site; another one for GitHub Enterprise.
    #[serde(default = "github_web")]
    pub web_url: String,
    /// Address of the API.
    #[serde(default = "github_api")]
    pub api_url: String,
}

fn github_web() -> String {
    "https://github.com".to_owned()
}

fn github_api() -> String {
    "https://api.github.com".to_owned()
}

/// The whole file.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInConfig {
    /// OpenID Connect issuers.
    #[serde(default, rename = "issuer")]
    pub issuers: Vec<Issuer>,
    /// GitHub.
    pub github: Option<GitHub>,
}

impl std::fmt::Debug for SignInConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInConfig").field("providers", &self.providers()).finish()
    }
}

impl SignInConfig {
    /// Reads the file.
    pub fn load(path: &Path) -> Result<Self, String> {
        let place = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{place}: {error}"))?;
        let config: Self = toml::from_str(&text).map_err(|error| format!("{place}: {error}"))?;
        let good = |key: &str| {
            !key.is_empty()
                && key != "github"
                && key != "demo"
                && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        match config.issuers.iter().find(|issuer| !good(&issuer.key)) {
            Some(bad) => {
                Err(format!("{place}: the key {:?} may only have a-z, 0-9 and -, and not be github or demo", bad.key))
            }
            None => Ok(config),
        }
    }

    /// Whether nobody can sign in with it.
    pub fn is_empty(&self) -> bool {
        self.issuers.is_empty() && self.github.is_none()
    }

    /// The buttons on the sign-in page.
    pub fn providers(&self) -> Vec<SignInProvider> {
        let issuers = self.issuers.iter().map(|it| SignInProvider { key: it.key.clone(), name: it.name.clone() });
        let github = self.github.iter().map(|_| SignInProvider { key: "github".to_owned(), name: "GitHub".to_owned() });
        issuers.chain(github).collect()
    }
}

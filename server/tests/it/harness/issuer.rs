//! An OpenID Connect issuer of the test: it signs what the test wants it to say.

use super::browser::{Answer, Browser};
use super::upstream::{Reply, Upstream};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The issuer.
pub struct TestIssuer {
    /// The server behind it.
    pub upstream: Upstream,
    key: CoreEdDsaPrivateSigningKey,
}

/// The parameters that a browser was sent to an issuer with.
pub type Asked = BTreeMap<String, String>;

impl TestIssuer {
    /// Starts one; another `seed` is another key.
    pub async fn start(seed: u8) -> Self {
        let der = [&hex("302e020100300506032b657004220420")[..], &[seed; 32]].concat();
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
        let id = JsonWebKeyId::new("the-key".to_owned());
        let key = CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id)).unwrap();
        let upstream = Upstream::start().await;
        let document = json!({
            "issuer": upstream.url,
            "authorization_endpoint": format!("{}/authorize", upstream.url),
            "token_endpoint": format!("{}/token", upstream.url),
            "jwks_uri": format!("{}/jwks", upstream.url),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
        });
        upstream.answer("GET /.well-known/openid-configuration", Reply::with(200, &document.to_string()));
        let keys = json!({ "keys": [key.as_verification_key()] });
        upstream.answer("GET /jwks", Reply::with(200, &keys.to_string()));
        Self { upstream, key }
    }

    /// Its identifier.
    pub fn url(&self) -> &str {
        &self.upstream.url
    }

    /// Says this of whoever comes next.
    pub fn vouches(&self, asked: &Asked, claims: &Value) {
        self.upstream.answer("POST /token", self.signs(asked, claims));
    }

    /// An answer with a token that says this, beside what every token says.
    pub fn signs(&self, asked: &Asked, claims: &Value) -> Reply {
        let mut all = json!({
            "iss": self.url(), "aud": asked["client_id"], "nonce": asked["nonce"],
            "iat": 1_700_000_000, "exp": 4_000_000_000_u64,
        });
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let encode = |text: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
        let head = encode(json!({ "alg": "EdDSA", "kid": "the-key" }).to_string().as_bytes());
        let message = format!("{head}.{}", encode(all.to_string().as_bytes()));
        let signature = self.key.sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).unwrap();
        let token = format!("{message}.{}", encode(&signature));
        let answer = json!({ "access_token": "a", "token_type": "Bearer", "id_token": token });
        Reply::with(200, &answer.to_string())
    }

    /// Whether anybody brought a code.
    pub fn was_asked_for_tokens(&self) -> bool {
        self.upstream.seen().iter().any(|seen| seen.what == "POST /token")
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

impl Browser<'_> {
    /// Goes to an organization's issuer; gives what it is asked there.
    pub async fn goes_to_issuer(&mut self, organization: &str) -> Asked {
        let answer = self.post(&format!("/auth/{organization}/start"), &[("return_to", "/installed")]).await;
        let asked = answer.refreshes_to().query_pairs().into_owned().collect();
        self.keep_cookies(&answer);
        asked
    }

    /// Comes back from there.
    pub async fn comes_back(&mut self, organization: &str, asked: &Asked) -> Answer {
        let answer = self.get(&format!("/auth/{organization}/callback?code=c&state={}", asked["state"])).await;
        self.keep_cookies(&answer);
        answer
    }

    /// Signs in with an organization's issuer, which says this.
    pub async fn comes_in(&mut self, organization: &str, issuer: &TestIssuer, claims: &Value) -> Answer {
        let asked = self.goes_to_issuer(organization).await;
        issuer.vouches(&asked, claims);
        self.comes_back(organization, &asked).await
    }
}

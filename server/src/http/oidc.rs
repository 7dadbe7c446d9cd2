//! OpenID Connect: discovery, authorization code with PKCE, nonce, ID token verification.

use super::oidc_client::{Client, Http, MoreClaims};
use super::sign_in::SignInError;
use crate::sign_in_config::Issuer;
use domain::identity::BeginSignIn;
use domain::ports::{ExternalIdentity, PendingSignIn};
use domain::single_sign_on::Vouched;
use openidconnect::core::{CoreAuthenticationFlow, CoreGenderClaim, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, LoginHint, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, UserInfoClaims,
};
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Endpoints and keys of an issuer are asked for anew after this long, so that rotated keys are found.
const METADATA_AGE: Duration = Duration::from_mins(10);

/// One issuer.
pub struct Oidc {
    config: Issuer,
    metadata: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// What came back from the issuer.
pub struct Exchange {
    /// Authorization code.
    pub code: String,
    /// `iss` (RFC 9207), where the issuer sends it.
    pub issuer: Option<String>,
    /// Our callback address.
    pub callback: String,
}

impl Oidc {
    /// Nothing is asked yet.
    pub fn new(config: Issuer) -> Self {
        Self { config, metadata: Mutex::new(None) }
    }

    /// Part of the address.
    pub fn key(&self) -> &str {
        &self.config.key
    }

    async fn metadata(&self, http: &Http) -> Result<CoreProviderMetadata, SignInError> {
        let mut kept = self.metadata.lock().await;
        if let Some((at, metadata)) = kept.as_ref()
            && at.elapsed() < METADATA_AGE
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.config.issuer.clone()).map_err(SignInError::failed)?;
        let found = CoreProviderMetadata::discover_async(issuer, http).await.map_err(SignInError::failed)?;
        *kept = Some((Instant::now(), found.clone()));
        Ok(found)
    }

    async fn client(&self, http: &Http, callback: &str) -> Result<Client, SignInError> {
        let secret = self.config.client_secret.clone().map(ClientSecret::new);
        let id = ClientId::new(self.config.client_id.clone());
        let redirect = RedirectUrl::new(callback.to_owned()).map_err(SignInError::failed)?;
        Ok(Client::from_provider_metadata(self.metadata(http).await?, id, secret).set_redirect_uri(redirect))
    }

    /// The issuer's page to send the browser to.
    pub async fn authorize_url(
        &self,
        http: &Http,
        callback: &str,
        begin: &BeginSignIn,
        address: Option<&str>,
    ) -> Result<String, SignInError> {
        let client = self.client(http, callback).await?;
        let verifier = PkceCodeVerifier::new(begin.pkce_verifier.clone());
        let (state, nonce) = (begin.state.clone(), begin.nonce.clone());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if let Some(address) = address {
            request = request.set_login_hint(LoginHint::new(address.to_owned()));
        }
        let (url, ..) = request.url();
        Ok(url.into())
    }

    /// The person the issuer vouches for, with their groups, which the claim `groups` names.
    pub async fn identity(
        &self,
        http: &Http,
        exchange: Exchange,
        pending: &PendingSignIn,
        groups: Option<&str>,
    ) -> Result<Vouched, SignInError> {
        if exchange.issuer.is_some_and(|issuer| issuer != self.config.issuer) {
            return Err(SignInError::failed("the answer names another issuer"));
        }
        let client = self.client(http, &exchange.callback).await?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(exchange.code))
            .map_err(SignInError::failed)?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.pkce_verifier.clone()))
            .request_async(http)
            .await
            .map_err(SignInError::failed)?;
        let token = tokens.id_token().ok_or_else(|| SignInError::failed("the issuer sent no ID token"))?;
        let nonce = Nonce::new(pending.nonce.clone());
        let claims = token.claims(&client.id_token_verifier(), &nonce).map_err(SignInError::failed)?;
        let mut person = Person {
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified().unwrap_or_default(),
            name: claims.name().and_then(|names| names.get(None)).map(|name| name.to_string()),
            handle: claims.preferred_username().map(|name| name.to_string()),
        };
        let claim = |more: &MoreClaims| groups.and_then(|name| more.0.get(name).cloned());
        let mut found: Option<Value> = claim(claims.additional_claims());
        // With the code flow issuers may keep the profile for the userinfo endpoint (OpenID Connect Core, 5.4).
        if person.email.is_none() || person.name.is_none() || (groups.is_some() && found.is_none()) {
            let subject = Some(claims.subject().clone());
            if let Ok(request) = client.user_info(tokens.access_token().clone(), subject) {
                let info: UserInfoClaims<MoreClaims, CoreGenderClaim> =
                    request.request_async(http).await.map_err(SignInError::failed)?;
                if person.email.is_none() {
                    person.email = info.email().map(|email| email.to_string());
                    person.email_verified = info.email_verified().unwrap_or_default();
                }
                let name = info.name().and_then(|names| names.get(None)).map(|name| name.to_string());
                person.name = person.name.or(name);
                person.handle = person.handle.or_else(|| info.preferred_username().map(|name| name.to_string()));
                found = found.or_else(|| claim(info.additional_claims()));
            }
        }
        let identity = person.identity(self.config.issuer.clone(), claims.subject().to_string());
        Ok(Vouched { identity, groups: found })
    }
}

/// What an issuer says about a person, in the ID token or at the userinfo endpoint.
struct Person {
    email: Option<String>,
    email_verified: bool,
    name: Option<String>,
    handle: Option<String>,
}

impl Person {
    fn identity(self, issuer: String, subject: String) -> ExternalIdentity {
        let email = self.email.unwrap_or_default();
        let local = email.split('@').next().unwrap_or_default().to_owned();
        let name = [self.name, self.handle, Some(local)].into_iter().flatten().find(|name| !name.trim().is_empty());
        ExternalIdentity {
            issuer,
            subject,
            name: name.unwrap_or_else(|| "Somebody".to_owned()),
            email_verified: self.email_verified && !email.is_empty(),
            email,
        }
    }
}

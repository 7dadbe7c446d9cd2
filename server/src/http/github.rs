//! GitHub: OAuth 2 with PKCE, then its API says who it is.

use super::sign_in::SignInError;
use crate::sign_in_config::GitHub;
use domain::identity::BeginSignIn;
use domain::ports::{ExternalIdentity, PendingSignIn};
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, TokenUrl,
};
use serde::Deserialize;

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

fn client(config: &GitHub, callback: &str) -> Result<Client, SignInError> {
    let authorize = AuthUrl::new(format!("{}/login/oauth/authorize", config.web_url)).map_err(SignInError::failed)?;
    let token = TokenUrl::new(format!("{}/login/oauth/access_token", config.web_url)).map_err(SignInError::failed)?;
    let redirect = RedirectUrl::new(callback.to_owned()).map_err(SignInError::failed)?;
    Ok(BasicClient::new(ClientId::new(config.client_id.clone()))
        .set_client_secret(ClientSecret::new(config.client_secret.clone()))
        .set_auth_uri(authorize)
        .set_token_uri(token)
        .set_redirect_uri(redirect))
}

/// GitHub's page to send the browser to.
pub fn authorize_url(config: &GitHub, callback: &str, begin: &BeginSignIn) -> Result<String, SignInError> {
    let verifier = PkceCodeVerifier::new(begin.pkce_verifier.clone());
    let state = begin.state.clone();
    let (url, _) = client(config, callback)?
        .authorize_url(|| CsrfToken::new(state))
        .add_scope(Scope::new("read:user".to_owned()))
        .add_scope(Scope::new("user:email".to_owned()))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .url();
    Ok(url.into())
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Email {
    #[serde(rename = "email")]
    address: String,
    primary: bool,
    verified: bool,
}

/// The person GitHub vouches for, with their primary, verified address.
pub async fn identity(
    config: &GitHub,
    http: &reqwest::Client,
    code: String,
    callback: &str,
    pending: &PendingSignIn,
) -> Result<ExternalIdentity, SignInError> {
    let tokens = client(config, callback)?
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(PkceCodeVerifier::new(pending.pkce_verifier.clone()))
        .request_async(http)
        .await
        .map_err(SignInError::failed)?;
    let token = tokens.access_token().secret();
    let user: User = get(config, http, "/user", token).await?;
    let emails: Vec<Email> = get(config, http, "/user/emails", token).await?;
    let email = emails.into_iter().find(|it| it.primary && it.verified).map(|it| it.address).unwrap_or_default();
    Ok(ExternalIdentity {
        issuer: config.web_url.clone(),
        subject: user.id.to_string(),
        name: user.name.filter(|name| !name.trim().is_empty()).unwrap_or(user.login),
        email_verified: !email.is_empty(),
        email,
    })
}

async fn get<T: serde::de::DeserializeOwned>(
    config: &GitHub,
    http: &reqwest::Client,
    path: &str,
    token: &str,
) -> Result<T, SignInError> {
    http.get(format!("{}{path}", config.api_url))
        .bearer_auth(token)
        .header("accept", "application/vnd.github+json")
        .header("user-agent", "openconductor-marketplace")
        .send()
        .await
        .and_then(reqwest::Response::error_for_status)
        .map_err(SignInError::failed)?
        .json()
        .await
        .map_err(SignInError::failed)
}

//! Signing in with an issuer: `/auth/{provider}/start` sends the browser there, `/auth/{provider}/callback` takes it back.

use super::cookies;
use super::github;
use super::limits::FailedSignIn;
use super::oidc::{self, Oidc};
use super::problem::Problem;
use super::session::signed_in;
use crate::AppState;
use crate::sign_in_config::{GitHub, SignInConfig};
use app::context::TraceId;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use contract::PublicError;
use contract::account::SignInProvider;
use domain::Origin;
use domain::identity::{self, BeginSignIn};
use domain::ports::{ExternalIdentity, PendingSignIn};
use serde::Deserialize;
use std::time::Duration;

/// An issuer has this long to answer.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Lifetime of the cookie that binds a sign-in to its browser.
const BROWSER_AGE_S: i64 = 600;

/// Why a sign-in did not happen: a code that the sign-in page explains. The cause is in the log.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The person or the issuer refused.
    #[error("the issuer refused: {0}")]
    Denied(String),
    /// The issuer could not be used.
    #[error("{0}")]
    Failed(String),
}

impl SignInError {
    /// Wraps a cause.
    pub fn failed(cause: impl std::fmt::Display) -> Self {
        Self::Failed(cause.to_string())
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Denied(_) => "denied",
            Self::Failed(_) => "failed",
        }
    }
}

/// The configured ways to sign in.
pub struct SignIn {
    issuers: Vec<Oidc>,
    github: Option<GitHub>,
    providers: Vec<SignInProvider>,
    http: reqwest::Client,
    public_url: String,
}

enum Provider<'a> {
    Oidc(&'a Oidc),
    GitHub(&'a GitHub),
}

impl SignIn {
    /// Prepares the providers. Issuers are asked for their endpoints when somebody first uses them.
    pub fn new(config: SignInConfig, public_url: &str) -> Result<Self, String> {
        // Redirects are never followed: an issuer that redirects its token endpoint is misconfigured or hostile.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIME_LIMIT)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            providers: config.providers(),
            issuers: config.issuers.into_iter().map(Oidc::new).collect(),
            github: config.github,
            http,
            public_url: public_url.to_owned(),
        })
    }

    /// The buttons on the sign-in page.
    pub fn providers(&self) -> Vec<SignInProvider> {
        self.providers.clone()
    }

    fn find(&self, key: &str) -> Option<Provider<'_>> {
        let issuer = self.issuers.iter().find(|issuer| issuer.key() == key).map(Provider::Oidc);
        issuer.or_else(|| self.github.as_ref().filter(|_| key == "github").map(Provider::GitHub))
    }

    fn callback_url(&self, key: &str) -> String {
        format!("{}/auth/{key}/callback", self.public_url)
    }
}

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct StartForm {
    #[serde(default)]
    return_to: String,
}

fn back(code: &str, return_to: &str) -> Response<Body> {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("error", code)
        .append_pair("return_to", &identity::safe_return_to(return_to))
        .finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}

/// The same for somebody who came back without what they should have brought: it counts as a failed try to get in.
fn not_in(code: &str, return_to: &str) -> Response<Body> {
    let mut response = back(code, return_to);
    response.extensions_mut().insert(FailedSignIn);
    response
}

fn unknown() -> Response<Body> {
    Problem(PublicError::not_found("sign-in service of this name")).into_response()
}

/// Sends the browser to the issuer. Not by a redirect: `form-action 'self'` forbids a form's answer to lead to another site,
/// and naming every issuer's address in the policy would need their discovery documents for each page.
fn leave(address: &str) -> Response<Body> {
    let link = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><title>Signing in</title><p>Taking you to the sign-in service. \
         <a href=\"{link}\">Go on</a> if nothing happens.</p></html>"
    );
    let mut response = axum::response::Html(page).into_response();
    if let Ok(refresh) = HeaderValue::from_str(&format!("0; url={address}")) {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Begins: remembers state, nonce and verifier, binds them to this browser, and sends it to the issuer.
pub async fn start(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(key): Path<String>,
    Form(form): Form<StartForm>,
) -> Response<Body> {
    let Some(provider) = state.sign_in.find(&key) else { return unknown() };
    let ids = &state.services.ids;
    let begin = BeginSignIn {
        provider: key.clone(),
        state: ids.secret(),
        browser: ids.secret(),
        nonce: ids.secret(),
        pkce_verifier: ids.secret(),
        return_to: form.return_to.clone(),
    };
    let callback = state.sign_in.callback_url(&key);
    let address = match provider {
        Provider::Oidc(issuer) => issuer.authorize_url(&state.sign_in.http, &callback, &begin).await,
        Provider::GitHub(config) => github::authorize_url(config, &callback, &begin),
    };
    let address = match address {
        Ok(address) => address,
        Err(error) => {
            tracing::warn!(trace_id = trace.0, provider = key, %error, "sign-in could not begin");
            return back(error.code(), &form.return_to);
        }
    };
    if let Err(error) = identity::begin_sign_in(&state.services, &begin).await {
        return Problem::of(error, &trace.0).into_response();
    }
    let mut response = leave(&address);
    let https = state.is_https();
    if let Some(cookie) = cookies::write(cookies::sign_in_name(https), &begin.browser, BROWSER_AGE_S, https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What the issuer sends back.
#[derive(Debug, Deserialize)]
pub struct Callback {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Finishes: one use of the state, the code for tokens, the tokens for a person.
pub async fn callback(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(key): Path<String>,
    Query(answer): Query<Callback>,
    Extension(origin): Extension<Origin>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(provider) = state.sign_in.find(&key) else { return unknown() };
    let browser = cookies::read(&headers, cookies::sign_in_name(state.is_https()));
    let sent = answer.state.as_deref().unwrap_or_default();
    let pending = match identity::finish_sign_in(&state.services, &key, sent, browser).await {
        Ok(pending) => pending,
        Err(domain::Error::Public(_)) => return not_in("expired", "/"),
        Err(error) => return Problem::of(error, &trace.0).into_response(),
    };
    let previous = cookies::read(&headers, cookies::session_name(state.is_https()));
    match who(&state.sign_in, &provider, &key, answer, &pending).await {
        Ok(person) => match identity::sign_in(&state.services, &person, &origin, previous).await {
            Ok(token) => signed_in(&state, &token, &pending.return_to),
            Err(error) => Problem::of(error, &trace.0).into_response(),
        },
        Err(error) => {
            tracing::warn!(trace_id = trace.0, provider = key, %error, "sign-in failed");
            match error {
                // Changing one's mind is no guess.
                SignInError::Denied(_) => back(error.code(), &pending.return_to),
                SignInError::Failed(_) => not_in(error.code(), &pending.return_to),
            }
        }
    }
}

async fn who(
    sign_in: &SignIn,
    provider: &Provider<'_>,
    key: &str,
    answer: Callback,
    pending: &PendingSignIn,
) -> Result<ExternalIdentity, SignInError> {
    if let Some(error) = answer.error {
        return Err(SignInError::Denied(error));
    }
    let code = answer.code.ok_or_else(|| SignInError::failed("the issuer sent no code"))?;
    let callback = sign_in.callback_url(key);
    match provider {
        Provider::Oidc(issuer) => {
            let exchange = oidc::Exchange { code, issuer: answer.iss, callback };
            issuer.identity(&sign_in.http, exchange, pending).await
        }
        Provider::GitHub(config) => github::identity(config, &sign_in.http, code, &callback, pending).await,
    }
}

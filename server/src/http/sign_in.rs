//! Signing in with an issuer: `/auth/{provider}/start` sends the browser there, `/auth/{provider}/callback` takes it back.
//! An organization's own issuer is one whose key is the organization's id; `/auth/organization` finds it by address. Each
//! issuer has a callback of its own, so that an answer of one is never taken for that of another (RFC 9700, 4.4.2).

use super::cookies;
use super::github;
use super::leave::leave;
use super::limits::FailedSignIn;
use super::oidc::{self, Oidc};
use super::oidc_client::Http;
use super::problem::Problem;
use super::session::signed_in;
use crate::AppState;
use crate::sign_in_config::{GitHub, Issuer, SignInConfig};
use app::context::TraceId;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, header};
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use contract::PublicError;
use contract::account::SignInProvider;
use domain::identity::{self, BeginSignIn};
use domain::ports::PendingSignIn;
use domain::single_sign_on::{self, Refused, Relying, Vouched};
use domain::{Origin, Services};
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
    /// The organization does not let them in.
    #[error(transparent)]
    Refused(Refused),
    /// Their organizations only let people in with their own sign-in.
    #[error("only the organization's own sign-in lets them in")]
    Elsewhere,
}

impl SignInError {
    /// Wraps a cause.
    pub fn failed(cause: impl std::fmt::Display) -> Self {
        Self::Failed(cause.to_string())
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Denied(_) => "denied",
            Self::Failed(_) | Self::Refused(Refused::Failed(_)) => "failed",
            Self::Refused(Refused::Unverified) => "email",
            Self::Refused(Refused::Domain) => "domain",
            Self::Refused(Refused::Role) => "role",
            Self::Refused(Refused::Gone) => "expired",
            Self::Elsewhere => "required",
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
    /// An organization's own.
    Organization(Box<Oidc>, Relying),
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

    async fn find(&self, services: &Services, key: &str) -> domain::Result<Option<Provider<'_>>> {
        let issuer = self.issuers.iter().find(|issuer| issuer.key() == key).map(Provider::Oidc);
        let known = issuer.or_else(|| self.github.as_ref().filter(|_| key == "github").map(Provider::GitHub));
        if known.is_some() {
            return Ok(known);
        }
        let Some(relying) = single_sign_on::relying(services, key).await? else { return Ok(None) };
        let issuer = Issuer {
            key: key.to_owned(),
            name: String::new(),
            issuer: relying.issuer.clone(),
            client_id: relying.client_id.clone(),
            client_secret: relying.client_secret.as_ref().map(|secret| secret.to_string()),
        };
        Ok(Some(Provider::Organization(Box::new(Oidc::new(issuer)), relying)))
    }

    /// The way to an issuer that the operator configured.
    fn direct(&self) -> Http {
        Http::Direct(self.http.clone())
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

/// The way to an organization's own issuer.
fn guarded(services: &Services, relying: &Relying) -> Http {
    Http::Guarded(services.outbound.clone(), relying.organization.clone())
}

/// Begins with a provider.
pub async fn start(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Path(key): Path<String>,
    Form(form): Form<StartForm>,
) -> Response<Body> {
    go(&state, &trace, &key, &form.return_to, None).await
}

/// Whose organization's sign-in to use.
#[derive(Debug, Deserialize)]
pub struct OrganizationForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    return_to: String,
}

/// Begins with the organization whose domain an address is in. Tells nothing of the person with this address.
pub async fn organization(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Form(form): Form<OrganizationForm>,
) -> Response<Body> {
    match single_sign_on::by_address(&state.services, &form.email).await {
        Ok(Some(found)) => go(&state, &trace, found.as_str(), &form.return_to, Some(form.email.trim())).await,
        Ok(None) => back("unknown", &form.return_to),
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

/// Remembers state, nonce and verifier, binds them to this browser, and sends it to the issuer.
async fn go(state: &AppState, trace: &TraceId, key: &str, return_to: &str, address: Option<&str>) -> Response<Body> {
    let provider = match state.sign_in.find(&state.services, key).await {
        Ok(Some(provider)) => provider,
        Ok(None) => return unknown(),
        Err(error) => return Problem::of(error, &trace.0).into_response(),
    };
    let ids = &state.services.ids;
    let begin = BeginSignIn {
        provider: key.to_owned(),
        state: ids.secret(),
        browser: ids.secret(),
        nonce: ids.secret(),
        pkce_verifier: ids.secret(),
        return_to: return_to.to_owned(),
    };
    let callback = state.sign_in.callback_url(key);
    let issuers_page = match &provider {
        Provider::Oidc(issuer) => issuer.authorize_url(&state.sign_in.direct(), &callback, &begin, address).await,
        Provider::GitHub(config) => github::authorize_url(config, &callback, &begin),
        Provider::Organization(issuer, relying) => {
            let http = guarded(&state.services, relying);
            issuer.authorize_url(&http, &callback, &begin, address).await
        }
    };
    let issuers_page = match issuers_page {
        Ok(issuers_page) => issuers_page,
        Err(error) => {
            tracing::warn!(trace_id = trace.0, provider = key, %error, "sign-in could not begin");
            return back(error.code(), return_to);
        }
    };
    if let Err(error) = identity::begin_sign_in(&state.services, &begin).await {
        return Problem::of(error, &trace.0).into_response();
    }
    let mut response = leave(&issuers_page, "Signing in", "Taking you to the sign-in service.");
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
    let provider = match state.sign_in.find(&state.services, &key).await {
        Ok(Some(provider)) => provider,
        Ok(None) => return unknown(),
        Err(error) => return Problem::of(error, &trace.0).into_response(),
    };
    let browser = cookies::read(&headers, cookies::sign_in_name(state.is_https()));
    let sent = answer.state.as_deref().unwrap_or_default();
    let pending = match identity::finish_sign_in(&state.services, &key, sent, browser).await {
        Ok(pending) => pending,
        Err(domain::Error::Public(_)) => return not_in("expired", "/"),
        Err(error) => return Problem::of(error, &trace.0).into_response(),
    };
    let previous = cookies::read(&headers, cookies::session_name(state.is_https()));
    let token = match who(&state, &provider, &key, answer, &pending).await {
        Ok(vouched) => enter(&state.services, &provider, &vouched, &origin, previous).await,
        Err(error) => Err(error),
    };
    match token {
        Ok(token) => signed_in(&state, &token, &pending.return_to),
        Err(SignInError::Refused(Refused::Failed(error))) => Problem::of(error, &trace.0).into_response(),
        Err(error) => {
            tracing::warn!(trace_id = trace.0, provider = key, %error, "sign-in failed");
            match error {
                SignInError::Failed(_) => not_in(error.code(), &pending.return_to),
                // Changing one's mind is no guess, nor is being somebody who may not come in.
                _ => back(error.code(), &pending.return_to),
            }
        }
    }
}

/// Begins the session of whom the provider vouches for.
async fn enter(
    services: &Services,
    provider: &Provider<'_>,
    vouched: &Vouched,
    origin: &Origin,
    previous: Option<&str>,
) -> Result<String, SignInError> {
    if let Provider::Organization(_, relying) = provider {
        let arrived = single_sign_on::arrive(services, &relying.organization, vouched, origin, previous).await;
        return arrived.map_err(SignInError::Refused);
    }
    match identity::sign_in(services, &vouched.identity, origin, previous).await {
        Err(domain::Error::Public(_)) => Err(SignInError::Elsewhere),
        other => other.map_err(|error| SignInError::Refused(Refused::Failed(error))),
    }
}

async fn who(
    state: &AppState,
    provider: &Provider<'_>,
    key: &str,
    answer: Callback,
    pending: &PendingSignIn,
) -> Result<Vouched, SignInError> {
    if let Some(error) = answer.error {
        return Err(SignInError::Denied(error));
    }
    let code = answer.code.ok_or_else(|| SignInError::failed("the issuer sent no code"))?;
    let callback = state.sign_in.callback_url(key);
    let exchange = |code, callback| oidc::Exchange { code, issuer: answer.iss, callback };
    match provider {
        Provider::Oidc(issuer) => {
            issuer.identity(&state.sign_in.direct(), exchange(code, callback), pending, None).await
        }
        Provider::Organization(issuer, relying) => {
            let http = guarded(&state.services, relying);
            issuer.identity(&http, exchange(code, callback), pending, Some(&relying.groups_claim)).await
        }
        Provider::GitHub(config) => {
            let identity = github::identity(config, &state.sign_in.http, code, &callback, pending).await?;
            Ok(Vouched { identity, groups: None })
        }
    }
}

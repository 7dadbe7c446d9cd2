//! The organization's own sign-in.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::single_sign_on::{GroupRole, SignInSettings};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Page of the settings.
#[cfg(feature = "ssr")]
const PAGE: &str = "/settings/sign-in";

/// The organization's sign-in.
#[server(name = FetchSignIn, prefix = "/api/fn", endpoint = "organization_sign_in", input = GetUrl, output = Text)]
pub async fn organization_sign_in() -> Result<SignInSettings, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::settings(&services(), &actor()).await)
}

/// Connects an issuer, or changes the one that is connected.
#[server(prefix = "/api/fn", endpoint = "save_issuer", output = Text)]
pub async fn save_issuer(issuer: String, client_id: String, client_secret: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let new = domain::single_sign_on::NewIssuer { issuer, client_id, client_secret: client_secret.into() };
    answer(domain::single_sign_on::save_issuer(&services(), &actor(), &new).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Decides which group has which role. `otherwise` is empty where nobody else may come in.
#[server(prefix = "/api/fn", endpoint = "save_group_roles", output = Text)]
pub async fn save_group_roles(
    claim: String,
    otherwise: String,
    #[server(default)] roles: Vec<GroupRole>,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::save_roles(&services(), &actor(), &claim, &roles, &otherwise).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Removes the issuer.
#[server(prefix = "/api/fn", endpoint = "remove_issuer", output = Text)]
pub async fn remove_issuer() -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::remove_issuer(&services(), &actor()).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Requires it from everybody, or stops to.
#[server(prefix = "/api/fn", endpoint = "require_issuer", output = Text)]
pub async fn require_issuer(required: bool) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::require(&services(), &actor(), required).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Claims a domain.
#[server(prefix = "/api/fn", endpoint = "add_domain", output = Text)]
pub async fn add_domain(domain: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::add_domain(&services(), &actor(), &domain).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Looks for the proof that a domain is the organization's.
#[server(prefix = "/api/fn", endpoint = "verify_domain", output = Text)]
pub async fn verify_domain(domain: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::verify_domain(&services(), &actor(), &domain).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Gives up a domain.
#[server(prefix = "/api/fn", endpoint = "remove_domain", output = Text)]
pub async fn remove_domain(domain: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::single_sign_on::remove_domain(&services(), &actor(), &domain).await)?;
    leptos_axum::redirect(PAGE);
    Ok(())
}

/// Asks for the organization's sign-in.
pub fn ask_sign_in() -> Ask {
    read!("organization_sign_in".to_owned(), organization_sign_in())
}

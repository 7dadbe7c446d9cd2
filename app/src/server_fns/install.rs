//! The wizard's steps.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::install::{CallReport, WizardView};
use contract::{InstallationId, ListingId};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;
use std::collections::HashMap;

/// Address of a step.
#[cfg(feature = "ssr")]
fn step(listing: &ListingId, installation: &InstallationId, step: &str) -> String {
    format!("/integrations/{listing}/install?installation={installation}&step={step}")
}

/// Everything the wizard shows; nothing where there is no such listing or installation.
#[server(prefix = "/api/fn", endpoint = "wizard", input = GetUrl, output = Text)]
pub async fn wizard(listing: ListingId, installation: Option<InstallationId>) -> Result<Option<WizardView>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::connection::wizard(&services(), &actor(), &listing, installation.as_ref()).await)
}

/// Review is confirmed: go on to Connect.
#[server(prefix = "/api/fn", endpoint = "begin_install", output = Text)]
pub async fn begin_install(listing: ListingId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let services = services();
    let installation = answer(domain::connection::begin(&services, &actor(), &listing).await)?;
    leptos_axum::redirect(&step(&listing, &installation, "connect"));
    Ok(())
}

/// The form is filled in: keep it, and go on to Test when it is complete.
#[server(prefix = "/api/fn", endpoint = "save_connection", output = Text)]
pub async fn save_connection(
    listing: ListingId,
    installation: InstallationId,
    #[server(default)] fields: HashMap<String, String>,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let input = fields.into_iter().collect();
    answer(domain::connection::save(&services(), &actor(), &installation, &input).await)?;
    leptos_axum::redirect(&step(&listing, &installation, "test"));
    Ok(())
}

/// Runs the connection test and shows what came of it.
#[server(prefix = "/api/fn", endpoint = "test_connection", output = Text)]
pub async fn test_connection(listing: ListingId, installation: InstallationId) -> Result<CallReport, Problem> {
    use crate::context::{actor, answer, services};
    let report = answer(domain::connection::test(&services(), &actor(), &installation).await)?;
    leptos_axum::redirect(&step(&listing, &installation, "test"));
    Ok(report)
}

/// Proves a capability now.
#[server(prefix = "/api/fn", endpoint = "prove_connection", output = Text)]
pub async fn prove_connection(
    listing: ListingId,
    installation: InstallationId,
    capability: String,
) -> Result<CallReport, Problem> {
    use crate::context::{actor, answer, services};
    let report = answer(domain::connection::prove(&services(), &actor(), &installation, &capability).await)?;
    leptos_axum::redirect(&step(&listing, &installation, "prove"));
    Ok(report)
}

/// Asks for what the wizard shows.
pub fn ask_wizard(listing: ListingId, installation: Option<InstallationId>) -> Ask {
    let mut query = vec![("listing", listing.as_str())];
    query.extend(installation.as_ref().map(|id| ("installation", id.as_str())));
    read!(address("wizard", &query), wizard(listing, installation))
}

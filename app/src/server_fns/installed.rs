//! What is installed.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::InstallationId;
use contract::install::{InstallationCard, InstallationDetail};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// The organization's installations.
#[server(prefix = "/api/fn", endpoint = "installations", input = GetUrl, output = Text)]
pub async fn installations() -> Result<Vec<InstallationCard>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::connection::list(&services(), &actor()).await)
}

/// One installation; nothing where there is none in this organization.
#[server(prefix = "/api/fn", endpoint = "installation", input = GetUrl, output = Text)]
pub async fn installation(id: InstallationId) -> Result<Option<InstallationDetail>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::connection::detail(&services(), &actor(), &id).await)
}

/// Uninstalls, and goes back to the list.
#[server(prefix = "/api/fn", endpoint = "uninstall", output = Text)]
pub async fn uninstall(id: InstallationId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::connection::uninstall(&services(), &actor(), &id).await)?;
    leptos_axum::redirect("/installed");
    Ok(())
}

/// Asks for the organization's installations.
pub fn ask_installations() -> Ask {
    read!("installations".to_owned(), installations())
}

/// Asks for one installation.
pub fn ask_installation(id: InstallationId) -> Ask {
    read!(address("installation", &[("id", id.as_str())]), installation(id))
}

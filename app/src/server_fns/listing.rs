//! The listing page.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::ListingId;
use contract::listing::{ListingDetail, ListingStanding};
use contract::plan::PricingView;
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Everything about a listing; nothing where there is none.
#[server(prefix = "/api/fn", endpoint = "listing", input = GetUrl, output = Text)]
pub async fn listing(id: ListingId) -> Result<Option<ListingDetail>, Problem> {
    use crate::context::{answer, services};
    answer(domain::catalog::detail(&services(), &id).await)
}

/// What the viewer's organization has to do with it.
#[server(prefix = "/api/fn", endpoint = "standing", input = GetUrl, output = Text)]
pub async fn standing(id: ListingId) -> Result<ListingStanding, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::catalog::standing(&services(), &actor(), &id).await)
}

/// What a listing costs the viewer's organization.
#[server(prefix = "/api/fn", endpoint = "pricing", input = GetUrl, output = Text)]
pub async fn pricing(id: ListingId) -> Result<Option<PricingView>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::pricing(&services(), &actor(), &id).await)
}

/// Asks for an integration that can't be installed yet.
#[server(prefix = "/api/fn", endpoint = "request_integration", output = Text)]
pub async fn request_integration(id: ListingId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::catalog::request(&services(), &actor(), &id).await)?;
    leptos_axum::redirect(&format!("/integrations/{id}"));
    Ok(())
}

/// Asks for everything about a listing.
pub fn ask_listing(id: ListingId) -> Ask {
    read!(address("listing", &[("id", id.as_str())]), listing(id))
}

/// Asks for what the viewer's organization has to do with it.
pub fn ask_standing(id: ListingId) -> Ask {
    read!(address("standing", &[("id", id.as_str())]), standing(id))
}

/// Asks for what a listing costs.
pub fn ask_pricing(id: ListingId) -> Ask {
    read!(address("pricing", &[("id", id.as_str())]), pricing(id))
}

//! Partner and staff pages.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::staff::{PartnerDashboard, RequestedListing};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// The signed-in partner's listings and how they are used.
#[server(name = FetchPartnerDashboard, prefix = "/api/fn", endpoint = "partner_dashboard", input = GetUrl, output = Text)]
pub async fn partner_dashboard() -> Result<PartnerDashboard, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::catalog::partner_dashboard(&services(), &actor()).await)
}

/// What people ask for.
#[server(prefix = "/api/fn", endpoint = "requested_listings", input = GetUrl, output = Text)]
pub async fn requested_listings() -> Result<Vec<RequestedListing>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::catalog::demand(&services(), &actor()).await)
}

/// Asks for the partner's listings and how they are used.
pub fn ask_partner_dashboard() -> Ask {
    read!("partner_dashboard".to_owned(), partner_dashboard())
}

/// Asks for what people want.
pub fn ask_requested_listings() -> Ask {
    read!("requested_listings".to_owned(), requested_listings())
}

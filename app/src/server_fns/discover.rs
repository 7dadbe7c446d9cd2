//! Finding integrations.

use super::Problem;
use super::text_json::Text;
use contract::PartnerId;
use contract::catalog::{CategoryGroup, HomeView, PartnerSummary};
use contract::search::{SearchPage, SearchQuery, Suggestion};
use leptos::prelude::server;
use leptos::server_fn::codec::{GetUrl, Json};

/// The home page.
#[server(prefix = "/api/fn", endpoint = "home", input = GetUrl, output = Text)]
pub async fn home() -> Result<HomeView, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::home(&services()).await)
}

/// A page of results.
#[server(prefix = "/api/fn", endpoint = "search", input = Json, output = Text)]
pub async fn search(query: SearchQuery) -> Result<SearchPage, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::search(&services(), &query))
}

/// Completions while typing.
#[server(prefix = "/api/fn", endpoint = "suggest", input = GetUrl, output = Text)]
pub async fn suggest(q: String) -> Result<Vec<Suggestion>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::suggest(&services(), &q))
}

/// The category tree with counts.
#[server(prefix = "/api/fn", endpoint = "categories", input = GetUrl, output = Text)]
pub async fn categories() -> Result<Vec<CategoryGroup>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::categories(&services()))
}

/// A partner and their listings.
#[server(prefix = "/api/fn", endpoint = "partner_page", input = GetUrl, output = Text)]
pub async fn partner_page(id: PartnerId) -> Result<Option<(PartnerSummary, SearchPage)>, Problem> {
    use crate::context::{answer, services};
    answer(domain::catalog::partner_page(&services(), &id).await)
}

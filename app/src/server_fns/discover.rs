//! Finding integrations.

use super::Problem;
use contract::PartnerId;
use contract::catalog::{CategoryGroup, HomeView, PartnerSummary};
use contract::search::{SearchPage, SearchQuery, Suggestion};
use leptos::prelude::server;
use leptos::server_fn::codec::{GetUrl, Json};

/// The home page.
#[server(prefix = "/api/fn", endpoint = "home", input = GetUrl)]
pub async fn home() -> Result<HomeView, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::home(&services()))
}

/// A page of results.
#[server(prefix = "/api/fn", endpoint = "search", input = Json)]
pub async fn search(query: SearchQuery) -> Result<SearchPage, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::search(&services(), &query))
}

/// Completions while typing.
#[server(prefix = "/api/fn", endpoint = "suggest", input = GetUrl)]
pub async fn suggest(q: String) -> Result<Vec<Suggestion>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::suggest(&services(), &q))
}

/// The category tree with counts.
#[server(prefix = "/api/fn", endpoint = "categories", input = GetUrl)]
pub async fn categories() -> Result<Vec<CategoryGroup>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::categories(&services()))
}

/// A partner and their listings.
#[server(prefix = "/api/fn", endpoint = "partner_page", input = GetUrl)]
pub async fn partner_page(id: PartnerId) -> Result<Option<(PartnerSummary, SearchPage)>, Problem> {
    use crate::context::{answer, services};
    answer(domain::catalog::partner_page(&services(), &id).await)
}


//! What the coverage map knows. Nothing is ever sent the other way.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::coverage::CoverageView;
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Technologies, how files call them, and which of them the viewer's organization has.
#[server(prefix = "/api/fn", endpoint = "coverage_map", input = GetUrl, output = Text)]
pub async fn coverage_map() -> Result<CoverageView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::coverage_map::view(&services(), &actor()).await)
}

/// Asks for them.
pub fn ask_coverage_map() -> Ask {
    read!("coverage_map".to_owned(), coverage_map())
}

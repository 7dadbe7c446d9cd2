//! Recommendations.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::ListingId;
use contract::recommend::{Advice, Shelf};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// What goes well with a listing, and what is like it.
#[server(name = FetchAdvice, prefix = "/api/fn", endpoint = "advice", input = GetUrl, output = Text)]
pub async fn advice(id: ListingId) -> Result<Advice, Problem> {
    use crate::context::{answer, services};
    answer(domain::recommend::advice(&services(), &id).await)
}

/// What is on the rise in a category.
#[server(prefix = "/api/fn", endpoint = "trending", input = GetUrl, output = Text)]
pub async fn trending(path: String) -> Result<Shelf, Problem> {
    use crate::context::{answer, services};
    answer(domain::recommend::trending(&services(), &path).await)
}

/// What fits what the viewer's organization has installed.
#[server(prefix = "/api/fn", endpoint = "for_your_stack", input = GetUrl, output = Text)]
pub async fn for_your_stack() -> Result<Shelf, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::recommend::for_your_stack(&services(), &actor()).await)
}

/// Asks for what goes well with a listing.
pub fn ask_advice(id: ListingId) -> Ask {
    read!(address("advice", &[("id", id.as_str())]), advice(id))
}

/// Asks for what is on the rise.
pub fn ask_trending(path: String) -> Ask {
    read!(address("trending", &[("path", &path)]), trending(path))
}

/// Asks for what fits the stack.
pub fn ask_for_your_stack() -> Ask {
    read!("for_your_stack".to_owned(), for_your_stack())
}

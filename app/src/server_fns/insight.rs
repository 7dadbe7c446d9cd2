//! How people look for integrations.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::insight::{Happened, Insight};
use leptos::prelude::server;
use leptos::server_fn::codec::{GetUrl, Json};

/// Counts something a visitor did, unless their browser asks not to.
#[server(name = TellHappened, prefix = "/api/fn", endpoint = "happened", input = Json, output = Text)]
pub async fn happened(it: Happened) -> Result<(), Problem> {
    use crate::context::{answer, services, wants_privacy};
    if wants_privacy() {
        return Ok(());
    }
    answer(domain::discovery::happened(&services(), &it).await)
}

/// What staff see of the last weeks.
#[server(name = FetchInsight, prefix = "/api/fn", endpoint = "insight", input = GetUrl, output = Text)]
pub async fn insight() -> Result<Insight, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::discovery::insight(&services(), &actor()).await)
}

/// Asks for what staff see.
pub fn ask_insight() -> Ask {
    read!("insight".to_owned(), insight())
}

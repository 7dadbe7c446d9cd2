//! A partner's money.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::revenue::RevenueView;
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// The revenue of the signed-in partner, with the statement of a month; without one, with what is in none yet.
#[server(name = FetchRevenue, prefix = "/api/fn", endpoint = "revenue", input = GetUrl, output = Text)]
pub async fn revenue(#[server(default)] month: String) -> Result<RevenueView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::revenue(&services(), &actor(), contract::Month::parse(&month)).await)
}

/// Asks for it.
pub fn ask_revenue(month: String) -> Ask {
    read!(address("revenue", &[("month", &month)]), revenue(month))
}

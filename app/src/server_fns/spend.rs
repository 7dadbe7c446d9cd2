//! Caps and budgets.

use super::Problem;
use super::text_json::Text;
use leptos::prelude::server;

/// Where both are shown.
#[cfg(feature = "ssr")]
const HERE: &str = "/billing";

/// Sets the cap of a metered subscription in whole units a billing period, and what happens at it; an empty cap takes it away.
#[server(prefix = "/api/fn", endpoint = "set_cap", output = Text)]
pub async fn set_cap(subscription: String, #[server(default)] cap: String, at: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::set_cap(&services(), &actor(), &subscription, &cap, &at).await)?;
    leptos_axum::redirect(HERE);
    Ok(())
}

/// Sets the budget of a month and the percents at which people are told; an empty amount takes it away.
#[server(prefix = "/api/fn", endpoint = "set_budget", output = Text)]
pub async fn set_budget(#[server(default)] amount: String, #[server(default)] alerts: Vec<u32>) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::billing::set_budget(&services(), &actor(), &amount, &alerts).await)?;
    leptos_axum::redirect(HERE);
    Ok(())
}

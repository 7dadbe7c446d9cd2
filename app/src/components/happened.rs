//! Telling the marketplace what was searched for, opened and looked at. Nothing about the visitor is sent, and nothing waits
//! for the answer.

use contract::insight::Deed;
use leptos::prelude::*;
use std::time::Duration;

/// How long a query stands before it counts as asked and not as being typed.
const SETTLED: Duration = Duration::from_secs(2);

/// Counts a look at a listing.
pub fn viewed(id: &str) {
    tell(Deed::View, id, 0);
}

/// Counts that a result of a query was opened; places count from 1.
pub fn opened(q: &str, place: u32) {
    if !q.is_empty() {
        tell(Deed::Open, q, place);
    }
}

/// Counts each query of a page that stands for a while.
pub fn count_searches(q: impl Fn() -> String + Copy + Send + Sync + 'static) {
    let current = Memo::new(move |_| q());
    Effect::new(move |_| {
        let asked = current.get();
        let settled = move || {
            // Still there, and still the same.
            if !asked.is_empty() && current.try_get_untracked().as_ref() == Some(&asked) {
                tell(Deed::Search, &asked, 0);
            }
        };
        set_timeout(settled, SETTLED);
    });
}

#[cfg(feature = "hydrate")]
fn tell(deed: Deed, text: &str, position: u32) {
    let mut body = String::from("{\"it\":{\"deed\":\"");
    body.push_str(match deed {
        Deed::Search => "search",
        Deed::Open => "open",
        Deed::View => "view",
    });
    body.push_str("\",\"text\":");
    crate::server_fns::discover::quote(text, &mut body);
    body.push_str(",\"position\":");
    body.push_str(&position.to_string());
    body.push_str("}}");
    leptos::task::spawn_local(async move {
        _ = crate::remote::post_json("happened", body).await;
    });
}

#[cfg(not(feature = "hydrate"))]
const fn tell(_: Deed, _: &str, _: u32) {}

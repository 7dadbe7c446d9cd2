//! An answer with its facets, chips, order and pages. The search page shows it for everything, a category page for its part.
//!
//! All controls are links and one GET form, so they work without a script; once the page is alive, [`follow_changes`] goes
//! to the new address as soon as something is ticked.

mod bar;
mod empty;
mod facets;
mod follow;
mod pager;
mod results;

pub use follow::follow_changes;

use crate::components::Erase;
use crate::server_fns::Problem;
use crate::server_fns::discover::{home, search};
use contract::catalog::HomeView;
use contract::search::{Filter, SearchPage, SearchQuery};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use style::class;

/// Where one browses.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Path of the page.
    pub path: String,
    /// The filter that the page is about; it stands in the path, not in the query.
    pub preset: Option<Filter>,
}

/// A query and what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The query as in the address, without the preset.
    pub query: SearchQuery,
    /// The answer.
    pub page: SearchPage,
    /// Where there are no results: what to look at instead.
    pub instead: Option<HomeView>,
}

/// Asks for `query` within the preset.
pub async fn find(query: SearchQuery, preset: Option<Filter>) -> Result<Found, Problem> {
    let mut asked = query.clone();
    asked.filters.extend(preset);
    let page = search(asked).await?;
    let instead = if page.total == 0 { Some(home().await?) } else { None };
    Ok(Found { query, page, instead })
}

/// Facets beside results, or a way on where there are none.
pub fn browse(scope: &Scope, found: &Found) -> AnyView {
    if let Some(instead) = &found.instead {
        return empty::empty(scope, &found.query, instead);
    }
    view! {
        <div class=class::BROWSE>
            {facets::facets(scope, found)}
            <div class=class::BROWSE_MAIN>
                {bar::bar(scope, found)}
                {results::results(&found.page)}
                {pager::pager(scope, found)}
            </div>
        </div>
    }
    .erase()
}

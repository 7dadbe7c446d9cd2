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

use crate::markup::{Node, html};
use crate::pages::query;
use crate::remote::{Ask, Reply};
use crate::server_fns::discover::{ask_home, ask_search};
use contract::catalog::HomeView;
use contract::json::{FromJson, Json};
use contract::search::{Filter, SearchPage, SearchQuery};
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
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The query as in the address, without the preset.
    pub query: SearchQuery,
    /// The answer.
    pub page: SearchPage,
    /// Where there are no results: what to look at instead.
    pub instead: Option<HomeView>,
}

/// Asks for a page of results; `preset` is what the page is about and not part of the visitor's query.
pub fn ask_found(query: SearchQuery, preset: Option<Filter>) -> Ask {
    let mut asked = query.clone();
    asked.filters.extend(preset);
    let key = query::format(&asked);
    Ask::new(key, async move {
        let page = ask_search(asked).answer().await;
        let Some(text) = page.text() else { return page };
        let mut found = String::from("[\"");
        // An address holds nothing that JSON would have to escape.
        found.push_str(&query::format(&query));
        found.push_str("\",");
        found.push_str(text);
        found.push(',');
        if page.read::<SearchPage>().is_ok_and(|page| page.total == 0) {
            let instead = ask_home().answer().await;
            let Some(text) = instead.text() else { return instead };
            found.push_str(text);
        } else {
            found.push_str("null");
        }
        found.push(']');
        Reply::good(found)
    })
}

impl FromJson for Found {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let (query, page, instead) = <(String, SearchPage, Option<HomeView>)>::from_json(json)?;
        Some(Self { query: query::parse(&query), page, instead })
    }
}

/// Facets beside results, or a way on where there are none.
pub fn browse(scope: &Scope, found: &Found) -> Node {
    if let Some(instead) = &found.instead {
        return empty::empty(scope, &found.query, instead);
    }
    html! {
        <div class=class::BROWSE>
            {facets::facets(scope, found)}
            <div class=class::BROWSE_MAIN>
                {bar::bar(scope, found)}
                {results::results(&found.page, &found.query.q)}
                {pager::pager(scope, found)}
            </div>
        </div>
    }
}

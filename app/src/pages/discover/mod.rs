//! Finding integrations: home, search, categories, partners.
//!
//! `query.rs` is the one place that knows how a search looks in an address; `browse/` shows an answer with its facets and is
//! used by the search page and the category pages.

mod browse;
mod categories;
mod category;
mod hero;
mod home;
pub mod marked;
mod partner;
pub mod query;
mod search;

use super::chunks::chunk;

chunk! {
    home_chunk, __preload_home_chunk, FrontPage {
        HomePage => home::home_page,
    }
}

chunk! {
    discover_chunk, __preload_discover_chunk, DiscoverPage {
        SearchPage => search::search_page,
        CategoryPage => category::category_page,
        PartnerPage => partner::partner_page,
    }
}

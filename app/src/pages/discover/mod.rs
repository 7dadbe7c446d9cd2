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

pub use category::CategoryPage;
pub use home::HomePage;
pub use partner::PartnerPage;
pub use search::SearchPage;

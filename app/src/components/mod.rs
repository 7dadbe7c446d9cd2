//! What several pages share. Pieces without own state are plain functions that return a type-erased view, which keeps the
//! browser half small; nothing here fetches anything but through the resource it is handed.
//!
//! A page is `load(resource, skeleton::page, |data| …)`, begins with a [`PageMeta`] and has one `h1 tabindex="-1"`.

mod badges;
mod brand;
mod card;
mod classes;
mod copy_button;
mod crumbs;
mod field_error;
mod figures_table;
mod footer;
pub mod happened;
mod header;
mod icon;
mod load;
mod number;
mod page_meta;
mod problem_view;
mod progress;
mod search_box;
mod site_paths;
pub mod skeleton;
mod stars;
mod textarea;
mod theme;
mod tile;
mod viewer;

pub use badges::{badge, certification_badge, listing_badges};
pub use brand::brand_mark;
pub use card::{listed_by, listing_cards, reasoned_cards, shelf};
pub use classes::classes;
pub use copy_button::CopyButton;
pub use crumbs::crumbs;
pub use field_error::field_error;
pub use figures_table::{Column, figures_table};
pub use footer::footer;
pub use header::header;
pub use icon::Icon;
pub use load::{Loading, load, load_all};
pub use number::{count, number};
pub use page_meta::PageMeta;
pub use problem_view::{not_found_page, problem_notice, problem_page, sign_in_address};
pub use progress::progress;
pub use search_box::search_box;
pub use site_paths::SitePaths;
pub use stars::{rating_badge, stars, stars_field};
pub use textarea::textarea_content;
pub use tile::{TileSize, tile, tile_of};
pub use viewer::{ViewerResource, account_in, look_again, use_viewer, viewer_in};

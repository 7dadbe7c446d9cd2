//! The pages, one folder per area: finding integrations, one integration, the wizard, what is installed, and the pages of
//! partners and staff. What several areas share is in `components/`.

pub mod account;
pub mod approvals;
pub mod billing;
pub mod choose;
mod chunks;
pub mod coverage;
pub mod discover;
pub mod install;
pub mod installed;
pub mod listing;
pub mod not_found;
pub mod partner;
pub mod pricing;
pub mod reviews;
pub mod settings;
pub mod staff;

pub use discover::marked::marked;
pub use discover::query::{self, encode};

//! The web server and the command line of the marketplace.
//!
//! `router.rs` holds every HTTP route; `http/` what answers them outside of the pages; `command/` the subcommands;
//! `compose.rs` is the only place that names concrete adapters.

pub mod access;
pub mod browser_files;
pub mod catalogue_files;
pub mod command;
pub mod compose;
pub mod config;
pub mod follow;
mod http;
pub mod random;
pub mod router;
pub mod sign_in_config;
mod state;

pub use state::AppState;

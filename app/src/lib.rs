//! What people see. Compiled twice: for the server (feature `ssr`), where it renders HTML, and for the browser (feature
//! `hydrate`), where it takes over.
//!
//! `routes.rs` is the table of pages; `pages/` has one folder per area; `components/` what several pages share;
//! `server_fns/` the remote calls. Nothing here knows a database or a vendor.
#![recursion_limit = "256"]

mod components;
#[cfg(feature = "ssr")]
pub mod context;
mod markup;
mod pages;
mod remote;
mod routes;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod shell;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;

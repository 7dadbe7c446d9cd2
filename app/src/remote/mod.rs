//! How pages ask the server, and forms tell it. `server_fns/` has the calls themselves.
//!
//! The framework makes a client of each server function, and a resource of each type. Pages here ask through one small client
//! instead and keep what is answered as text, which they read when they show it: one piece of code for all of them.

mod ask;
mod form;
#[cfg(feature = "hydrate")]
mod http;
mod reply;

pub(crate) use ask::read;
pub use ask::{Answers, Ask, resource};
pub use form::{FormAction, entered};
#[cfg(feature = "hydrate")]
pub use http::{get, post_json};
pub use reply::Reply;

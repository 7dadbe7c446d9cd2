//! What browser and server say to each other: ids, data transfer objects, the public error, the manifest.
//!
//! Only `serde` data and pure functions live here: no I/O, no clock, nothing that could not run in a browser.
//! The manifest (feature `manifest`) is server-side only, to keep it out of the WebAssembly download.

pub mod account;
pub mod approval;
pub mod audit;
pub mod audit_stream;
pub mod billing;
pub mod budget;
pub mod catalog;
pub mod compare;
pub mod coverage;
pub mod error;
pub mod feed;
pub mod field;
pub mod ids;
pub mod insight;
pub mod install;
pub mod json;
pub mod listing;
#[cfg(feature = "manifest")]
pub mod manifest;
pub mod money;
pub mod month;
pub mod notice;
pub mod offer;
pub mod organization;
pub mod plan;
pub mod policy;
#[cfg(feature = "manifest")]
pub mod pricing;
pub mod recommend;
pub mod revenue;
pub mod review;
pub mod search;
pub mod single_sign_on;
pub mod staff;
pub mod timestamp;
pub mod token;
pub mod usage;

pub use error::{ErrorCode, PublicError};
pub use ids::*;
pub use month::Month;
pub use timestamp::Timestamp;

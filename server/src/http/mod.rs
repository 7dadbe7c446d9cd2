//! HTTP outside of the pages' own code: sign-in, REST, inbound webhooks, live events, files, and what every request goes
//! through. Routes are in `router.rs`.

pub mod api;
pub mod audit_export;
pub mod billing;
pub mod cookies;
mod delivered;
pub mod dev;
pub mod events;
pub mod exports;
pub mod files;
pub mod github;
pub mod guard;
pub mod health;
pub mod icons;
pub mod inbound;
mod leave;
pub mod limits;
pub mod oidc;
mod oidc_client;
pub mod page_cache;
pub mod pages;
pub mod payments;
pub mod problem;
pub mod revenue;
pub mod seo;
pub mod session;
pub mod sign_in;
pub mod table;
pub mod theme;
pub mod trace;
pub mod unsubscribe;
pub mod v1;

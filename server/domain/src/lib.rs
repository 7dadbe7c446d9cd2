//! Use cases: what the marketplace does, free of how it is served, stored or sent.
//!
//! Each use case takes an [`actor::Actor`] and checks what they may do before it reads anything. What a use case needs
//! from outside is a trait in [`ports`]; the composition root decides what implements it.

pub mod actor;
pub mod approval;
pub mod audit;
pub mod audit_stream;
pub mod billing;
pub mod catalog;
pub mod connection;
pub mod coverage_map;
pub mod discovery;
pub mod error;
pub mod identity;
pub mod mapping;
pub mod notice;
pub mod organization;
pub mod permission;
pub mod policy;
pub mod ports;
pub mod recommend;
pub mod review;
pub mod services;
pub mod single_sign_on;
pub mod template;
pub mod token;

pub use actor::{Actor, Origin, Person, Via};
pub use error::{Error, Result};
pub use services::Services;

//! The tables as SeaORM sees them, one file each. What the columns mean stands with the domain's types; nothing outside
//! this crate sees a model.
#![allow(missing_docs, reason = "columns are documented where they become the domain's types")]

pub mod change;
pub mod connection_check;
pub mod event;
pub mod identity;
pub mod installation;
pub mod job;
pub mod listing;
pub mod listing_request;
pub mod membership;
pub mod organization;
pub mod partner;
pub mod pending_sign_in;
pub mod person;
pub mod probe;
pub mod raw_payload;
pub mod rejection;
pub mod release;
pub mod session;

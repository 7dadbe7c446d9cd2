//! Money: what an organization may use for what it pays, who gets which part of a payment, and the books.
//!
//! The processor says that something changed ([`notice`]); a job asks what it is now and keeps it ([`follow`]).

pub mod entitlement;
mod follow;
pub mod ledger;
mod notice;
pub mod share;
pub mod split;

pub use follow::follow;
pub use notice::{NOTICE_JOB, take};

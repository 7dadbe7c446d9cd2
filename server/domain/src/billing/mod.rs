//! Money: what an organization may use for what it pays, who gets which part of a payment, and the books.
//!
//! The processor says that something changed ([`take`]); a job asks what it is now and keeps it ([`follow()`]). What was never
//! told is asked for ([`reconcile`]), and the books are compared with the processor's invoices ([`prove`]).

pub mod entitlement;
mod follow;
pub mod ledger;
mod notice;
mod proof;
pub mod share;
pub mod split;
pub mod statement;

pub use follow::follow;
pub use notice::{NOTICE_JOB, RECONCILE_JOB, Reconciled, reconcile, take};
pub use proof::{Proof, prove};

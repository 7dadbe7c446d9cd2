//! Money: what an organization may use for what it pays, who gets which part of a payment, and the books.

pub mod entitlement;
pub mod ledger;
pub mod share;
pub mod split;

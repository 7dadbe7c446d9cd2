//! The books: double entry, append-only. A posting can only be made of movements from one account to another, so it balances
//! whatever is done wrong elsewhere; what was wrong is posted back, never edited.

mod account;
mod balances;
#[cfg(test)]
mod histories;
mod posting;
pub mod rules;
mod verify;

pub use account::Account;
pub use balances::Balances;
pub use posting::{Entry, Posting, Reason};
pub use verify::{Fault, Happened, Transfers, compare, verify};

//! The audit trail: append-only events, hash-chained for each organization.
//!
//! [`entry`] makes an event, [`chain`] says how events are chained, [`verify`] finds tampering, `page` shows them.

pub mod chain;
mod difference;
mod entry;
mod page;
mod verify;

pub use difference::difference;
pub use entry::{Subject, entry, system_entry};
pub use page::{csv_line, export, json_line, page};
pub use verify::{Flaw, verify};

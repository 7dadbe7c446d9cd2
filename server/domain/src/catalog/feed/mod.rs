//! Catalogues that are kept elsewhere: one JSON object a line becomes a listing that can be read and asked for, and not
//! installed. `docs/manifest.md` says what a line may hold.
//!
//! [`Import`] takes bytes as they come and stores entries in batches. `lines` cuts, `record` reads one line, `address` gives
//! it its place, `entry` makes the listing, `makers` decides who publishes it. Nothing here opens files or sockets.

mod address;
mod entry;
mod import;
mod lines;
mod makers;
mod record;

pub use import::{Import, MAX_REFUSALS};

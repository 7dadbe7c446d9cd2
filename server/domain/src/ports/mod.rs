//! What the use cases need from outside. Each file is one concern; adapters live in other crates.

mod catalogue;
mod connector;
mod identity;
mod installations;
mod runtime;
mod search;

pub use catalogue::*;
pub use connector::*;
pub use identity::*;
pub use installations::*;
pub use runtime::*;
pub use search::*;

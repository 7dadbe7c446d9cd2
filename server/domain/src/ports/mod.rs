//! What the use cases need from outside. Each file is one concern; adapters live in other crates.

mod audit;
mod audit_stream;
mod catalogue;
mod connector;
mod effects;
mod identity;
mod insight;
mod installations;
mod invitations;
mod notices;
mod organizations;
mod outbound;
mod policy;
mod runtime;
mod search;
mod sessions;
mod single_sign_on;
mod tokens;

pub use audit::*;
pub use audit_stream::*;
pub use catalogue::*;
pub use connector::*;
pub use effects::*;
pub use identity::*;
pub use insight::*;
pub use installations::*;
pub use invitations::*;
pub use notices::*;
pub use organizations::*;
pub use outbound::*;
pub use policy::*;
pub use runtime::*;
pub use search::*;
pub use sessions::*;
pub use single_sign_on::*;
pub use tokens::*;

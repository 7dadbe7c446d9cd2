//! Requests for approval: a member asks, administrators answer in the app or from mail, and what nobody answers ends by
//! itself. The states and what leads from one to the next are in [`state`]; every change is stored with its audit event and
//! notices in one transaction.

mod announce;
mod answer;
mod comment;
mod expire;
mod link;
mod load;
mod request;
pub mod state;
mod text;
mod view;
mod withdraw;

pub use answer::answer;
pub use comment::comment;
pub use expire::{EXPIRE_JOB, expire_lapsed};
pub use link::answer_by_link;
pub use request::request;
pub(crate) use state::{good, present_state};
pub use view::{detail, list};
pub use withdraw::withdraw;

/// An open request ends by itself after this long; an approval is good for as long.
pub const LASTS_MS: i64 = 30 * 86_400_000;

//! Reviews: written by members of organizations that use an integration, answered by its partner, judged by moderators.
//!
//! [`average`] is the one place that says what an average is; `standing` says who may write. Every change is stored with its
//! audit event, notices, the listing's new average and a step in the feed of changes, in one transaction.

mod announce;
mod answer;
mod average;
mod export;
mod form;
mod limit;
mod load;
mod moderate;
mod queue;
mod remove;
mod report;
mod standing;
mod text;
mod view;
mod vote;
mod write;

pub use answer::answer;
pub use average::{PRIOR_REVIEWS, PRIOR_THOUSANDTHS, average};
pub(crate) use export::exported;
pub use form::form;
pub use moderate::decide;
pub use queue::queue;
pub use remove::remove;
pub use report::report;
pub use standing::AFTER_MS;
pub use view::{Cursor, own, page, pages};
pub use vote::vote;
pub use write::{ReviewInput, write};

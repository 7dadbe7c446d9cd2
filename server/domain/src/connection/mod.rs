//! From Install to proof: the wizard's steps, what arrives afterwards, and the end. The states and what leads from one
//! to the next are in [`state`].

mod begin;
mod fields;
mod jobs;
mod overview;
mod prove;
mod receive;
mod save;
mod secrets;
pub mod state;
mod target;
mod test;
mod trouble;
mod uninstall;
mod wizard;

pub use begin::begin;
pub(crate) use begin::not_installable;
pub use fields::{ConnectInput, field_specs};
pub use jobs::{CHECK_JOB, POLL_JOB, check_scheduled, poll_scheduled};
pub use overview::{detail, events_after, events_page, list, state_of};
pub use prove::prove;
pub use receive::{Received, receive};
pub use save::save;
pub use test::test;
pub use uninstall::uninstall;
pub(crate) use uninstall::uninstall_all;
pub use wizard::wizard;

//! Organizations: members and their roles, invitations, which organization somebody acts for, settings, the end.
//!
//! Signing in is in [`crate::identity`]; what is installed is in [`crate::connection`].

mod address;
mod delete;
mod export;
mod invite;
mod join;
mod leave;
mod members;
mod mine;
mod name;
mod settings;
mod tell;

pub use delete::{DELETE_JOB, delete_due};
pub use export::Export;
pub use invite::{invitations, invite, resend, revoke};
pub use join::{accept, invitation};
pub use leave::{leave, transfer};
pub use members::{members, remove, set_role};
pub use mine::{create, mine, switch};
pub(crate) use settings::{end, pays_on};
pub use settings::{keep, overview, rename, schedule_deletion};

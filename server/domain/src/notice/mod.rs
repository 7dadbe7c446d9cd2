//! Telling people: the inbox, mail at once or as a daily digest, and what they choose.
//!
//! [`tell`] adds notices and mail to the effects of a change; the rest is the inbox and the sending.

mod inbox;
mod mail;
mod tell;

pub use inbox::{inbox, mark_read, set_preference, unread};
pub use mail::{DIGEST_JOB, MAIL_JOB, send_digests, send_mail, unsubscribe, unsubscribe_link};
pub(crate) use tell::line;
pub use tell::{Message, mail_job, new_mail, tell, tell_each};

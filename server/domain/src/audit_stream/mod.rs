//! Streaming an organization's audit trail to an address of its own: each event as a signed message, in the order of the
//! chain, at least once.
//!
//! [`set_up`], [`resume`] and [`turn_off`] are what administrators do; [`deliver`] is what the queue does, one event after
//! the other, and [`state`] says what a try means for the stream. The position is stored after each event, so that a
//! crash repeats one event and loses none. While a stream is paused, events wait in the trail.

mod deliver;
mod message;
mod overview;
mod sealed;
mod settings;
mod state;
mod trial;

pub use deliver::{STREAM_JOB, deliver, schedule_all};
pub use overview::overview;
pub use settings::{resume, set_up, turn_off};
pub use trial::send_test;

//! What configuration files mention, and what that covers, lacks and does twice.
//!
//! [`read`] recognises a file and lists what it mentions, with the line. [`assess`] puts the mentions of several files
//! together with the technologies that are known. Both are pure and never fail: whatever a file holds, what can be read of
//! it is read. In the browser they work on files that never leave it, so this crate depends on nothing and is small: it
//! reads the part of YAML and HCL that says *what* is configured (keys, lists, nesting, texts), and no more.
//!
//! `tree` is what both readers make; `yaml`, `flow` and `hcl` make it. `read/` has one file for each kind of file. `known`
//! matches mentions with technologies, `assess` draws the conclusions. Texts for people are not here.

mod assess;
mod flow;
mod hcl;
mod job;
mod known;
mod mention;
mod name;
mod read;
mod tree;
mod yaml;

pub use assess::{Assessment, Evidence, Found, Gap, Lack, Overlap, assess};
pub use job::Job;
pub use known::Technology;
pub use mention::{Finding, Kind, Mention, Reading, Section, Signal, Sort};
pub use read::read;

/// Largest file that is worth reading, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most files that are put together.
pub const MAX_FILES: usize = 50;

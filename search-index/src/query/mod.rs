//! From what somebody typed to questions about terms. `input` finds the words, `terms` looks up how a word occurs,
//! `spelling` finds what an unknown word was meant to be, `reading` puts it together, `weights` says what counts how
//! much. There is no query syntax: quotes, operators and brackets are punctuation.

mod ask;
mod clause;
mod completion;
mod input;
mod reading;
mod spelling;
mod synonyms;
mod terms;
pub mod weights;

pub use ask::{Ask, Group};
pub use clause::Clause;
pub use input::{Input, InputWord};
pub use reading::Reading;
pub use spelling::corrections;
pub use synonyms::{Sense, Synonyms};
pub use terms::Occurrences;

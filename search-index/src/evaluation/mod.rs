//! Measuring how good the order of results is, against queries judged by people: `judged` and `records` read the files,
//! `score` turns one answer into numbers, `run` keeps the numbers of all queries, `report` prints and compares them.
//!
//! It knows no engine: [`Run::of`] takes any function from a query to ids, so that others can be measured alike.

mod judged;
mod lines;
mod records;
mod report;
mod run;
mod score;

pub use judged::{Coverage, Judged};
pub use records::listings;
pub use report::{comparison, side_by_side, table};
pub use run::{Answered, Run};
pub use score::{Scores, score};

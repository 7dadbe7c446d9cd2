//! The catalogue's search index on Tantivy. [`TantivyIndex`] implements `domain::ports::SearchIndex`.
//!
//! How it fits together, from text to answer:
//!
//! - `analysis/` cuts text into words: one set of rules for documents, queries and highlights.
//! - `schema` names the fields, `document` fills them, `stored` is what results are made of.
//! - `writer` is the one writer: changes and their feed position are committed together.
//! - `index/` opens a directory, publishes snapshots and implements the port.
//! - `segment`, `values` and `snapshot` hold, per immutable segment, the columns a search touches for every match
//!   (facets, sort keys, prominence) and the records of its hits, so that answering reads no compressed blocks; `lexicon`
//!   remembers what was looked up in it.
//! - `query/` turns what somebody typed into questions about terms: variants of words, spelling, weights.
//! - `tally` scores every listing, one term at a time; `scan` counts facets of what matches and keeps the best; `fit` decides
//!   whether anything fits at all; `facets`, `highlight` (with `gate`), `reason` dress the answer.
//! - `suggest/` and `similar` are the two smaller questions.
//!
//! What does not live here: the catalogue itself and its change feed (`storage`), who may see what (`domain`).

mod analysis;
mod diversity;
mod document;
pub mod evaluation;
mod facets;
mod fit;
mod gate;
mod highlight;
mod index;
mod knowledge;
mod lexicon;
mod memo;
mod prominence;
mod query;
mod reason;
mod scan;
mod schema;
mod search;
mod segment;
mod similar;
mod snapshot;
mod stored;
mod suggest;
mod tally;
mod top;
mod values;
mod writer;

pub use index::TantivyIndex;
pub use schema::version;

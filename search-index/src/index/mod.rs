//! The index as the rest of the program has it: opened, written and read. `open` finds out whether what is on disk can
//! be used; this file publishes snapshots and implements the port.

mod open;

use crate::query::Synonyms;
use crate::schema::Fields;
use crate::snapshot::{Loader, Snapshot};
use crate::writer::Writer;
use crate::{search, similar, suggest};
use arc_swap::ArcSwap;
use contract::ListingId;
use contract::listing::ListingCard;
use contract::search::{SearchPage, SearchQuery, Suggestion};
use domain::ports::{IndexChange, SearchDocument, SearchIndex};
use domain::{Error, Result};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::IndexReader;

/// The search index. Searches never wait: they read the last published snapshot.
pub struct TantivyIndex {
    current: ArcSwap<Snapshot>,
    writing: Mutex<Writing>,
}

/// What only one thread at a time has.
struct Writing {
    writer: Writer,
    reader: IndexReader,
    loader: Loader,
    fields: Fields,
}

impl TantivyIndex {
    /// Opens the index in a directory, creating both if need be. An index of another schema version and a damaged one
    /// are emptied; [`SearchIndex::position`] is `None` then.
    pub fn open(dir: &Path) -> Result<Self> {
        // Now, not when the first query needs them.
        Synonyms::builtin();
        open::directory(dir)?.publish()
    }

    /// An empty index in memory.
    pub fn in_memory() -> Result<Self> {
        open::memory()?.publish()
    }

    /// What searches read now.
    #[cfg(test)]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// The write half. A thread that panicked while writing left nothing half-done: Tantivy commits or does not.
    fn writing(&self) -> MutexGuard<'_, Writing> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writing {
    fn snapshot(&mut self, position: Option<i64>) -> Result<Arc<Snapshot>> {
        self.reader.reload().map_err(Error::search)?;
        self.loader.snapshot(self.reader.searcher(), self.fields, position).map(Arc::new)
    }
}

impl SearchIndex for TantivyIndex {
    fn search(&self, query: &SearchQuery) -> Result<SearchPage> {
        search::search(&self.current.load(), query)
    }

    fn suggest(&self, q: &str, limit: usize) -> Result<Vec<Suggestion>> {
        suggest::suggest(&self.current.load(), q, limit)
    }

    fn similar(&self, id: &ListingId, limit: usize) -> Result<Vec<ListingCard>> {
        similar::similar(&self.current.load(), id, limit)
    }

    fn position(&self) -> Option<i64> {
        self.current.load().position
    }

    fn apply(&self, changes: Vec<IndexChange>, position: i64) -> Result<()> {
        let mut writing = self.writing();
        writing.writer.apply(changes, position)?;
        self.current.store(writing.snapshot(Some(position))?);
        Ok(())
    }

    fn rebuild(&self, documents: Vec<SearchDocument>, position: i64) -> Result<()> {
        let mut writing = self.writing();
        writing.writer.rebuild(documents, position)?;
        writing.loader = Loader::default();
        self.current.store(writing.snapshot(Some(position))?);
        Ok(())
    }
}

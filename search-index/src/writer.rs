//! The one writer of an index. A commit carries the schema version and the position in the change feed, so that data
//! and position can't disagree.

use crate::document::document;
use crate::schema::{self, Fields};
use domain::ports::{IndexChange, SearchDocument};
use domain::{Error, Result};
use serde::{Deserialize, Serialize};
use tantivy::merge_policy::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexWriter, Term};

/// Memory for documents that are not on disk yet, bytes. It is taken while writing only.
const BUFFER: usize = 64 << 20;

/// What a commit says about itself.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// [`schema::version`] of the writer.
    pub schema: u64,
    /// Feed position up to which everything is indexed.
    pub position: i64,
}

impl Payload {
    /// Payload of the last commit, if there is one that this program can read.
    pub fn of(index: &Index) -> tantivy::Result<Option<Self>> {
        let payload = index.load_metas()?.payload;
        Ok(payload.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

/// Writes documents and commits.
pub struct Writer {
    inner: IndexWriter,
    fields: Fields,
}

impl Writer {
    /// Takes the index's write lock.
    pub fn new(index: &Index, fields: Fields) -> Result<Self> {
        let inner = index.writer_with_num_threads(1, BUFFER).map_err(Error::search)?;
        Ok(Self { inner, fields })
    }

    /// Commits changes; on failure nothing of them stays.
    pub fn apply(&mut self, changes: Vec<IndexChange>, position: i64) -> Result<()> {
        let outcome = self.write_changes(changes).and_then(|()| self.commit(position));
        self.settle(outcome)
    }

    /// Commits these documents in place of all others, in one segment.
    pub fn rebuild(&mut self, documents: Vec<SearchDocument>, position: i64) -> Result<()> {
        // Merges of the writer's own would take segments away from the one merge at the end, which then fails.
        self.inner.set_merge_policy(Box::new(NoMergePolicy));
        let outcome = self.write_all(documents).and_then(|()| self.commit(position));
        let outcome = self.settle(outcome);
        if outcome.is_ok()
            && let Err(error) = self.merge()
        {
            // Everything is committed; one segment is only quicker to search.
            tracing::warn!(%error, "the search index stays in several segments");
        }
        self.inner.set_merge_policy(Box::new(LogMergePolicy::default()));
        outcome
    }

    fn write_changes(&self, changes: Vec<IndexChange>) -> Result<()> {
        for change in changes {
            match change {
                IndexChange::Put(source) => {
                    self.delete(source.card.id.as_str());
                    self.add(&source)?;
                }
                IndexChange::Delete(id) => self.delete(id.as_str()),
            }
        }
        Ok(())
    }

    fn write_all(&self, documents: Vec<SearchDocument>) -> Result<()> {
        self.inner.delete_all_documents().map_err(Error::search)?;
        for source in documents {
            self.delete(source.card.id.as_str());
            self.add(&source)?;
        }
        Ok(())
    }

    fn delete(&self, id: &str) {
        self.inner.delete_term(Term::from_field_text(self.fields.id, id));
    }

    fn add(&self, source: &SearchDocument) -> Result<()> {
        let document = document(&self.fields, source).map_err(Error::search)?;
        self.inner.add_document(document).map_err(Error::search)?;
        Ok(())
    }

    fn commit(&mut self, position: i64) -> Result<()> {
        let payload = serde_json::to_string(&Payload { schema: schema::version(), position }).map_err(Error::search)?;
        let mut commit = self.inner.prepare_commit().map_err(Error::search)?;
        commit.set_payload(&payload);
        commit.commit().map_err(Error::search)?;
        Ok(())
    }

    fn merge(&mut self) -> Result<()> {
        let segments = self.inner.index().searchable_segment_ids().map_err(Error::search)?;
        if segments.len() > 1 {
            self.inner.merge(&segments).wait().map_err(Error::search)?;
        }
        Ok(())
    }

    fn settle(&mut self, outcome: Result<()>) -> Result<()> {
        if outcome.is_err() {
            self.inner.rollback().map_err(Error::search)?;
        }
        outcome
    }
}

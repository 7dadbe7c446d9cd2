//! Opening what is on disk, or starting afresh when it can't be used.

use super::{TantivyIndex, Writing};
use crate::schema::{Fields, prepare, schema, version};
use crate::snapshot::{Loader, Snapshot};
use crate::writer::{Payload, Writer};
use arc_swap::ArcSwap;
use domain::{Error, Result};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::{fs, io};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

/// Files by which a directory is recognised as an index, even a damaged one.
const SIGNS: [&str; 2] = ["meta.json", ".managed.json"];

/// Blocks of 16 KB of the document store that are kept decompressed: READMEs that results show a part of.
const DECOMPRESSED: usize = 256;

/// An index that can be read, before its writer exists.
pub struct Opened {
    index: Index,
    fields: Fields,
    reader: IndexReader,
    loader: Loader,
    snapshot: Snapshot,
}

impl Opened {
    fn new(index: Index, fields: Fields, position: Option<i64>) -> Result<Self> {
        prepare(&index);
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(DECOMPRESSED)
            .try_into()
            .map_err(Error::search)?;
        let mut loader = Loader::default();
        let snapshot = loader.snapshot(reader.searcher(), fields, position)?;
        Ok(Self { index, fields, reader, loader, snapshot })
    }

    /// Takes the write lock and makes it the program's index.
    pub fn publish(self) -> Result<TantivyIndex> {
        let writer = Writer::new(&self.index, self.fields)?;
        let writing = Writing { writer, reader: self.reader, loader: self.loader, fields: self.fields };
        Ok(TantivyIndex { current: ArcSwap::new(Arc::new(self.snapshot)), writing: Mutex::new(writing) })
    }
}

/// A new index in memory.
pub fn memory() -> Result<Opened> {
    let (schema, fields) = schema();
    Opened::new(Index::create_in_ram(schema), fields, None)
}

/// The index in a directory, emptied if it can't be used.
pub fn directory(dir: &Path) -> Result<Opened> {
    fs::create_dir_all(dir).map_err(Error::search)?;
    if SIGNS.iter().any(|sign| dir.join(sign).exists()) {
        match existing(dir) {
            Ok(opened) => return Ok(opened),
            Err(reason) => {
                tracing::warn!(dir = %dir.display(), %reason, "search index cannot be used and will be rebuilt");
                empty(dir)?;
            }
        }
    }
    let (schema, fields) = schema();
    Opened::new(Index::create_in_dir(dir, schema).map_err(Error::search)?, fields, None)
}

fn existing(dir: &Path) -> Result<Opened> {
    let unusable = |why: &str| Error::Corrupt(why.to_owned());
    let (schema, fields) = schema();
    let index = Index::open_in_dir(dir).map_err(Error::search)?;
    if index.schema() != schema {
        return Err(unusable("its fields are of another version"));
    }
    let payload = Payload::of(&index).map_err(Error::search)?.ok_or_else(|| unusable("nothing was committed"))?;
    if payload.schema != version() {
        return Err(unusable("it is of another version"));
    }
    if !index.validate_checksum().map_err(Error::search)?.is_empty() {
        return Err(unusable("a file is damaged"));
    }
    Opened::new(index, fields, Some(payload.position))
}

/// Removes the files of an index nobody writes to.
fn empty(dir: &Path) -> Result<()> {
    let mmap = MmapDirectory::open(dir).map_err(Error::search)?;
    let lock = mmap.acquire_lock(&INDEX_WRITER_LOCK);
    let lock = lock.map_err(|error| Error::search(TantivyError::LockFailure(error, None)))?;
    for entry in fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(Error::search)? {
        if entry.file_type().map_err(Error::search)?.is_file() {
            fs::remove_file(entry.path()).map_err(Error::search)?;
        }
    }
    drop(lock);
    Ok(())
}

//! What of one segment matches a query, and the memory for it, which is used again for the next query.

use super::bits::Bits;
use super::found::AllFound;
use super::points::Points;
use super::postings::documents;
use crate::lexicon::Entry;
use crate::query::Reading;
use crate::snapshot::Snapshot;
use domain::Result;
use std::sync::{Arc, Mutex, PoisonError};

/// What more than one of so many listings has is remembered as a set.
const MANY: u64 = 64;
/// Most that wait to be used again.
const MOST_KEPT: usize = 32;

/// What matches, by document number.
#[derive(Default)]
pub struct Matching {
    documents: usize,
    points: Points,
    /// Documents that match.
    pub matches: Bits,
}

impl Matching {
    fn new(documents: usize) -> Self {
        Self { documents, points: Points::none(documents), matches: Bits::none(documents) }
    }

    /// Finds out what has how many points, and gives what questions found, as far as that is kept.
    pub fn read(&mut self, snapshot: &Snapshot, segment: u32, reading: &Reading) -> Result<AllFound> {
        let (mut found, total) = (AllFound::default(), snapshot.searcher.num_docs());
        for clause in &reading.clauses {
            for (ask, points) in clause.asks(&snapshot.fields) {
                let having = self.points.of_word(points);
                match ask.entry().filter(|_| !AllFound::keeps(ask)) {
                    Some(entry) if entry.frequency * MANY > total => having.add(&*holders(snapshot, segment, entry)?),
                    Some(entry) => documents(snapshot, segment, entry, |docs| having.extend(docs))?,
                    None => {
                        for (doc, _) in found.add(snapshot, segment, ask)? {
                            having.insert(*doc);
                        }
                    }
                }
            }
            self.points.add_word();
        }
        if let Some(alive) = &snapshot.alive[segment as usize] {
            self.points.only(alive);
        }
        Ok(found)
    }

    /// What has at least so many points matches. Tells how many these are.
    pub fn keep(&mut self, points: usize) -> usize {
        self.points.at_least(points, &mut self.matches);
        self.matches.len()
    }
}

/// What has a term, for as long as it is remembered.
fn holders(snapshot: &Snapshot, segment: u32, entry: &Entry) -> Result<Arc<Bits>> {
    snapshot.lexicon.sets[segment as usize].get(&entry.term, || {
        let mut found = Bits::none(snapshot.segments[segment as usize].len());
        documents(snapshot, segment, entry, |docs| found.extend(docs))?;
        Ok(Arc::new(found))
    })
}

/// What a snapshot does not use at the moment.
#[derive(Default)]
pub struct Pool(Mutex<Vec<Matching>>);

impl Pool {
    /// An empty one for so many documents.
    pub fn take(&self, documents: usize) -> Matching {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fitting = kept.iter().position(|one| one.documents == documents);
        fitting.map_or_else(|| Matching::new(documents), |at| kept.swap_remove(at))
    }

    /// Takes one back.
    pub fn give_back(&self, mut one: Matching) {
        one.points.clear();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(one);
        }
    }
}

//! Remembering answers that stay the same for as long as a snapshot lasts.

use domain::Result;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

/// Answers that are remembered at most, where nothing else is said.
const MOST: usize = 10_000;

/// Answers by question.
pub struct Memo<K, V> {
    known: RwLock<HashMap<K, V>>,
    most: usize,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self::of(MOST)
    }
}

impl<K, V> Memo<K, V> {
    /// Remembers so many answers; then all are forgotten.
    pub fn of(most: usize) -> Self {
        Self { known: RwLock::default(), most }
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// What is known, or what is found out now. Two who ask at once may both find it out.
    pub fn get<Q>(&self, question: &Q, find_out: impl FnOnce() -> Result<V>) -> Result<V>
    where
        K: Borrow<Q>,
        Q: ToOwned<Owned = K> + Eq + Hash + ?Sized,
    {
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(question) {
            return Ok(known.clone());
        }
        let answer = find_out()?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= self.most {
            known.clear();
        }
        known.insert(question.to_owned(), answer.clone());
        Ok(answer)
    }
}

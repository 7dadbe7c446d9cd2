//! A set of documents as bits.

use tantivy::DocId;

/// One bit for each document of a segment.
#[derive(Clone, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// None of so many documents.
    pub fn none(documents: usize) -> Self {
        Self(vec![0; documents.div_ceil(64)])
    }

    /// All of so many documents.
    pub fn all(documents: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; documents / 64]);
        if !documents.is_multiple_of(64) {
            bits.0.push((1 << (documents % 64)) - 1);
        }
        bits
    }

    /// Adds a document.
    pub fn insert(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    /// Adds documents that are in order.
    pub fn extend(&mut self, docs: &[DocId]) {
        let (mut at, mut word) = (0, 0u64);
        for doc in docs {
            let of_doc = *doc as usize / 64;
            if of_doc != at {
                self.0[at] |= word;
                (at, word) = (of_doc, 0);
            }
            word |= 1 << (doc % 64);
        }
        if word != 0 {
            self.0[at] |= word;
        }
    }

    /// Adds what the other has.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many the other has too.
    pub fn in_common(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(own, other)| (own & other).count_ones()).sum()
    }

    /// Each document, in order.
    pub fn each(&self, see: impl FnMut(DocId)) {
        Self::each_of(&self.0, 0, see);
    }

    /// Each document of some words, the first of which begins with `first`.
    pub fn each_of(words: &[u64], first: DocId, mut see: impl FnMut(DocId)) {
        for (first, word) in (first..).step_by(64).zip(words) {
            let mut left = *word;
            while left != 0 {
                see(first + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// The documents, 64 to a word.
    pub fn words(&self) -> &[u64] {
        &self.0
    }

    /// The same, to change them.
    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(docs: &[DocId]) -> Bits {
        let mut bits = Bits::none(200);
        for doc in docs {
            bits.insert(*doc);
        }
        bits
    }

    fn listed(bits: &Bits) -> Vec<DocId> {
        let mut docs = Vec::new();
        bits.each(|doc| docs.push(doc));
        docs
    }

    #[test]
    fn holds_what_was_put_in() {
        let mut bits = of(&[0, 63, 64, 199]);
        assert_eq!(listed(&bits), [0, 63, 64, 199]);
        assert_eq!((bits.len(), bits.in_common(&of(&[63, 65, 199]))), (4, 2));
        bits.add(&of(&[2, 199]));
        assert_eq!(listed(&bits), [0, 2, 63, 64, 199]);
        bits.clear();
        bits.extend(&[3, 5, 64, 130, 199]);
        bits.extend(&[]);
        assert_eq!(listed(&bits), [3, 5, 64, 130, 199]);
        assert_eq!([0, 1, 64, 130].map(|documents| Bits::all(documents).len()), [0, 1, 64, 130]);
    }
}

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

    /// Takes a document out.
    pub fn remove(&mut self, doc: DocId) {
        self.0[doc as usize / 64] &= !(1 << (doc % 64));
    }

    /// Becomes the same as another of as many documents.
    pub fn copy(&mut self, other: &Self) {
        self.0.copy_from_slice(&other.0);
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
    pub fn each(&self, mut see: impl FnMut(DocId)) {
        for (first, word) in (0u32..).step_by(64).zip(&self.0) {
            let mut left = *word;
            while left != 0 {
                see(first + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// Each document, in order; none is left.
    pub fn drain(&mut self, see: impl FnMut(DocId)) {
        self.each(see);
        self.clear();
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
        bits.remove(63);
        assert_eq!(listed(&bits), [0, 64, 199]);
        bits.copy(&of(&[64]));
        assert_eq!(listed(&bits), [64]);
        bits.drain(|doc| assert_eq!(doc, 64));
        assert_eq!(bits.len(), 0);
        assert_eq!([0, 1, 64, 130].map(|documents| Bits::all(documents).len()), [0, 1, 64, 130]);
    }
}

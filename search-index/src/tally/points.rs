//! How many points each document has for a query, 64 documents at a time: as binary numbers, one set for each digit.

use super::bits::Bits;
use crate::query::weights as w;

/// Digits of the most points a document can have.
const DIGITS: usize = 6;
/// Most points for one word.
const FOR_A_WORD: usize = w::POINTS_OF_NAME as usize;

/// Points by document.
#[derive(Default)]
pub struct Points {
    /// Lowest digit first.
    digits: [Bits; DIGITS],
    /// How many digits may be other than zero.
    used: usize,
    /// Most points so far.
    most: usize,
    /// What has at least one point for the word at hand, at least two, and three.
    word: [Bits; FOR_A_WORD],
    /// What has the same number as one it is compared with, as far as was looked.
    equal: Bits,
}

impl Points {
    /// None for so many documents.
    pub fn none(documents: usize) -> Self {
        let none = || Bits::none(documents);
        Self {
            digits: std::array::from_fn(|_| none()),
            word: std::array::from_fn(|_| none()),
            equal: none(),
            ..Self::default()
        }
    }

    /// What has so many points, or more, for the word at hand.
    pub fn of_word(&mut self, points: u8) -> &mut Bits {
        &mut self.word[usize::from(points) - 1]
    }

    /// Adds the points for the word at hand, the most of each document; the next word follows.
    pub fn add_word(&mut self) {
        self.most += FOR_A_WORD;
        self.used = (self.most.ilog2() as usize + 1).min(DIGITS);
        let [first, second, higher @ ..] = &mut self.digits;
        let higher = &mut higher[..self.used - 2];
        let [one, two, three] = &mut self.word;
        for (at, (first, second)) in first.words_mut().iter_mut().zip(second.words_mut()).enumerate() {
            let three = three.words()[at];
            let two = two.words()[at] | three;
            let one = one.words()[at] | two;
            let (low, high) = ((one & !two) | three, two);
            let mut carry = *first & low;
            *first ^= low;
            let sum = *second ^ high;
            (*second, carry) = (sum ^ carry, (*second & high) | (sum & carry));
            for digit in higher.iter_mut() {
                let digit = &mut digit.words_mut()[at];
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
        }
        self.word.iter_mut().for_each(Bits::clear);
    }

    /// Takes all points of documents that are not among these.
    pub fn only(&mut self, alive: &Bits) {
        for digit in &mut self.digits[..self.used] {
            digit.words_mut().iter_mut().zip(alive.words()).for_each(|(own, alive)| *own &= alive);
        }
    }

    /// Finds those with at least so many points: compares digit by digit, the highest first.
    pub fn at_least(&mut self, least: usize, found: &mut Bits) {
        found.clear();
        if least >> self.used > 0 {
            return;
        }
        let equal = &mut self.equal;
        equal.words_mut().fill(u64::MAX);
        for (place, digit) in self.digits[..self.used].iter().enumerate().rev() {
            let equal = equal.words_mut().iter_mut().zip(digit.words());
            if least >> place & 1 == 1 {
                equal.for_each(|(equal, digit)| *equal &= digit);
            } else {
                found.words_mut().iter_mut().zip(equal).for_each(|(more, (equal, digit))| {
                    *more |= *equal & digit;
                    *equal &= !digit;
                });
            }
        }
        found.words_mut().iter_mut().zip(equal.words()).for_each(|(more, equal)| *more |= equal);
    }

    /// Takes all points.
    pub fn clear(&mut self) {
        self.digits[..self.used].iter_mut().chain(&mut self.word).for_each(Bits::clear);
        (self.used, self.most) = (0, 0);
    }
}

const _: () = assert!(w::POINTS_OF_README == 1 && w::POINTS == 2 && w::POINTS_OF_NAME == 3);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DOCUMENTS: usize = 130;

    proptest! {
        #[test]
        fn counts_like_adding(words in proptest::collection::vec(proptest::collection::vec((0..130u32, 1..4u8), 0..200), 1..13)) {
            let mut points = Points::none(DOCUMENTS);
            let mut sums = vec![0; DOCUMENTS];
            for word in &words {
                let mut best = vec![0; DOCUMENTS];
                for (doc, of_doc) in word {
                    points.of_word(*of_doc).insert(*doc);
                    best[*doc as usize] = best[*doc as usize].max(*of_doc);
                }
                points.add_word();
                sums.iter_mut().zip(best).for_each(|(sum, best)| *sum += usize::from(best));
            }
            let mut found = Bits::none(DOCUMENTS);
            for least in 1..40 {
                points.at_least(least, &mut found);
                let mut having = vec![false; DOCUMENTS];
                found.each(|doc| having[doc as usize] = true);
                for (having, sum) in having.into_iter().zip(&sums) {
                    prop_assert_eq!(having, *sum >= least, "has {}, {} asked for", sum, least);
                }
            }
            points.clear();
            points.at_least(1, &mut found);
            prop_assert_eq!(found.len(), 0);
        }
    }
}

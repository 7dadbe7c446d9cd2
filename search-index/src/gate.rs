//! Passing over text that can't match, a few bytes at a time: of a long text most is looked at no closer.

/// Bytes of a beginning that are compared.
const BYTES: usize = 3;

/// Which bytes what is looked for may begin with. One bit stands for a few beginnings.
#[derive(Debug)]
pub struct Gate {
    added: u32,
    allowed: Box<[[u32; 256]; BYTES]>,
}

impl Default for Gate {
    fn default() -> Self {
        // What is not ASCII is folded to anything. A word that ends early may go on in the next one.
        let mut later = [0; 256];
        for (allowed, byte) in later.iter_mut().zip(0..=u8::MAX) {
            *allowed = if byte.is_ascii_alphanumeric() { 0 } else { u32::MAX };
        }
        let mut first = [0; 256];
        first[0x80..].fill(u32::MAX);
        Self { added: 0, allowed: Box::new([first, later, later]) }
    }
}

impl Gate {
    /// Lets through what begins like a folded word; of its bytes, so many are `certain`.
    pub fn add(&mut self, folded: &str, certain: usize) {
        let bit = 1 << (self.added % u32::BITS);
        self.added += 1;
        for (place, allowed) in self.allowed.iter_mut().enumerate() {
            match folded.as_bytes().get(place).filter(|_| place < certain) {
                Some(byte) => {
                    allowed[usize::from(*byte)] |= bit;
                    allowed[usize::from(byte.to_ascii_uppercase())] |= bit;
                }
                None => allowed.iter_mut().for_each(|allowed| *allowed |= bit),
            }
        }
    }

    /// Whether what is looked for may begin at a byte.
    pub fn may_begin(&self, text: &[u8], at: usize) -> bool {
        let mut left = u32::MAX;
        for (allowed, byte) in self.allowed.iter().zip(&text[at..]) {
            left &= allowed[usize::from(*byte)];
            if !byte.is_ascii() {
                break;
            }
        }
        left != 0
    }

    /// From `start` on the first byte where what is looked for may begin: at a word, at a part of one, or at anything that is
    /// not ASCII.
    pub fn next(&self, text: &str, start: usize) -> Option<usize> {
        let text = text.as_bytes();
        let begins = |at: usize| {
            let inside = at.checked_sub(1).is_some_and(|before| text[before].is_ascii_alphanumeric());
            !inside || text[at].is_ascii_uppercase() || !text[at].is_ascii()
        };
        let [first, second, third] = &*self.allowed;
        for (at, bytes) in (start..).zip(text.get(start..)?.array_windows()) {
            let [one, two, three] = bytes.map(usize::from);
            // What follows a character that is not ASCII is not in its place.
            let all = first[one] & second[two] & third[three];
            if (all != 0 || ((one | two) > 0x7f && first[one] != 0)) && begins(at) {
                return Some(at);
            }
        }
        let rest = start.max(text.len().saturating_sub(BYTES - 1))..text.len();
        rest.into_iter().find(|at| self.may_begin(text, *at) && begins(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[(&str, usize)], text: &str) -> Vec<usize> {
        let mut gate = Gate::default();
        for (word, certain) in words {
            gate.add(word, *certain);
        }
        let mut found = Vec::new();
        while let Some(at) = gate.next(text, found.last().map_or(0, |last| last + 1)) {
            found.push(at);
        }
        found
    }

    #[test]
    fn stops_where_words_and_parts_begin() {
        assert_eq!(found(&[("duty", 3)], "duty PagerDuty study DUTY dub du"), [0, 10, 21, 30]);
        assert_eq!(found(&[("happi", 3), ("k8s", 3)], "Happy k8s, unhappy K8s"), [0, 6, 19]);
        assert_eq!(found(&[], "nothing"), [] as [usize; 0]);
    }

    #[test]
    fn stops_at_whatever_is_folded() {
        assert_eq!(found(&[("grosse", 3)], "Größe"), [0, 2, 3, 4, 5]);
        assert_eq!(found(&[("pagerduty", 3)], "a “pa ger"), [2, 3, 4, 5]);
        assert_eq!(found(&[("ecran", 3)], "l'Écran"), [2, 3]);
    }
}

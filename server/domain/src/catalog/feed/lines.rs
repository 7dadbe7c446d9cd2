//! Bytes to lines, without ever holding more than one line that is not finished.

/// Longest line, in bytes: the largest manifest there may be.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;
/// Some programs begin every file with it; it is no part of the first line (RFC 8259, 8.1).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A line that is not empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its bytes without the white space around them; `None` when there were more than [`MAX_LINE_BYTES`].
    pub bytes: Option<Vec<u8>>,
}

/// Cuts what is pushed into it. Lines end with LF; a CR before it is white space.
#[derive(Debug, Default)]
pub(super) struct Lines {
    number: u64,
    held: Vec<u8>,
    /// The line under way is too long; what comes of it is thrown away.
    overflown: bool,
}

impl Lines {
    /// The lines that end in this piece.
    pub fn push(&mut self, piece: &[u8]) -> Vec<Line> {
        let mut ended = Vec::new();
        let mut parts = piece.split(|byte| *byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            self.hold(part);
            if parts.peek().is_some() {
                ended.extend(self.end());
            }
        }
        ended
    }

    /// The last line, which needs no LF.
    pub fn finish(&mut self) -> Option<Line> {
        self.end()
    }

    fn hold(&mut self, part: &[u8]) {
        if self.overflown || self.held.len() + part.len() > MAX_LINE_BYTES {
            self.overflown = true;
            self.held = Vec::new();
        } else {
            self.held.extend_from_slice(part);
        }
    }

    fn end(&mut self) -> Option<Line> {
        self.number += 1;
        let number = self.number;
        let held = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.overflown) {
            return Some(Line { number, bytes: None });
        }
        let text = if number == 1 { held.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&held) } else { &held };
        let text = text.trim_ascii();
        (!text.is_empty()).then(|| Line { number, bytes: Some(text.to_vec()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(pieces: &[&[u8]]) -> Vec<(u64, Option<Vec<u8>>)> {
        let mut lines = Lines::default();
        let mut all: Vec<Line> = pieces.iter().flat_map(|piece| lines.push(piece)).collect();
        all.extend(lines.finish());
        all.into_iter().map(|line| (line.number, line.bytes)).collect()
    }

    fn some(number: u64, text: &str) -> (u64, Option<Vec<u8>>) {
        (number, Some(text.as_bytes().to_vec()))
    }

    #[test]
    fn the_way_it_comes_in_makes_no_difference() {
        let text = b"\xef\xbb\xbf{1}\r\n\n  \n{2}\n{3}";
        let whole = cut(&[text]);
        assert_eq!(whole, [some(1, "{1}"), some(4, "{2}"), some(5, "{3}")]);
        for at in 0..text.len() {
            assert_eq!(cut(&[&text[..at], &text[at..]]), whole, "cut at {at}");
        }
        assert_eq!(cut(&[b"\xef\xbb\xbf"]), []);
        assert_eq!(cut(&[b"a\n\xef\xbb\xbfb"]).len(), 2, "elsewhere the mark is part of the line");
    }

    #[test]
    fn a_line_that_is_too_long_is_not_held() {
        let mut lines = Lines::default();
        assert_eq!(lines.push(b"a\n").len(), 1);
        for _ in 0..200 {
            assert_eq!(lines.push(&vec![b'x'; 64 * 1024]), []);
            assert!(lines.held.capacity() <= 4 * MAX_LINE_BYTES, "{}", lines.held.capacity());
        }
        assert_eq!(lines.push(b"\nb"), [Line { number: 2, bytes: None }]);
        assert_eq!(lines.finish().and_then(|line| line.bytes), Some(b"b".to_vec()));
        let longest = vec![b'y'; MAX_LINE_BYTES];
        assert_eq!(cut(&[&longest]), [(1, Some(longest.clone()))]);
    }
}

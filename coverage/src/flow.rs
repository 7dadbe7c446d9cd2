//! Flow collections, `[a, b]` and `{a: b}`, over any number of lines; so JSON too.

use crate::tree::{DEPTH, ITEM, Tree};
use crate::yaml::quoted;

/// Bytes of a collection inside of a block. One that does not end by then has lost its bracket.
pub const MOST: usize = 20_000;

/// Collections in collections inside of a block. One that does not end is read again from its second line on, so this is
/// how often a byte may be looked at.
const NESTED: usize = 12;

/// Reads the collection that begins at `from` into `entry`. Gives where it ends, and whether it does.
pub fn read<'a>(text: &'a str, from: usize, line: u32, most: usize, tree: &mut Tree<'a>, entry: u32) -> (usize, bool) {
    let mut end = text.len().min(from.saturating_add(most));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut reader = Reader { text, at: from, end, line, tree };
    let whole = reader.value(entry, if most == MOST { NESTED } else { DEPTH });
    (reader.at, whole.is_some())
}

struct Reader<'r, 'a> {
    text: &'a str,
    at: usize,
    end: usize,
    line: u32,
    tree: &'r mut Tree<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied().filter(|_| self.at < self.end)
    }

    /// Goes on to something that means something: over blanks, separators and comments.
    fn skip(&mut self, separators: &[u8]) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => self.line += 1,
                b'#' => {
                    while self.peek().is_some_and(|byte| byte != b'\n') {
                        self.at += 1;
                    }
                    continue;
                }
                byte if byte.is_ascii_whitespace() || separators.contains(&byte) => {}
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Nothing when the collection does not end, or is too deep.
    fn value(&mut self, entry: u32, depth: usize) -> Option<()> {
        self.skip(b"");
        match self.peek()? {
            b'[' => self.list(entry, depth.checked_sub(1)?),
            b'{' => self.map(entry, depth.checked_sub(1)?),
            _ => {
                let value = self.text(b",]}");
                self.tree.set(entry, value);
                Some(())
            }
        }
    }

    fn list(&mut self, entry: u32, depth: usize) -> Option<()> {
        self.at += 1;
        loop {
            self.skip(b",:");
            match self.peek()? {
                b']' => break,
                // Of a collection around this one, whose bracket is missing here.
                b'}' => return None,
                _ => {}
            }
            let item = self.tree.add(entry, self.line, ITEM);
            self.value(item, depth)?;
        }
        self.at += 1;
        Some(())
    }

    fn map(&mut self, entry: u32, depth: usize) -> Option<()> {
        self.at += 1;
        loop {
            self.skip(b",:");
            match self.peek()? {
                b'}' => break,
                b']' => return None,
                // A collection as a key, which templates look like.
                b'{' | b'[' => {
                    self.value(entry, depth)?;
                    continue;
                }
                _ => {}
            }
            let line = self.line;
            let key = self.text(b",]}");
            let child = self.tree.add(entry, line, key);
            self.skip(b"");
            if self.peek()? == b':' {
                self.at += 1;
                self.skip(b"");
                if !matches!(self.peek()?, b',' | b'}') {
                    self.value(child, depth)?;
                }
            }
        }
        self.at += 1;
        Some(())
    }

    /// A text with or without quotes. It takes at least one byte.
    fn text(&mut self, ends: &[u8]) -> &'a str {
        let rest = self.text.get(self.at..self.end).unwrap_or_default();
        if rest.starts_with(['"', '\''])
            && let Some((value, length)) = quoted(rest)
        {
            self.line += u32::try_from(value.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or_default();
            self.at += length;
            return value;
        }
        let bytes = rest.as_bytes();
        let ends_at = |at: usize| match bytes[at] {
            b':' => bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace() || ends.contains(next)),
            b'#' => at > 0 && bytes[at - 1] == b' ',
            byte => byte == b'\n' || ends.contains(&byte),
        };
        let length = (1..bytes.len()).find(|at| ends_at(*at)).unwrap_or(bytes.len());
        // A byte that ends a text may not stand inside of a character, but the limit may.
        let value = rest.get(..length).unwrap_or_default();
        self.at += length.max(1);
        value.trim()
    }
}

//! Blocks and attributes of HCL, the language of Terraform: `resource "type" "name" { … }` becomes an entry `resource` with
//! the value `type`, `key = "text"` an entry with that text. Expressions are passed over.

use crate::tree::{DEPTH, Tree};

/// Reads a text whose first line has this number.
pub fn read(text: &str, line: u32) -> Tree<'_> {
    let mut tree = Tree::default();
    let document = tree.document(line);
    let mut reader = Reader { text, at: 0, line, tree, open: vec![document] };
    while reader.at < text.len() && !reader.tree.is_full() {
        reader.next();
    }
    reader.tree
}

/// Whether a text is HCL: a line begins one of Terraform's blocks.
pub fn is_likely(text: &str) -> bool {
    const WORDS: [&str; 8] = ["resource", "provider", "terraform", "module", "data", "variable", "output", "locals"];
    text.lines().take(2_000).any(|line| {
        let line = line.trim();
        let word = line.split([' ', '"', '{']).next().unwrap_or_default();
        WORDS.contains(&word) && line.ends_with(['{', '}']) && !line.contains(": ")
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    tree: Tree<'a>,
    /// The blocks around this place, the document first.
    open: Vec<u32>,
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

impl<'a> Reader<'a> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn looking_at(&self, what: &str) -> bool {
        self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn next(&mut self) {
        match self.peek() {
            b'\n' => {
                self.line += 1;
                self.at += 1;
            }
            b'#' => self.pass_line(),
            b'/' if self.looking_at("//") => self.pass_line(),
            b'/' if self.looking_at("/*") => self.pass_to("*/"),
            b'<' if self.looking_at("<<") => self.heredoc(),
            b'{' => self.begin("", ""),
            b'}' => {
                if self.open.len() > 1 {
                    self.open.pop();
                }
                self.at += 1;
            }
            byte if is_word(byte) || byte == b'"' => self.statement(),
            _ => self.at += 1,
        }
    }

    /// The end of the line stays.
    fn pass_line(&mut self) {
        self.at = self.slice(self.at, self.text.len()).find('\n').map_or(self.text.len(), |end| self.at + end);
    }

    fn pass_to(&mut self, end: &str) {
        let rest = self.slice(self.at, self.text.len());
        let length = rest.find(end).map_or(rest.len(), |at| at + end.len());
        self.count(self.at, self.at + length);
        self.at += length;
    }

    fn count(&mut self, from: usize, to: usize) {
        let lines = self.slice(from, to).bytes().filter(|byte| *byte == b'\n').count();
        self.line += u32::try_from(lines).unwrap_or_default();
    }

    fn heredoc(&mut self) {
        let head = self.slice(self.at, self.text.len()).lines().next().unwrap_or_default();
        let name = head.trim_start_matches(['<', '-', '~']).trim();
        self.at += head.len();
        if name.is_empty() || !name.bytes().all(is_word) {
            return;
        }
        loop {
            let Some(line) = self.slice(self.at, self.text.len()).split_inclusive('\n').next() else { return };
            self.at += line.len();
            self.line += u32::from(line.ends_with('\n'));
            if line.trim() == name {
                return;
            }
        }
    }

    /// A block begins here.
    fn begin(&mut self, key: &'a str, value: &'a str) {
        let parent = self.open.last().copied().unwrap_or_default();
        // What is too deep belongs to what is above; brackets still count.
        let mut entry = parent;
        if self.open.len() < DEPTH {
            entry = self.tree.add(parent, self.line, key);
            self.tree.set(entry, value);
        }
        self.open.push(entry);
        self.at += 1;
    }

    /// Blanks within a line.
    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r') {
            self.at += 1;
        }
    }

    /// A word or a text in quotes.
    fn word(&mut self) -> &'a str {
        let from = self.at;
        if self.peek() == b'"' {
            self.at = self.end_of_text(self.at, 0);
            self.count(from, self.at);
            return self.slice(from + 1, self.at.saturating_sub(1));
        }
        while is_word(self.peek()) {
            self.at += 1;
        }
        self.slice(from, self.at)
    }

    /// Where a text in quotes ends, its last quote included. Templates in it may hold texts of their own.
    fn end_of_text(&self, from: usize, level: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut templates) = (from + 1, 0_usize);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') => {
                    templates += 1;
                    at += 1;
                }
                b'}' => templates = templates.saturating_sub(1),
                b'"' if templates > 0 && level < 8 => at = self.end_of_text(at, level + 1) - 1,
                b'"' => return at + 1,
                // No text goes over a line; this one has lost its quote.
                b'\n' => return at,
                _ => {}
            }
            at += 1;
        }
        bytes.len()
    }

    fn statement(&mut self) {
        let key = self.word();
        self.blanks();
        match self.peek() {
            b'=' if !self.looking_at("==") && !self.looking_at("=>") => self.attribute(key),
            b':' => self.attribute(key),
            b'{' => self.begin(key, ""),
            byte if byte == b'"' || is_word(byte) => self.labels(key),
            _ => {}
        }
    }

    fn attribute(&mut self, key: &'a str) {
        self.at += 1;
        self.blanks();
        match self.peek() {
            b'{' => self.begin(key, ""),
            byte => {
                let entry = self.tree.add(self.open.last().copied().unwrap_or_default(), self.line, key);
                if byte == b'"' || is_word(byte) {
                    let value = self.word();
                    self.tree.set(entry, value);
                }
            }
        }
    }

    /// The labels of a block, the first of which says what it is.
    fn labels(&mut self, key: &'a str) {
        let first = self.word();
        self.blanks();
        for _ in 0..4 {
            if self.peek() != b'"' && !is_word(self.peek()) {
                break;
            }
            self.word();
            self.blanks();
        }
        if self.peek() == b'{' {
            self.begin(key, first);
        }
    }
}

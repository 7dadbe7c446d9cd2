//! The part of YAML that configuration files use, line by line: mappings, lists, quoted and block texts, flow collections
//! (so JSON too), several documents, comments, anchors, tags. Lines of templates are passed over. Indentation decides; what
//! makes no sense is left out, and reading goes on.

use crate::flow;
use crate::tree::{DEPTH, ITEM, Tree};

/// Reads a text whose first line has this number.
pub fn read(text: &str, line: u32) -> Tree<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0, line, tree: Tree::default(), open: Vec::new(), document: None };
    while reader.at < text.len() && !reader.tree.is_full() {
        reader.line();
    }
    reader.tree
}

/// An entry that later lines may belong to.
#[derive(Clone, Copy)]
struct Open {
    column: usize,
    entry: u32,
    item: bool,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    tree: Tree<'a>,
    open: Vec<Open>,
    document: Option<u32>,
}

impl<'a> Reader<'a> {
    /// From here to the end of the line.
    fn rest(&self, from: usize) -> &'a str {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default().trim_end()
    }

    /// Goes to the line after this place.
    fn pass(&mut self, to: usize) {
        let to = to.max(self.at);
        let end = self.text.get(to..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |end| to + end + 1);
        let passed = self.text.get(self.at..end).unwrap_or_default();
        let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at = end;
    }

    fn line(&mut self) {
        let whole = self.rest(self.at);
        let mut text = whole.trim_start();
        let mut column = whole.len() - text.len();
        if column == 0 && (text == "..." || text == "---" || text.starts_with("--- ")) {
            self.document = None;
            self.open.clear();
            text = text.get(3..).unwrap_or_default().trim_start();
            column = whole.len() - text.len();
        }
        // `{{` is a template's, and `%` a directive.
        if text.is_empty() || text.starts_with(['#', '%']) || text.starts_with("{{") {
            return self.pass(self.at);
        }
        let document = *self.document.get_or_insert_with(|| self.tree.document(self.line));
        let mut owner = None;
        while let Some(inner) =
            text.strip_prefix('-').filter(|inner| inner.is_empty() || inner.starts_with([' ', '\t']))
        {
            owner = Some((self.add(column, ITEM, document), column));
            column += text.len() - inner.trim_start().len();
            text = inner.trim_start();
        }
        let plain = without_properties(text);
        column += text.len() - plain.len();
        let from = self.at + column;
        if let Some((key, after)) = key(plain) {
            let entry = self.add(column, key, document);
            self.value(from + after, entry, column);
        } else if let Some((entry, column)) = owner {
            self.value(from, entry, column);
        } else if self.open.is_empty() && plain.starts_with(['{', '[']) {
            // A document of JSON.
            let (end, _) = flow::read(self.text, from, self.line, usize::MAX, &mut self.tree, document);
            self.pass(end);
        } else {
            // The next line of a text that began above.
            self.pass(self.at);
        }
    }

    /// Adds an entry below the one that its column belongs to. A list may stand as far to the left as its key.
    fn add(&mut self, column: usize, key: &'a str, document: u32) -> u32 {
        let item = key == ITEM;
        while self.open.last().is_some_and(|it| it.column > column || it.column == column && (it.item || !item)) {
            self.open.pop();
        }
        let entry = self.tree.add(self.open.last().map_or(document, |it| it.entry), self.line, key);
        if self.open.len() < DEPTH {
            self.open.push(Open { column, entry, item });
        }
        entry
    }

    /// What stands behind a key or a dash; `column` is where that is.
    fn value(&mut self, from: usize, entry: u32, column: usize) {
        let rest = self.rest(from);
        let text = without_properties(rest.trim_start());
        let from = from + (rest.len() - text.len());
        match text.as_bytes().first() {
            None | Some(b'#') => self.pass(self.at),
            Some(b'|' | b'>') if is_block(text) => self.block(entry, column),
            Some(b'[' | b'{') if !text.starts_with("{{") => {
                let mark = self.tree.mark();
                let (end, whole) = flow::read(self.text, from, self.line, flow::MOST, &mut self.tree, entry);
                if whole {
                    return self.pass(end);
                }
                self.tree.forget(mark);
                self.tree.set(entry, text);
                self.pass(self.at);
            }
            Some(b'"' | b'\'') => match quoted(self.text.get(from..).unwrap_or_default()) {
                Some((value, length)) => {
                    self.tree.set(entry, value);
                    self.pass(from + length - 1);
                }
                None => self.pass(self.at),
            },
            Some(_) => {
                self.tree.set(entry, without_comment(text));
                self.pass(self.at);
            }
        }
    }

    /// A text of several lines: all that are empty or further to the right than what they belong to.
    fn block(&mut self, entry: u32, column: usize) {
        self.pass(self.at);
        let start = self.at;
        while self.at < self.text.len() {
            let line = self.rest(self.at);
            if !line.is_empty() && line.len() - line.trim_start().len() <= column {
                break;
            }
            self.pass(self.at);
        }
        self.tree.set(entry, self.text.get(start..self.at).unwrap_or_default());
    }
}

/// Without anchors and tags in front.
fn without_properties(mut text: &str) -> &str {
    while text.starts_with(['&', '!']) {
        let Some((_, rest)) = text.split_once([' ', '\t']) else { return "" };
        text = rest.trim_start();
    }
    text
}

fn without_comment(text: &str) -> &str {
    text.split(" #").next().unwrap_or(text).trim_end()
}

/// Whether `|` or `>` begins a block: nothing but indicators stands behind it.
fn is_block(text: &str) -> bool {
    let head = without_comment(text);
    head.bytes().skip(1).all(|byte| byte.is_ascii_digit() || byte == b'+' || byte == b'-')
}

/// A text in quotes at the beginning: what is in it, and its length with the quotes. Escapes stay as they are.
pub fn quoted(text: &str) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some((text.get(1..at)?, at + 1)),
            _ => at += 1,
        }
    }
}

/// The key that a line begins with, and where its value may begin.
fn key(text: &str) -> Option<(&str, usize)> {
    let is_end = |at: usize| text.as_bytes().get(at).is_none_or(u8::is_ascii_whitespace);
    match text.as_bytes().first()? {
        b'"' | b'\'' => {
            let (key, length) = quoted(text)?;
            let colon = length + text.get(length..)?.find(|c: char| !c.is_whitespace())?;
            (text.as_bytes().get(colon) == Some(&b':') && is_end(colon + 1)).then_some((key, colon + 1))
        }
        b'{' | b'[' | b'|' | b'>' => None,
        _ => {
            let colon = text.match_indices(':').map(|(at, _)| at).find(|at| is_end(at + 1))?;
            let key = text.get(..colon)?.trim_end();
            (!key.contains(" #")).then_some((key, colon + 1))
        }
    }
}

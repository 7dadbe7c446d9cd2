//! What a file holds, as a flat list of entries that know their parent. Children follow their parent, so a subtree is one
//! piece of the list.

/// No parent: the entry is a document.
const NONE: u32 = u32::MAX;
/// More entries than any file has that a person wrote; what follows is not read.
const MOST: usize = 200_000;
/// What is nested deeper belongs to the deepest level.
pub const DEPTH: usize = 64;
/// The key of what stands in a list.
pub const ITEM: &str = "-";

/// A key with its value, or something in a list.
#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    parent: u32,
    line: u32,
    key: &'a str,
    value: &'a str,
}

/// Everything in a file.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    entries: Vec<Entry<'a>>,
    full: bool,
}

impl<'a> Tree<'a> {
    /// Begins a document.
    pub fn document(&mut self, line: u32) -> u32 {
        self.add(NONE, line, "")
    }

    /// Adds an entry below another one; gives its number. What is too much stays out.
    pub fn add(&mut self, parent: u32, line: u32, key: &'a str) -> u32 {
        if self.entries.len() >= MOST {
            self.full = true;
            return parent;
        }
        self.entries.push(Entry { parent, line, key, value: "" });
        u32::try_from(self.entries.len() - 1).unwrap_or(NONE)
    }

    /// Sets the value of an entry.
    pub fn set(&mut self, entry: u32, value: &'a str) {
        if let Some(entry) = self.entries.get_mut(entry as usize) {
            entry.value = value;
        }
    }

    /// How many entries there are; [`Self::forget`] takes back what came after that.
    pub const fn mark(&self) -> usize {
        self.entries.len()
    }

    /// Takes back what was added since.
    pub fn forget(&mut self, mark: usize) {
        self.entries.truncate(mark);
    }

    /// Whether something was left out.
    pub const fn is_full(&self) -> bool {
        self.full
    }

    /// The documents.
    pub fn documents(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        (0..).zip(&self.entries).filter(|(_, entry)| entry.parent == NONE).map(|(at, entry)| Node {
            tree: self,
            at,
            entry: *entry,
        })
    }
}

/// An entry in its tree.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t, 'a> {
    tree: &'t Tree<'a>,
    at: u32,
    entry: Entry<'a>,
}

impl<'t, 'a> Node<'t, 'a> {
    /// Its key; [`ITEM`] in a list.
    pub const fn key(&self) -> &'a str {
        self.entry.key
    }

    /// Its value, where that is a text; empty otherwise.
    pub const fn value(&self) -> &'a str {
        self.entry.value
    }

    /// Where it stands, from 1.
    pub const fn line(&self) -> u32 {
        self.entry.line
    }

    /// Everything below it, in the file's order.
    pub fn below(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let (tree, top) = (self.tree, self.at);
        (top + 1..)
            .zip(tree.entries.iter().skip(top as usize + 1))
            .take_while(move |(_, entry)| entry.parent != NONE && entry.parent >= top)
            .map(move |(at, entry)| Self { tree, at, entry: *entry })
    }

    /// What is directly below it.
    pub fn children(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let top = self.at;
        self.below().filter(move |node| node.entry.parent == top)
    }

    /// The child with this key.
    pub fn get(&self, key: &str) -> Option<Self> {
        self.children().find(|node| node.key() == key)
    }

    /// What this way of keys leads to.
    pub fn find(&self, way: &[&str]) -> Option<Self> {
        way.iter().try_fold(*self, |node, key| node.get(key))
    }

    /// Whether it holds a list.
    pub fn is_list(&self) -> bool {
        self.children().next().is_some_and(|node| node.key() == ITEM)
    }

    /// The texts of a list, or the one text that stands for a list.
    pub fn texts(&self) -> Vec<(&'a str, u32)> {
        let own = (!self.value().is_empty()).then_some((self.value(), self.line()));
        let items = self.children().filter(|node| node.key() == ITEM && !node.value().is_empty());
        own.into_iter().chain(items.map(|node| (node.value(), node.line()))).collect()
    }
}

//! Facet values as small numbers. Values are only ever added, so a number stays good for every snapshot after.

use crate::analysis::{fold, words};
use contract::search::FacetField;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::OnceLock;

/// Number of a facet value.
pub type ValueId = u32;

/// A facet value.
#[derive(Clone, Debug)]
pub struct Value {
    /// Wire value.
    pub value: Box<str>,
    /// Name for people.
    pub label: Box<str>,
}

/// All facet values seen.
#[derive(Clone, Debug, Default)]
pub struct Values {
    seen: Vec<Value>,
    /// Position in [`FacetField::ALL`] of each value's field.
    slots: Vec<u8>,
    by_field: [Vec<ValueId>; FacetField::ALL.len()],
    ids: [HashMap<Box<str>, ValueId>; FacetField::ALL.len()],
    /// Place of each value in the order of labels, once somebody asked.
    label_ranks: OnceLock<Vec<u32>>,
    /// Words of the labels.
    words: [BTreeMap<Box<str>, Vec<ValueId>>; FacetField::ALL.len()],
}

/// Position of a field in [`FacetField::ALL`].
pub fn slot(field: FacetField) -> u8 {
    FacetField::ALL.iter().zip(0u8..).find(|(other, _)| **other == field).map_or(0, |(_, slot)| slot)
}

impl Values {
    /// Number of values.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// The value with this number.
    pub fn get(&self, id: ValueId) -> &Value {
        &self.seen[id as usize]
    }

    /// Field of each value, by number.
    pub fn slots(&self) -> &[u8] {
        &self.slots
    }

    /// Place of each value, by number, in the order of labels.
    pub fn label_ranks(&self) -> &[u32] {
        self.label_ranks.get_or_init(|| {
            let mut order: Vec<(&Value, usize)> = self.seen.iter().zip(0..).collect();
            order.sort_unstable_by_key(|(value, id)| (&value.label, &value.value, *id));
            let mut ranks = vec![0; order.len()];
            order.iter().zip(0u32..).for_each(|((_, id), rank)| ranks[*id] = rank);
            ranks
        })
    }

    /// Values of a field.
    pub fn of(&self, field: FacetField) -> &[ValueId] {
        &self.by_field[usize::from(slot(field))]
    }

    /// Number of a value, if it was seen.
    pub fn find(&self, field: FacetField, value: &str) -> Option<ValueId> {
        self.ids[usize::from(slot(field))].get(value).copied()
    }

    /// Whether [`Self::add`] would change nothing.
    pub fn knows(&self, field: FacetField, value: &str, label: &str) -> Option<ValueId> {
        self.find(field, value).filter(|id| *self.get(*id).label == *label)
    }

    /// Number of a value, new or known. The latest label counts.
    pub fn add(&mut self, field: FacetField, value: &str, label: &str) -> ValueId {
        let slot = slot(field);
        self.label_ranks.take();
        if let Some(id) = self.find(field, value) {
            self.seen[id as usize].label = label.into();
            self.index(slot, label, id);
            return id;
        }
        let id = ValueId::try_from(self.seen.len()).unwrap_or(ValueId::MAX);
        self.seen.push(Value { value: value.into(), label: label.into() });
        self.slots.push(slot);
        self.by_field[usize::from(slot)].push(id);
        self.ids[usize::from(slot)].insert(value.into(), id);
        self.index(slot, label, id);
        id
    }

    fn index(&mut self, slot: u8, label: &str, id: ValueId) {
        for word in words(label) {
            let word = fold(&label[word.start..word.end]);
            self.words[usize::from(slot)].entry(word.into()).or_default().push(id);
        }
    }

    /// Values with a word in their label, present or former, that begins so.
    pub fn beginning(&self, field: FacetField, start: &str) -> impl Iterator<Item = ValueId> {
        let from = self.words[usize::from(slot(field))].range::<str, _>((Bound::Included(start), Bound::Unbounded));
        from.take_while(move |(word, _)| word.starts_with(start)).flat_map(|(_, ids)| ids.iter().copied())
    }

    /// Values with a word in their label that begins with the same letter as `typed` and is like it.
    pub fn like(&self, field: FacetField, typed: &str, alike: impl Fn(&str) -> bool) -> impl Iterator<Item = ValueId> {
        let first: String = typed.chars().take(1).collect();
        let from = self.words[usize::from(slot(field))].range::<str, _>((Bound::Included(&*first), Bound::Unbounded));
        let near = from.take_while(|(word, _)| word.starts_with(&first)).filter(|(word, _)| alike(word));
        near.flat_map(|(_, ids)| ids.iter().copied()).collect::<Vec<_>>().into_iter()
    }
}

//! What is wrong with the form: what the server said, or what the browser found before sending. Both use the same rules.

use contract::field::{FieldKind, FieldSpec};
use contract::install::FormField;
use leptos::prelude::*;
use std::collections::HashMap;

/// Finds the error summary.
pub const SUMMARY: &str = "#errors";

/// Errors by the key of their field, in the order of the form.
#[derive(Clone, Copy)]
pub struct Problems(RwSignal<Vec<(String, String)>>);

impl Problems {
    /// What the server found.
    pub fn of(fields: &[FormField]) -> Self {
        let found = fields.iter().filter_map(|it| Some((it.spec.key.clone(), it.error.clone()?))).collect();
        Self(RwSignal::new(found))
    }

    /// Whether there is none at this moment.
    pub fn is_empty(self) -> bool {
        self.0.with_untracked(Vec::is_empty)
    }

    /// All of them.
    pub fn all(self) -> Vec<(String, String)> {
        self.0.get()
    }

    /// What is wrong with one field.
    pub fn at(self, key: &str) -> Option<String> {
        self.0.with(|all| all.iter().find(|(at, _)| at == key).map(|(_, text)| text.clone()))
    }

    /// Checks what is about to be sent; gives whether it may be.
    pub fn check(self, fields: &[(FieldSpec, bool)], entered: &HashMap<String, String>) -> bool {
        let found: Vec<_> = fields
            .iter()
            .filter_map(|(spec, stored)| Some((spec.key.clone(), wrong(spec, *stored, entered.get(&spec.key))?)))
            .collect();
        let good = found.is_empty();
        self.0.set(found);
        good
    }
}

/// What is wrong with a value. A box that is not ticked is not sent; an empty secret keeps the stored one.
fn wrong(spec: &FieldSpec, stored: bool, entered: Option<&String>) -> Option<String> {
    let absent = if spec.kind == FieldKind::Boolean { "false" } else { "" };
    let raw = entered.map_or(absent, String::as_str);
    if stored && raw.trim().is_empty() {
        return None;
    }
    spec.normalise(raw).err()
}

//! The JSON Schema of the manifest, generated from its types.

use contract::manifest::Manifest;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(Manifest).to_value();
    schema["$id"] = json!("/schemas/integration-1.json");
    schema["title"] = json!("OpenConductor integration manifest, version 1");
    schema["properties"]["manifest"]["const"] = json!(1);
    schema
});

static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let mut schema = SCHEMA.clone();
    if let Some(object) = schema.as_object_mut() {
        // The address is for editors; here every reference stays within the document.
        object.remove("$id");
    }
    // A wrong format version has a rule of its own.
    if let Some(version) = schema.pointer_mut("/properties/manifest").and_then(Value::as_object_mut) {
        version.remove("const");
    }
    // Generated from types; a test compiles it, so `None` is never seen.
    jsonschema::validator_for(&schema).ok()
});

/// The JSON Schema served at `/schemas/integration-1.json`.
pub fn schema() -> Value {
    SCHEMA.clone()
}

pub(super) fn validator() -> Option<&'static Validator> {
    VALIDATOR.as_ref()
}

/// The part of the schema at this pointer.
pub(super) fn part(pointer: &str) -> Option<&'static Value> {
    SCHEMA.pointer(pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_compiles_and_describes_every_key() {
        assert!(validator().is_some());
        let schema = schema();
        assert_eq!(schema["$id"], "/schemas/integration-1.json");
        let properties = schema["properties"].as_object().expect("properties");
        assert!(properties.len() >= 20);
        for (key, value) in properties {
            assert!(value["description"].is_string(), "{key} has no description");
        }
        assert_eq!(schema["additionalProperties"], false);
    }
}

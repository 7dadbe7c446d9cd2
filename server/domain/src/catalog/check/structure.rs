//! Structure: what the JSON Schema says, in words for people; and stand-ins for what is wrong, so that the rest of a broken
//! manifest can still be checked.

use super::problem::Findings;
use super::schema;
use super::text::{did_you_mean, listed, quote};
use contract::manifest::Manifest;
use jsonschema::JsonType;
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::{Value, json};

/// Each round replaces what is wrong by an empty stand-in, whose own missing parts are the next round's.
const ROUNDS: usize = 8;

/// One disagreement with the schema.
struct Defect {
    pointer: String,
    fault: Fault,
}

enum Fault {
    Unknown { allowed: Vec<String> },
    Missing { purpose: String },
    Type { expected: JsonType },
    NotListed { allowed: Vec<String>, found: String },
    Other { message: String },
}

/// Reports what is wrong with the structure. The manifest that comes back has stand-ins where `findings` now hides
/// problems; `true` says that it is the manifest as written.
pub(super) fn check(mut value: Value, findings: &mut Findings) -> (Option<Manifest>, bool) {
    let defects = defects(&value);
    let sound = defects.is_empty();
    for defect in &defects {
        report(defect, &value, findings);
    }
    for defect in &defects {
        hide(defect, findings);
    }
    let mut pending = defects;
    for _ in 0..ROUNDS {
        if pending.is_empty() {
            break;
        }
        for defect in &pending {
            replace(&mut value, defect);
        }
        pending = self::defects(&value);
    }
    match serde_json::from_value(value) {
        Ok(manifest) => (Some(manifest), sound),
        Err(error) if sound => {
            findings.error(
                "MAN-002",
                "",
                format!("The manifest cannot be read: {error}."),
                "Compare with docs/manifest.md.",
            );
            (None, false)
        }
        Err(_) => (None, false),
    }
}

fn defects(value: &Value) -> Vec<Defect> {
    let mut defects = Vec::new();
    if let Some(validator) = schema::validator() {
        for error in validator.iter_errors(value) {
            collect(&error, &mut defects);
        }
    }
    defects
}

fn collect(error: &ValidationError<'_>, defects: &mut Vec<Defect>) {
    let pointer = error.instance_path().as_str().to_owned();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let allowed: Vec<String> = properties(error).map_or_else(Vec::new, |it| it.keys().cloned().collect());
            defects.extend(unexpected.iter().map(|key| Defect {
                pointer: below(&pointer, key),
                fault: Fault::Unknown { allowed: allowed.clone() },
            }));
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let purpose = properties(error)
                .and_then(|it| it.get(key)?.get("description")?.as_str())
                .unwrap_or_default()
                .trim_end_matches('.')
                .to_owned();
            defects.push(Defect { pointer: below(&pointer, key), fault: Fault::Missing { purpose } });
        }
        ValidationErrorKind::Type { kind } => {
            defects.push(Defect { pointer, fault: Fault::Type { expected: expected(kind) } });
        }
        ValidationErrorKind::Enum { options } => {
            let allowed = options.as_array().into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned);
            defects.push(not_listed(error, pointer, allowed.collect()));
        }
        ValidationErrorKind::OneOfNotValid { context } => {
            let constants = context.iter().flatten().filter_map(|error| match error.kind() {
                ValidationErrorKind::Constant { expected_value } => expected_value.as_str().map(ToOwned::to_owned),
                _ => None,
            });
            defects.push(not_listed(error, pointer, constants.collect()));
        }
        // An optional table: `null` is the branch nobody means.
        ValidationErrorKind::AnyOf { context } => {
            let meant = context.iter().find(|branch| !branch.iter().any(wants_null));
            match meant {
                Some(branch) => branch.iter().for_each(|error| collect(error, defects)),
                None => defects.push(Defect { pointer, fault: Fault::Other { message: error.to_string() } }),
            }
        }
        _ => defects.push(Defect { pointer, fault: Fault::Other { message: error.to_string() } }),
    }
}

fn wants_null(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Null) })
}

fn not_listed(error: &ValidationError<'_>, pointer: String, allowed: Vec<String>) -> Defect {
    let fault = match error.instance().as_str() {
        Some(found) => Fault::NotListed { allowed, found: found.to_owned() },
        None => Fault::Type { expected: JsonType::String },
    };
    Defect { pointer, fault }
}

fn expected(kind: &TypeKind) -> JsonType {
    match kind {
        TypeKind::Single(kind) => *kind,
        TypeKind::Multiple(set) => set.iter().find(|kind| *kind != JsonType::Null).unwrap_or(JsonType::Null),
    }
}

/// The keys that the schema allows where this error is.
fn properties(error: &ValidationError<'_>) -> Option<&'static serde_json::Map<String, Value>> {
    let (table, _) = error.schema_path().as_str().rsplit_once('/')?;
    schema::part(table)?.get("properties")?.as_object()
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn report(defect: &Defect, value: &Value, findings: &mut Findings) {
    let key = defect.pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let (what, fix) = match &defect.fault {
        Fault::Unknown { allowed } => {
            let fallback = format!("Remove it; allowed here: {}.", listed(allowed.iter().map(String::as_str)));
            let fix = did_you_mean(&key, allowed.iter().map(String::as_str), fallback);
            (format!("There is no key {}.", quote(&key)), fix)
        }
        Fault::Missing { purpose } => (
            format!("The key {} is missing.", quote(&key)),
            if purpose.is_empty() { "Add it.".to_owned() } else { format!("Add it: {purpose}.") },
        ),
        Fault::Type { expected } => {
            let found = value.pointer(&defect.pointer).map_or("missing", |found| match found {
                Value::Number(number) if !number.is_f64() => word(JsonType::Integer),
                other => word(JsonType::from(other)),
            });
            (format!("This is {found}."), format!("Make it {}.", word(*expected)))
        }
        Fault::NotListed { allowed, found } => {
            let all = format!("Use {}.", listed(allowed.iter().map(String::as_str)));
            let hint = did_you_mean(found, allowed.iter().map(String::as_str), String::new());
            (format!("{} is not a value of this key.", quote(found)), format!("{all} {hint}").trim().to_owned())
        }
        Fault::Other { message } => {
            (format!("The value does not fit: {}.", quote(message)), "Compare with docs/manifest.md.".into())
        }
    };
    findings.error("MAN-002", &defect.pointer, what, fix);
}

fn word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "empty",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "text in quotes",
        JsonType::Array => "a list",
        JsonType::Object => "a table",
    }
}

/// Nothing is said about stand-ins; and where a kind is unknown, nothing about what depends on it.
fn hide(defect: &Defect, findings: &mut Findings) {
    match (&defect.fault, defect.pointer.rsplit_once('/')) {
        (Fault::Unknown { .. }, _) => {}
        (_, Some((table, "type" | "scheme"))) => findings.hide(table),
        _ => findings.hide(&defect.pointer),
    }
}

fn replace(value: &mut Value, defect: &Defect) {
    let Some((table, key)) = defect.pointer.rsplit_once('/') else {
        *value = json!({});
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    let stand_in = match &defect.fault {
        Fault::Unknown { .. } => {
            if let Some(table) = value.pointer_mut(table).and_then(Value::as_object_mut) {
                table.remove(&key);
            }
            return;
        }
        // The next round says which type it has.
        Fault::Missing { .. } => Value::Null,
        Fault::Type { expected } => match expected {
            JsonType::Null => Value::Null,
            JsonType::Boolean => json!(false),
            JsonType::Integer | JsonType::Number => json!(0),
            JsonType::String => json!(""),
            JsonType::Array => json!([]),
            JsonType::Object => json!({}),
        },
        Fault::NotListed { allowed, .. } => allowed.first().map_or(Value::Null, |first| json!(first)),
        Fault::Other { .. } => json!(0),
    };
    match value.pointer_mut(table) {
        Some(Value::Object(object)) => {
            object.insert(key, stand_in);
        }
        Some(Value::Array(items)) => {
            if let Some(item) = key.parse().ok().and_then(|index: usize| items.get_mut(index)) {
                *item = stand_in;
            }
        }
        _ => {}
    }
}

//! Text to value, with one language of errors for TOML and JSON.

use super::{Level, ManifestText, Problem};
use serde_json::{Map, Value};

/// Largest manifest, in bytes.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;

/// The manifest as a JSON value.
pub(super) fn read(text: ManifestText<'_>) -> Result<Value, Problem> {
    let (ManifestText::Toml(source) | ManifestText::Json(source)) = text;
    if source.len() > MAX_TEXT_BYTES {
        return Err(unreadable(
            format!("The manifest is {} KiB long; 1024 KiB are the most.", source.len() / 1024),
            "Leave out what is not needed.",
        ));
    }
    let value = match text {
        ManifestText::Toml(source) => {
            toml::from_str::<toml::Table>(source).map(|table| json(toml::Value::Table(table))).map_err(|error| {
                let place = error.span().map_or_else(String::new, |span| place(source, span.start));
                unreadable(
                    format!("This is not valid TOML{place}: {}.", line(error.message())),
                    "Mend the syntax there.",
                )
            })?
        }
        ManifestText::Json(source) => serde_json::from_str(source).map_err(|error| {
            let place = format!(" at line {}, column {}", error.line(), error.column());
            let text = error.to_string();
            let message = text.rsplit_once(" at line").map_or(text.as_str(), |(message, _)| message);
            unreadable(format!("This is not valid JSON{place}: {message}."), "Mend the syntax there.")
        })?,
    };
    Ok(value)
}

fn unreadable(what: String, fix: &str) -> Problem {
    Problem { rule: "MAN-001", level: Level::Error, pointer: String::new(), what, fix: fix.to_owned() }
}

fn line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn place(source: &str, offset: usize) -> String {
    let before = &source[..source.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!(" at line {line}, column {column}")
}

/// TOML has dates, which manifests do not use; as text they fail where a text is checked.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect::<Map<_, _>>())
        }
    }
}

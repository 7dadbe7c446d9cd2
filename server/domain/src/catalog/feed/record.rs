//! One line as it was written: JSON with texts and lists of texts where they belong.

use crate::catalog::check::{hidden_text, text::quote};
use serde_json::{Map, Value};

/// Keys that mean something, each with the name that other catalogues use for it.
const KEYS: [(&str, &str); 14] = [
    ("source", ""),
    ("id", ""),
    ("name", ""),
    ("summary", ""),
    ("description", "description_md"),
    ("partner", "provider"),
    ("categories", ""),
    ("tags", ""),
    ("keywords", ""),
    ("aliases", ""),
    ("links", ""),
    ("homepage", ""),
    ("documentation", "docs_url"),
    ("version", ""),
];

/// A line, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub source: Option<String>,
    pub id: String,
    pub name: String,
    pub summary: String,
    pub description: String,
    pub partner: String,
    pub categories: Vec<String>,
    pub tags: Vec<String>,
    pub aliases: Vec<String>,
    /// Key and address.
    pub links: Vec<(String, String)>,
    pub version: String,
    /// Keys that mean nothing here.
    pub ignored: Vec<String>,
}

/// Why a line can't be read, and its id if that much can.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub id: Option<String>,
    pub reason: String,
}

/// Reads a line.
pub(super) fn read(bytes: &[u8]) -> Result<Record, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| Unreadable {
        id: None,
        reason: format!("Byte {} is not UTF-8. Save the feed as UTF-8.", error.valid_up_to() + 1),
    })?;
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Unreadable { id: None, reason: format!("This is not JSON: {}.", shortened(&error)) })?;
    let Value::Object(fields) = value else {
        return Err(Unreadable { id: None, reason: "This is no object. Write one {…} a line.".to_owned() });
    };
    let id = fields.get("id").and_then(Value::as_str).map(|id| id.chars().take(200).collect());
    fields_of(fields).map_err(|reason| Unreadable { id, reason })
}

/// A column says where, the line is known.
fn shortened(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split_once(" at line").map_or(text.as_str(), |(message, _)| message);
    format!("{message}, at character {}", error.column())
}

fn fields_of(mut fields: Map<String, Value>) -> Result<Record, String> {
    let mut ignored = Vec::new();
    fields.retain(|key, _| {
        let known = KEYS.iter().any(|(name, other)| key == name || (!other.is_empty() && key == other));
        if !known {
            ignored.push(key.chars().take(40).collect());
        }
        known
    });
    let value = Value::Object(fields);
    if let Some(problem) = hidden_text(&value) {
        return Err(problem);
    }
    let Value::Object(fields) = value else { return Err("This is no object.".to_owned()) };
    let mut fields = Fields(fields);
    let mut tags = fields.list("tags")?;
    tags.extend(fields.list("keywords")?);
    let mut links = fields.links()?;
    for key in ["homepage", "documentation"] {
        let address = fields.text(key)?;
        if !address.is_empty() && links.iter().all(|(other, _)| other != key) {
            links.push((key.to_owned(), address));
        }
    }
    let source = fields.text("source")?;
    Ok(Record {
        source: (!source.is_empty()).then_some(source),
        id: fields.needed("id")?,
        name: fields.needed("name")?,
        summary: fields.needed("summary")?,
        description: fields.text("description")?,
        partner: fields.text("partner")?,
        categories: fields.list("categories")?,
        tags,
        aliases: fields.list("aliases")?,
        links,
        version: fields.text("version")?,
        ignored,
    })
}

/// What is left of an object while its fields are taken out.
struct Fields(Map<String, Value>);

impl Fields {
    /// A value under its name or the other one. What is null is not there.
    fn take(&mut self, key: &str) -> Option<Value> {
        let other = KEYS.iter().find(|(name, _)| *name == key).map_or("", |(_, other)| other);
        let value = self.0.remove(key).or_else(|| self.0.remove(other));
        value.filter(|value| !value.is_null())
    }

    fn text(&mut self, key: &str) -> Result<String, String> {
        match self.take(key) {
            None => Ok(String::new()),
            Some(Value::String(text)) => Ok(text.trim().to_owned()),
            Some(other) => Err(format!("“{key}” is {}; write a text.", kind(&other))),
        }
    }

    fn needed(&mut self, key: &str) -> Result<String, String> {
        match self.text(key)? {
            text if text.is_empty() => Err(format!("“{key}” is missing or empty; every line needs one.")),
            text => Ok(text),
        }
    }

    fn list(&mut self, key: &str) -> Result<Vec<String>, String> {
        let items = match self.take(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(other) => return Err(format!("“{key}” is {}; write a list of texts.", kind(&other))),
        };
        let text = |(index, item): (usize, Value)| match item {
            Value::String(text) => Ok(text.trim().to_owned()),
            other => Err(format!("Number {} in “{key}” is {}; write a text.", index + 1, kind(&other))),
        };
        items.into_iter().enumerate().map(text).filter(|it| it.as_ref().map_or(true, |text| !text.is_empty())).collect()
    }

    fn links(&mut self) -> Result<Vec<(String, String)>, String> {
        let entries = match self.take("links") {
            None => return Ok(Vec::new()),
            Some(Value::Object(entries)) => entries,
            Some(other) => return Err(format!("“links” is {}; write an object of addresses.", kind(&other))),
        };
        let link = |(key, value): (String, Value)| match value {
            Value::String(address) => Ok((key, address.trim().to_owned())),
            other => Err(format!("The link {} is {}; write an address.", quote(&key), kind(&other))),
        };
        entries.into_iter().filter(|(_, value)| !value.is_null()).map(link).collect()
    }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(line: &str) -> String {
        read(line.as_bytes()).unwrap_err().reason
    }

    #[test]
    fn three_keys_are_enough() {
        let record = read(br#"{"id":"a/b","name":" B ","summary":"Does b.","tags":null}"#).unwrap();
        assert_eq!((record.id.as_str(), record.name.as_str()), ("a/b", "B"));
        assert_eq!(record.tags, Vec::<String>::new());
    }

    #[test]
    fn other_catalogues_names_are_understood_and_the_rest_is_named() {
        let line = br#"{"source":"a/x","id":"b","name":"B","summary":"Does b.","provider":"A","description_md":"Text",
            "homepage":"https://b.example","docs_url":"https://docs.b.example","keywords":["k"],"slug":"b","auth":[]}"#;
        let record = read(line).unwrap();
        assert_eq!((record.partner.as_str(), record.description.as_str()), ("A", "Text"));
        assert_eq!(record.links.len(), 2);
        assert_eq!(record.ignored, ["auth", "slug"]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (line, part) in [
            ("{", "not JSON: EOF"),
            ("[]", "no object"),
            (r#"{"id":"a","name":"A"}"#, "“summary” is missing"),
            (r#"{"id":1,"name":"A","summary":"S"}"#, "“id” is a number"),
            (r#"{"id":"a","name":["A"],"summary":"S"}"#, "“name” is a list"),
            (r#"{"id":"a","name":"A","summary":"S","tags":"x"}"#, "“tags” is a text; write a list"),
            (r#"{"id":"a","name":"A","summary":"S","tags":["x",1e308]}"#, "Number 2 in “tags” is a number"),
            (r#"{"id":"a","name":"A","summary":"S","links":{"homepage":1}}"#, "The link `homepage` is a number"),
            (r#"{"id":"a","name":"A","summary":"\u202eS"}"#, "direction-changing"),
            (r#"{"id":"a","name":"A","summary":"S","description":"\u0000"}"#, "control"),
            (r#"{"id":"a","name":"A","summary":"\ud800"}"#, "not JSON"),
            (r#"{"id":"a","name":"A","summary":"S","x":1e999}"#, "number out of range"),
        ] {
            assert!(reason(line).contains(part), "{line}: {}", reason(line));
        }
        assert!(reason(&"[".repeat(100_000)).contains("recursion limit"));
        assert!(read(b"{\"id\":\"\xff\"}").unwrap_err().reason.contains("Byte 8 is not UTF-8"));
    }

    #[test]
    fn what_means_nothing_here_may_be_anything() {
        let line = r#"{"id":"a","name":"A","summary":"S","x":1e308,"y":{"z":[null,"\u202e"]}}"#;
        assert_eq!(read(line.as_bytes()).unwrap().ignored, ["x", "y"]);
    }
}

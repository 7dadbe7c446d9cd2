//! Form fields of the wizard: described by the manifest, checked by the same code in the browser and on the server.

use crate::json::FromJson;
use serde::{Deserialize, Serialize};

/// Type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "manifest", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    String,
    /// Several lines.
    Text,
    /// An http(s) address.
    Url,
    /// Sealed at once and never shown again.
    Secret,
    /// One of the options.
    Select,
    /// Any of the options, comma separated on the wire.
    Multiselect,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Such as `30s`, `5m`, `1h`, `1d`.
    Duration,
}

/// One choice of a `select` or `multiselect`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "manifest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldOption {
    /// Stored value.
    pub value: String,
    /// Text shown.
    pub label: String,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "manifest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// Name in templates and on the wire, `^[a-z][a-z0-9_]*$`.
    pub key: String,
    /// Label.
    pub label: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
    /// Where to find the value, with an example.
    #[serde(default)]
    pub help: String,
    /// Value to start with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Example inside the empty field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FieldOption>,
    /// Regular expression the whole value must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

/// Longest value of any field, in bytes.
pub const MAX_VALUE_BYTES: usize = 8 * 1024;

impl FieldSpec {
    /// The value as it is stored: trimmed, addresses without a trailing slash. `Err` says what is wrong and how to mend it.
    ///
    /// `pattern` is left to the caller, because the browser has its own engine for it.
    pub fn normalise(&self, raw: &str) -> Result<String, String> {
        let value = if self.kind == FieldKind::Text { raw.trim_end() } else { raw.trim() };
        if value.is_empty() {
            return if self.required { Err(format!("Fill in “{}”.", self.label)) } else { Ok(String::new()) };
        }
        if value.len() > MAX_VALUE_BYTES {
            return Err(format!("“{}” is longer than 8 KiB. Enter a shorter value.", self.label));
        }
        if self.kind != FieldKind::Text && value.chars().any(char::is_control) {
            return Err(format!(
                "“{}” contains line breaks or control characters. Paste it again without them.",
                self.label
            ));
        }
        match self.kind {
            FieldKind::String | FieldKind::Text | FieldKind::Secret => Ok(value.to_owned()),
            FieldKind::Url => url(value, &self.label),
            FieldKind::Select => self.option(value),
            FieldKind::Multiselect => {
                let chosen: Result<Vec<_>, _> = value.split(',').map(|part| self.option(part.trim())).collect();
                Ok(chosen?.join(","))
            }
            FieldKind::Boolean => match value {
                "true" | "on" | "1" => Ok("true".to_owned()),
                "false" | "off" | "0" => Ok("false".to_owned()),
                _ => Err(format!("“{}” is yes or no.", self.label)),
            },
            FieldKind::Integer => self.integer(value),
            FieldKind::Duration => match duration_seconds(value) {
                Some(_) => Ok(value.to_owned()),
                None => Err(format!("“{}” is a duration such as 30s, 5m, 1h or 1d.", self.label)),
            },
        }
    }

    fn option(&self, value: &str) -> Result<String, String> {
        if self.options.iter().any(|option| option.value == value) {
            Ok(value.to_owned())
        } else {
            Err(format!("Choose one of the listed values for “{}”.", self.label))
        }
    }

    fn integer(&self, value: &str) -> Result<String, String> {
        let number: i64 = value.parse().map_err(|_| format!("“{}” is a whole number.", self.label))?;
        if self.min.is_some_and(|min| number < min) || self.max.is_some_and(|max| number > max) {
            let bounds = match (self.min, self.max) {
                (Some(min), Some(max)) => format!("between {min} and {max}"),
                (Some(min), None) => format!("at least {min}"),
                (None, Some(max)) => format!("at most {max}"),
                (None, None) => String::new(),
            };
            return Err(format!("“{}” must be {bounds}.", self.label));
        }
        Ok(number.to_string())
    }
}

/// Seconds of a duration such as `30s`, `5m`, `1h`, `1d`.
pub fn duration_seconds(text: &str) -> Option<u64> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    let number: u64 = text[..text.len() - 1].parse().ok()?;
    (number > 0).then(|| number.checked_mul(unit)).flatten()
}

/// Checks the shape of an address without a URL parser, which would weigh more than it helps in the browser; the server
/// parses it in full before calling it.
fn url(value: &str, label: &str) -> Result<String, String> {
    let rest = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"))
        .ok_or_else(|| format!("“{label}” starts with https:// (or http:// inside your own network)."))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err(format!("Leave user name and password out of “{label}”; there are fields for them."));
    }
    if host.is_empty() || host.starts_with([':', '.']) || value.contains([' ', '<', '>', '"', '\\']) {
        return Err(format!("“{label}” is not a complete address. An example: https://alerts.example.com"));
    }
    if rest.contains(['?', '#']) {
        return Err(format!("Leave everything from “?” or “#” on out of “{label}”."));
    }
    Ok(value.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(kind: FieldKind) -> FieldSpec {
        FieldSpec {
            key: "k".into(),
            label: "K".into(),
            kind,
            required: true,
            help: String::new(),
            default: None,
            placeholder: None,
            options: vec![FieldOption { value: "us".into(), label: "US".into() }],
            pattern: None,
            min: Some(1),
            max: Some(9),
        }
    }

    #[test]
    fn addresses_are_checked_and_trimmed() {
        let field = spec(FieldKind::Url);
        assert_eq!(field.normalise(" https://a.example.com/am/ "), Ok("https://a.example.com/am".into()));
        for bad in [
            "",
            "a.example.com",
            "ftp://a",
            "https://",
            "https://u:p@a.example",
            "https://a/?q=1",
            "javascript:alert(1)",
        ] {
            assert!(field.normalise(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn other_kinds_are_checked() {
        assert_eq!(spec(FieldKind::Integer).normalise("7"), Ok("7".into()));
        assert!(spec(FieldKind::Integer).normalise("12").is_err());
        assert_eq!(spec(FieldKind::Select).normalise("us"), Ok("us".into()));
        assert!(spec(FieldKind::Select).normalise("xx").is_err());
        assert!(spec(FieldKind::Secret).normalise("a\nb").is_err());
        assert_eq!(duration_seconds("5m"), Some(300));
        assert_eq!(duration_seconds("5"), None);
        assert_eq!(duration_seconds("0s"), None);
    }
}

//! Small conversions between columns and the domain's types. What can't be converted is reported as corrupt, never guessed.

use contract::money::Currency;
use domain::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};

/// Parses a JSON column.
pub fn from_json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(format!("{what}: {error}")))
}

/// Writes a JSON column.
pub fn to_json(value: &impl Serialize, what: &str) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(format!("{what}: {error}")))
}

/// Parses a JSON string such as an enum's wire name.
pub fn from_name<T: DeserializeOwned>(name: &str, what: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned()))
        .map_err(|error| Error::Corrupt(format!("{what} {name:?}: {error}")))
}

/// A count, which is never negative and fits a column.
pub fn count(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}

/// Parses the code of a currency.
pub fn to_currency(code: &str) -> Result<Currency> {
    Currency::parse(code).ok_or_else(|| Error::Corrupt(format!("there is no currency {code:?}")))
}

//! Reading a policy from JSON, so that whoever wrote it learns where it is wrong.

use crate::Result;
use contract::policy::{Condition, MAX_POLICY_BYTES, Outcome, Policy, Rule};
use contract::{ErrorCode, PublicError};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Name of the form field that carries the whole text.
const WHOLE: &str = "policy";

fn refuse(at: &str, detail: String) -> PublicError {
    PublicError::new(
        ErrorCode::Invalid,
        "The policy can't be read",
        detail,
        "Correct this place; docs/policy.md lists what can stand there.",
    )
    .at(at)
}

/// An object that has no other keys than these.
fn object<'a>(value: &'a Value, at: &str, keys: &[&str]) -> Result<&'a Map<String, Value>> {
    let object = value.as_object().ok_or_else(|| refuse(at, "Here must be an object, { … }.".to_owned()))?;
    if let Some(unknown) = object.keys().find(|key| !keys.contains(&key.as_str())) {
        let place = if at == WHOLE { unknown.clone() } else { format!("{at}.{unknown}") };
        let detail = format!("“{unknown}” means nothing here. Known are: {}.", keys.join(", "));
        return Err(refuse(&place, detail).into());
    }
    Ok(object)
}

fn list<'a>(object: &'a Map<String, Value>, key: &str, at: &str) -> Result<&'a [Value]> {
    let found = object.get(key).and_then(Value::as_array).map(Vec::as_slice);
    found.ok_or_else(|| refuse(at, format!("“{key}” must be a list, [ … ].")).into())
}

fn part<T: DeserializeOwned>(value: Option<&Value>, at: &str) -> Result<T> {
    let value = value.ok_or_else(|| refuse(at, "Something is missing here.".to_owned()))?;
    T::deserialize(value).map_err(|error| refuse(at, format!("It can't be understood: {error}.")).into())
}

fn rule(value: &Value, at: &str) -> Result<Rule> {
    let object = object(value, at, &["outcome", "when", "note"])?;
    let conditions = list(object, "when", &format!("{at}.when"))?.iter().enumerate();
    Ok(Rule {
        outcome: part::<Outcome>(object.get("outcome"), &format!("{at}.outcome"))?,
        when: conditions
            .map(|(index, value)| part::<Condition>(Some(value), &format!("{at}.when.{index}")))
            .collect::<Result<_>>()?,
        note: object.get("note").map_or_else(|| Ok(String::new()), |it| part(Some(it), &format!("{at}.note")))?,
    })
}

/// Reads a policy and checks its size and sense. Whether what it names is there is checked by [`super::names`].
pub(super) fn read(text: &str) -> Result<Policy> {
    if text.len() > MAX_POLICY_BYTES {
        let detail = format!("The policy has {} bytes; {MAX_POLICY_BYTES} are possible.", text.len());
        return Err(refuse(WHOLE, detail).into());
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| refuse(WHOLE, format!("This is not JSON: {error}.")))?;
    let object = object(&value, WHOLE, &["rules", "otherwise", "revision"])?;
    let rules = list(object, "rules", "rules")?.iter().enumerate();
    let policy = Policy {
        rules: rules.map(|(number, value)| rule(value, &format!("rules.{number}"))).collect::<Result<_>>()?,
        otherwise: part(object.get("otherwise"), "otherwise")?,
        revision: object.get("revision").map_or(Ok(0), |it| part(Some(it), "revision"))?,
    };
    policy.check()?;
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    const GOOD: &str = r#"{"rules":[{"outcome":"allow","when":[{"certification_at_least":"silver"},{"access":"read_only"}],
        "note":"As agreed."},{"outcome":"block","when":[{"region_none_of":["eu","self-hosted"]}]}],"otherwise":"ask"}"#;

    fn field(text: &str) -> String {
        match read(text) {
            Err(Error::Public(error)) => {
                assert!(!error.next_step.is_empty());
                error.field.unwrap()
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn the_wire_format_is_stable() {
        let policy = read(GOOD).unwrap();
        assert_eq!((policy.rules.len(), policy.revision), (2, 0));
        let text = serde_json::to_string(&policy).unwrap();
        assert_eq!(
            text,
            r#"{"rules":[{"outcome":"allow","when":[{"certification_at_least":"silver"},{"access":"read_only"}],"note":"As agreed."},{"outcome":"block","when":[{"region_none_of":["eu","self-hosted"]}],"note":""}],"otherwise":"ask","revision":0}"#
        );
        assert_eq!(read(&text).unwrap(), policy);
        for kind in Condition::KINDS {
            let value = match kind {
                "certification_at_least" | "certification_below" => "\"gold\"",
                "access" => "\"writes\"",
                "monthly_price_above" => "100",
                _ => "[\"eu\"]",
            };
            let text = format!(
                r#"{{"rules":[{{"outcome":"ask","when":[{{"{kind}":{value}}}]}}],"otherwise":"block","revision":4}}"#
            );
            assert_eq!(read(&text).unwrap().revision, 4, "{kind}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let rules = |rule: &str| format!(r#"{{"rules":[{{"outcome":"ask","when":[]}},{rule}],"otherwise":"ask"}}"#);
        for (text, place) in [
            ("not json".to_owned(), "policy"),
            ("[]".to_owned(), "policy"),
            (r#"{"rules":[]}"#.to_owned(), "otherwise"),
            (r#"{"otherwise":"ask"}"#.to_owned(), "rules"),
            (r#"{"rules":[],"otherwise":"maybe"}"#.to_owned(), "otherwise"),
            (r#"{"rules":[],"otherwise":"ask","extra":1}"#.to_owned(), "extra"),
            (r#"{"rules":[],"otherwise":"ask","revision":"x"}"#.to_owned(), "revision"),
            (rules("3"), "rules.1"),
            (rules(r#"{"when":[]}"#), "rules.1.outcome"),
            (rules(r#"{"outcome":"ask"}"#), "rules.1.when"),
            (rules(r#"{"outcome":"ask","when":[],"color":"red"}"#), "rules.1.color"),
            (rules(r#"{"outcome":"ask","when":[{"cost_below":5}]}"#), "rules.1.when.0"),
            (rules(r#"{"outcome":"ask","when":[{"access":"writes","access_2":1}]}"#), "rules.1.when.0"),
            (
                rules(r#"{"outcome":"ask","when":[{"access":"writes"},{"certification_below":"none"}]}"#),
                "rules.1.when.1",
            ),
            (rules(r#"{"outcome":"ask","when":[],"note":5}"#), "rules.1.note"),
            (format!("\"{}\"", "x".repeat(MAX_POLICY_BYTES)), "policy"),
        ] {
            assert_eq!(field(&text), place, "{text:.100}");
        }
    }
}

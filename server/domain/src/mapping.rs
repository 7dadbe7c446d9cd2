//! From a payload to normalised events, as a capability's `each`, `when` and `[capability.map]` say.
//!
//! Mapping never fails as a whole: elements that can't be mapped are reported, the others become events.

use crate::template::Engine;
use contract::Timestamp;
use contract::install::{EventStatus, Severity};
use contract::manifest::{Capability, EventMap};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Most events one payload may hold.
pub const MAX_EVENTS: usize = 1000;
/// Longest text of one field, in characters.
const MAX_TEXT: usize = 1024;

/// An event before it has an id.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalisedEvent {
    /// One line.
    pub summary: String,
    /// Severity.
    pub severity: Severity,
    /// Firing or resolved.
    pub status: EventStatus,
    /// Key of the problem.
    pub dedup_key: String,
    /// Key of this very event.
    pub unique_key: String,
    /// Host, service or project.
    pub source: String,
    /// When it happened, if it says so.
    pub occurred_at: Option<Timestamp>,
    /// https page at the vendor.
    pub link: Option<String>,
    /// `component`, `group`, `class`.
    pub extra: Map<String, Value>,
    /// What `probe.arrives` gave.
    pub arrives: Option<String>,
}

/// Result of mapping one payload.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Mapped {
    /// Events.
    pub events: Vec<NormalisedEvent>,
    /// Elements left out by `when`.
    pub skipped: usize,
    /// What could not be mapped, and why.
    pub problems: Vec<String>,
}

/// Maps an inbound body, which must be JSON.
pub fn map_payload(
    engine: &Engine,
    capability: &Capability,
    config: &Map<String, Value>,
    headers: &BTreeMap<String, String>,
    body: &[u8],
) -> Mapped {
    match serde_json::from_slice::<Value>(body) {
        Ok(body) => map_body(engine, capability, config, headers, &body),
        Err(error) => Mapped { problems: vec![format!("The payload is not JSON: {error}.")], ..Mapped::default() },
    }
}

/// Maps a parsed body.
pub fn map_body(
    engine: &Engine,
    capability: &Capability,
    config: &Map<String, Value>,
    headers: &BTreeMap<String, String>,
    body: &Value,
) -> Mapped {
    let mut mapped = Mapped::default();
    let Some(map) = &capability.map else {
        mapped.problems.push(format!("The capability “{}” maps no events.", capability.name));
        return mapped;
    };
    let base = json!({ "body": body, "headers": headers, "config": config });
    let items = match elements(engine, capability, &base) {
        Ok(items) => items,
        Err(problem) => {
            mapped.problems.push(problem);
            return mapped;
        }
    };
    if items.len() > MAX_EVENTS {
        mapped.problems.push(format!("The payload holds {} events; the first {MAX_EVENTS} were taken.", items.len()));
    }
    for (number, item) in items.into_iter().take(MAX_EVENTS).enumerate() {
        let mut context = base.clone();
        context["item"] = item;
        if let Some(condition) = &capability.when {
            match engine.holds(condition, &context) {
                Ok(true) => {}
                Ok(false) => {
                    mapped.skipped += 1;
                    continue;
                }
                Err(error) => {
                    mapped.problems.push(format!("Event {number}: `when` failed: {error}."));
                    continue;
                }
            }
        }
        let arrives = capability.probe.as_ref().and_then(|probe| engine.render(&probe.arrives, &context).ok());
        match normalise(engine, map, &context) {
            Ok(event) => mapped.events.push(NormalisedEvent { arrives, ..event }),
            Err(problem) => mapped.problems.push(format!("Event {number}: {problem}")),
        }
    }
    mapped
}

fn elements(engine: &Engine, capability: &Capability, base: &Value) -> Result<Vec<Value>, String> {
    let Some(each) = &capability.each else { return Ok(vec![base["body"].clone()]) };
    let found = engine.evaluate(each, base).map_err(|error| format!("`each` failed: {error}."))?;
    match serde_json::to_value(found) {
        Ok(Value::Array(items)) => Ok(items),
        Ok(Value::Null) => Err(format!("The payload has no `{each}`.")),
        Ok(Value::Object(entries)) => Ok(entries.into_iter().map(|(_, value)| value).collect()),
        _ => Err(format!("`{each}` in the payload is not a list.")),
    }
}

fn normalise(engine: &Engine, map: &EventMap, context: &Value) -> Result<NormalisedEvent, String> {
    let render = |name: &str, template: &str| {
        let text = engine.render(template, context).map_err(|error| format!("`{name}` failed: {error}."))?;
        Ok::<_, String>(text.trim().chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect::<String>())
    };
    let optional = |name: &str, template: &Option<String>| match template {
        Some(template) => render(name, template).map(|text| (!text.is_empty()).then_some(text)),
        None => Ok(None),
    };
    let required = |name: &str, template: &str| match render(name, template)? {
        text if text.is_empty() => Err(format!("`{name}` is empty.")),
        text => Ok(text),
    };
    let summary = required("summary", &map.summary)?;
    let dedup_key = required("dedup_key", &map.dedup_key)?;
    let severity = severity(&render("severity", &map.severity)?);
    let status = status(&render("status", &map.status)?);
    let occurred = optional("occurred_at", &map.occurred_at)?;
    let mut extra = Map::new();
    for (name, template) in [("component", &map.component), ("group", &map.group), ("class", &map.class)] {
        if let Some(text) = optional(name, template)? {
            extra.insert(name.to_owned(), Value::String(text));
        }
    }
    let unique = format!("{dedup_key}\u{0}{}\u{0}{}", status.as_str(), occurred.as_deref().unwrap_or_default());
    Ok(NormalisedEvent {
        source: render("source", &map.source)?,
        link: optional("link", &map.link)?.filter(|link| link.starts_with("https://") || link.starts_with("http://")),
        unique_key: Sha256::digest(unique.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        occurred_at: occurred.as_deref().and_then(instant),
        summary,
        severity,
        status,
        dedup_key,
        extra,
        arrives: None,
    })
}

/// Maps the words vendors use on to the four severities. Unknown words are warnings, so that nothing is lost quietly.
pub fn severity(word: &str) -> Severity {
    match word.trim().to_ascii_lowercase().as_str() {
        "critical" | "crit" | "fatal" | "emergency" | "emerg" | "alert" | "disaster" | "p1" | "p0" | "sev0"
        | "sev1" | "sev-1" | "s1" | "1" | "highest" | "blocker" | "urgent" | "page" | "panic" => Severity::Critical,
        "error" | "err" | "high" | "major" | "p2" | "sev2" | "sev-2" | "s2" | "2" | "failure" | "failed"
        | "serious" => Severity::Error,
        "info" | "informational" | "information" | "low" | "lowest" | "minor" | "notice" | "debug" | "ok" | "none"
        | "success" | "trivial" | "p4" | "p5" | "sev4" | "sev5" | "4" | "5" | "normal" => Severity::Info,
        _ => Severity::Warning,
    }
}

/// Maps the words vendors use on to firing or resolved. Unknown words are firing, so that nothing is lost quietly.
pub fn status(word: &str) -> EventStatus {
    match word.trim().to_ascii_lowercase().as_str() {
        "resolved" | "resolve" | "ok" | "closed" | "close" | "recovered" | "recovery" | "normal" | "inactive"
        | "up" | "done" | "success" | "successful" | "completed" | "fixed" | "clear" | "cleared" | "passed"
        | "succeeded" | "false" => EventStatus::Resolved,
        _ => EventStatus::Firing,
    }
}

/// RFC 3339, or Unix seconds or milliseconds.
pub fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(number) = text.parse::<f64>() {
        // Unix seconds stay below this until the year 5138; milliseconds passed it in 1973.
        let ms = if number.abs() < 1e11 { number * 1000.0 } else { number };
        #[allow(clippy::cast_possible_truncation, reason = "saturates; a timestamp this far off is refused below")]
        let ms = ms as i64;
        return (0..=253_402_300_799_000).contains(&ms).then_some(Timestamp(ms));
    }
    let parsed = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(parsed.unix_timestamp_nanos() / 1_000_000).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::manifest::Manifest;

    fn alertmanager() -> Manifest {
        toml::from_str(include_str!("../../../catalog/alertmanager/integration.toml")).unwrap()
    }

    #[test]
    fn maps_a_real_alertmanager_payload() {
        let body = json!({ "alerts": [
            { "status": "firing", "labels": { "alertname": "Down", "severity": "page", "instance": "db1:9100" },
              "annotations": {}, "startsAt": "2026-11-20T10:00:00.5Z", "fingerprint": "ab12", "generatorURL": "http://p/g" },
            { "status": "resolved", "labels": {}, "annotations": {} },
        ]});
        let manifest = alertmanager();
        let mapped = map_body(&Engine::new(), &manifest.capability[0], &Map::new(), &BTreeMap::new(), &body);
        assert_eq!(mapped.events.len(), 1);
        assert_eq!(mapped.problems, ["Event 1: `summary` is empty."]);
        let event = &mapped.events[0];
        assert_eq!((event.summary.as_str(), event.source.as_str()), ("Down", "db1:9100"));
        assert_eq!((event.severity, event.status), (Severity::Critical, EventStatus::Firing));
        assert_eq!(event.occurred_at, Some(Timestamp(1_795_168_800_500)));
    }

    #[test]
    fn bad_payloads_are_reported() {
        let manifest = alertmanager();
        let map = |body: &[u8]| {
            map_payload(&Engine::new(), &manifest.capability[0], &Map::new(), &BTreeMap::new(), body).problems
        };
        assert!(map(b"{")[0].starts_with("The payload is not JSON"));
        assert_eq!(map(b"{}"), ["The payload has no `body.alerts`."]);
        assert_eq!(map(br#"{"alerts": 7}"#), ["`body.alerts` in the payload is not a list."]);
        assert_eq!(map(b"[]"), ["The payload has no `body.alerts`."]);
    }

    #[test]
    fn understands_the_usual_words() {
        assert_eq!(severity("P1"), Severity::Critical);
        assert_eq!(severity("Major"), Severity::Error);
        assert_eq!(severity("???"), Severity::Warning);
        assert_eq!(status("Closed"), EventStatus::Resolved);
        assert_eq!(status("triggered"), EventStatus::Firing);
        assert_eq!(instant("1795168800"), Some(Timestamp(1_795_168_800_000)));
        assert_eq!(instant("1795168800500"), Some(Timestamp(1_795_168_800_500)));
        assert_eq!(instant("yesterday"), None);
    }

    /// Whatever arrives, mapping gives an answer.
    #[test]
    fn never_panics() {
        let manifest = alertmanager();
        let engine = Engine::new();
        let mut seed = 7u64;
        for _ in 0..300 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let bytes: Vec<u8> = (0..(seed % 60)).map(|i| u8::try_from((seed >> (i % 50)) & 0xff).unwrap()).collect();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let body = json!({ "alerts": [text, seed, null, [text], { "labels": text, "status": seed }] });
            let _ = map_body(&engine, &manifest.capability[0], &Map::new(), &BTreeMap::new(), &body);
            let _ = map_payload(&engine, &manifest.capability[0], &Map::new(), &BTreeMap::new(), &bytes);
        }
    }
}

//! What the integration can do.

use super::config;
use super::problem::Findings;
use super::text::{is_slug, quote, repeated};
use contract::field::{FieldKind, FieldSpec, duration_seconds};
use contract::manifest::{ActionInput, Capability, CapabilityKind, Manifest, VerifyScheme};

/// Shorter intervals are load without news.
const SHORTEST_INTERVAL_S: u64 = 10;

pub(super) fn check(manifest: &Manifest, findings: &mut Findings) {
    for (index, capability) in manifest.capability.iter().enumerate() {
        let place = format!("/capability/{index}");
        if !is_slug(&capability.name, 64) {
            findings.error(
                "CON-011",
                &format!("{place}/name"),
                format!("{} is not a slug.", quote(&capability.name)),
                "Use lower-case letters, digits and inner hyphens.",
            );
        }
        match capability.kind {
            CapabilityKind::Webhook => webhook(&place, capability, findings),
            CapabilityKind::DataSource => data_source(&place, capability, findings),
            CapabilityKind::Action => action(&place, capability, findings),
        }
        without_effect(&place, capability, findings);
        mapping(&place, capability, findings);
    }
    for (index, first) in repeated(manifest.capability.iter().map(|capability| capability.name.as_str())) {
        findings.error(
            "CON-011",
            &format!("/capability/{index}/name"),
            format!("Capability {} has the same name.", first + 1),
            "Rename one of them.",
        );
    }
}

fn missing(rule: &'static str, place: &str, key: &str, fix: &str, findings: &mut Findings) {
    findings.error(
        rule,
        &format!("{place}/{key}"),
        format!("The key {} is missing or empty.", quote(key.rsplit('/').next().unwrap_or(key))),
        fix,
    );
}

fn webhook(place: &str, capability: &Capability, findings: &mut Findings) {
    match &capability.cadence {
        None => missing("CON-005", place, "cadence", "Write the longest normal silence, or \"none\".", findings),
        Some(cadence) if cadence != "none" && duration_seconds(cadence).is_none() => findings.error(
            "CON-005",
            &format!("{place}/cadence"),
            format!("{} is not a duration.", quote(cadence)),
            "Write \"none\", or the longest normal silence such as 5m, 1h or 1d.",
        ),
        Some(_) => {}
    }
    if capability.map.is_none() {
        missing("CON-007", place, "map", "Add [capability.map].", findings);
    }
    match &capability.setup {
        None => missing(
            "CON-010",
            place,
            "setup",
            "Say what to configure on the other side, with {{ webhook.url }}.",
            findings,
        ),
        Some(setup) if setup.language.trim().is_empty() => {
            missing("CON-010", place, "setup/language", "Write yaml, json, bash …, or markdown for steps.", findings);
        }
        Some(setup) if setup.text.trim().is_empty() => {
            missing(
                "CON-010",
                place,
                "setup/text",
                "Say what to configure on the other side, with {{ webhook.url }}.",
                findings,
            );
        }
        Some(setup) if !setup.text.contains("webhook.url") => findings.warning(
            "CON-010",
            &format!("{place}/setup/text"),
            "The set-up does not show the address that calls must go to.",
            "Put {{ webhook.url }} where it belongs.",
        ),
        Some(_) => {}
    }
    verification(place, capability, findings);
    if let Some(probe) = &capability.probe {
        if probe.arrives.trim().is_empty() {
            missing(
                "CON-012",
                &format!("{place}/probe"),
                "arrives",
                "Name the part of the event that holds the probe's id.",
                findings,
            );
        }
        let request = serde_json::to_string(&probe.request).unwrap_or_default();
        if !request.contains("probe.id") {
            findings.error(
                "CON-012",
                &format!("{place}/probe/request"),
                "The probe's request does not carry its id, so the event cannot be told from others.",
                "Put {{ probe.id }} into a text that comes back in the event.",
            );
        }
    }
}

fn verification(place: &str, capability: &Capability, findings: &mut Findings) {
    let pointer = format!("{place}/verify");
    match &capability.verify {
        Some(verify) if verify.scheme != VerifyScheme::None => {
            if verify.scheme == VerifyScheme::HmacSha256 && verify.header.is_none() {
                missing("SEC-010", &pointer, "header", "Name the header that carries the signature.", findings);
            }
            if verify.encoding.is_some() && verify.scheme != VerifyScheme::HmacSha256 {
                findings.warning(
                    "CON-013",
                    &format!("{pointer}/encoding"),
                    "Only hmac-sha256 has an encoding.",
                    "Remove it.",
                );
            }
            if verify.secret.as_ref().is_some_and(|it| !it.contains("secrets.") && !it.contains("webhook.secret")) {
                findings.error(
                    "SEC-010",
                    &format!("{pointer}/secret"),
                    "The shared secret is not a secret.",
                    "Use {{ secrets.… }} of a secret field, or leave it out to use {{ webhook.secret }}.",
                );
            }
        }
        _ => findings.warning(
            "SEC-006",
            &pointer,
            "Inbound calls are not verified: who learns the address can send events.",
            "Use the vendor's signature or a header with {{ webhook.secret }}.",
        ),
    }
}

fn data_source(place: &str, capability: &Capability, findings: &mut Findings) {
    if capability.request.is_none() {
        missing("CON-006", place, "request", "Add the request that reads the data.", findings);
    }
    if capability.map.is_none() {
        missing("CON-006", place, "map", "Add [capability.map].", findings);
    }
    match capability.every.as_deref().map(duration_seconds) {
        None => missing("CON-006", place, "every", "Write the time between two polls, for example \"1m\".", findings),
        Some(Some(seconds)) if seconds >= SHORTEST_INTERVAL_S => {}
        Some(_) => findings.error(
            "CON-006",
            &format!("{place}/every"),
            format!("{} is not a usable interval.", quote(capability.every.as_deref().unwrap_or_default())),
            "Write a duration of at least 10s, for example 1m.",
        ),
    }
}

fn action(place: &str, capability: &Capability, findings: &mut Findings) {
    if capability.request.is_none() {
        missing("CON-008", place, "request", "Add the request that does it.", findings);
    }
    if capability.retry_safe.is_none() {
        findings.warning(
            "CON-008",
            &format!("{place}/retry_safe"),
            "Nobody knows whether the call may be repeated after a failure.",
            "Write true when repeating the same call does no harm, else false.",
        );
    }
    let list = format!("{place}/input");
    config::keys(&list, capability.input.iter().map(|input| input.key.as_str()), findings);
    for (index, input) in capability.input.iter().enumerate() {
        let place = format!("{list}/{index}");
        config::options(&place, input.kind, &input.options, findings);
        example(&place, input, findings);
    }
}

fn example(place: &str, input: &ActionInput, findings: &mut Findings) {
    let pointer = format!("{place}/example");
    if input.kind == FieldKind::Secret {
        findings.error(
            "CON-009",
            &format!("{place}/type"),
            "An input cannot be a secret.",
            "Make it a field of [[config]].",
        );
        return;
    }
    if input.example.trim().is_empty() {
        if input.required {
            findings.error(
                "CON-009",
                &pointer,
                format!("The required input {} has no example.", quote(&input.key)),
                "Give the value the wizard's test message uses.",
            );
        }
        return;
    }
    let spec = FieldSpec {
        key: input.key.clone(),
        label: input.label.clone(),
        kind: input.kind,
        required: input.required,
        help: String::new(),
        default: None,
        placeholder: None,
        options: input.options.clone(),
        pattern: None,
        min: None,
        max: None,
    };
    if let Err(problem) = spec.normalise(&input.example) {
        findings.error("CON-009", &pointer, format!("The example is not valid: {problem}"), "Give a valid one.");
    }
}

fn without_effect(place: &str, capability: &Capability, findings: &mut Findings) {
    use CapabilityKind::{Action, DataSource, Webhook};
    let keys: [(&str, bool, &[CapabilityKind]); 11] = [
        ("cadence", capability.cadence.is_some(), &[Webhook]),
        ("verify", capability.verify.is_some(), &[Webhook]),
        ("setup", capability.setup.is_some(), &[Webhook]),
        ("probe", capability.probe.is_some(), &[Webhook]),
        ("each", capability.each.is_some(), &[Webhook, DataSource]),
        ("when", capability.when.is_some(), &[Webhook, DataSource]),
        ("map", capability.map.is_some(), &[Webhook, DataSource]),
        ("request", capability.request.is_some(), &[DataSource, Action]),
        ("expect", capability.expect.is_some(), &[DataSource, Action]),
        ("every", capability.every.is_some(), &[DataSource]),
        ("input", !capability.input.is_empty(), &[Action]),
    ];
    let retry = ("retry_safe", capability.retry_safe.is_some(), &[Action] as &[CapabilityKind]);
    for (key, _, _) in
        keys.into_iter().chain([retry]).filter(|(_, is_set, kinds)| *is_set && !kinds.contains(&capability.kind))
    {
        findings.warning(
            "CON-013",
            &format!("{place}/{key}"),
            format!("{} has no effect with type {}.", quote(key), quote(capability.kind.as_str())),
            "Remove it, or see docs/manifest.md for the type it belongs to.",
        );
    }
}

fn mapping(place: &str, capability: &Capability, findings: &mut Findings) {
    let Some(map) = &capability.map else { return };
    for (key, template) in map.templates() {
        let pointer = format!("{place}/map/{key}");
        if template.trim().is_empty() {
            let required = ["summary", "severity", "status", "dedup_key", "source"].contains(&key);
            if required {
                findings.error("CON-007", &pointer, "This part of the event is always empty.", "Map it.");
            } else {
                findings.warning("CON-013", &pointer, "This part of the event is always empty.", "Remove the key.");
            }
        } else if key == "dedup_key" && !template.contains("{{") {
            findings.error(
                "CON-007",
                &pointer,
                "All events have the same key, so all problems become one.",
                "Map what identifies the problem at the vendor.",
            );
        }
    }
}

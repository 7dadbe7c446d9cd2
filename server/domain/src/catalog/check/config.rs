//! Fields of the wizard.

use super::problem::Findings;
use super::text::{is_key, quote, repeated};
use contract::field::{FieldKind, FieldOption, FieldSpec};
use contract::manifest::{AuthKind, Manifest};
use regex_lite::Regex;

pub(super) fn check(manifest: &Manifest, findings: &mut Findings) {
    keys("/config", manifest.config.iter().map(|field| field.key.as_str()), findings);
    let credential = credential_keys(manifest.auth.kind);
    for (index, field) in manifest.config.iter().enumerate() {
        let place = format!("/config/{index}");
        if field.kind == FieldKind::Secret && credential.contains(&field.key.as_str()) {
            findings.error(
                "CON-014",
                &format!("{place}/key"),
                format!("`secrets.{}` is already the credential of [auth].", field.key),
                "Give the field another key.",
            );
        }
        if field.help.trim().is_empty() {
            findings.error(
                "DOC-003",
                &format!("{place}/help"),
                format!("The field {} has no help.", quote(&field.label)),
                "Say where to find the value, with an example.",
            );
        }
        options(&place, field.kind, &field.options, findings);
        let ordered = bounds(&place, field, findings);
        let pattern = pattern(&place, field, findings);
        if ordered {
            default(&place, field, pattern.as_ref(), findings);
        }
    }
}

/// Names that `[auth]` takes in `secrets`.
pub(super) fn credential_keys(kind: AuthKind) -> &'static [&'static str] {
    match kind {
        AuthKind::None | AuthKind::WebhookSecret => &[],
        AuthKind::ApiKey => &["api_key"],
        AuthKind::Bearer => &["token"],
        AuthKind::Basic => &["username", "password"],
    }
}

/// Keys of fields or inputs: names in templates, each once.
pub(super) fn keys<'a>(list: &str, keys: impl Iterator<Item = &'a str> + Clone, findings: &mut Findings) {
    for (index, key) in keys.clone().enumerate().filter(|(_, key)| !is_key(key) || key.len() > 64) {
        findings.error(
            "CON-014",
            &format!("{list}/{index}/key"),
            format!("{} cannot be used in templates.", quote(key)),
            "Use lower-case letters, digits and underscores, a letter first.",
        );
    }
    for (index, first) in repeated(keys) {
        findings.error(
            "CON-014",
            &format!("{list}/{index}/key"),
            format!("Number {} has the same key.", first + 1),
            "Rename one of them.",
        );
    }
}

/// Choices of a field or input.
pub(super) fn options(place: &str, kind: FieldKind, options: &[FieldOption], findings: &mut Findings) {
    let pointer = format!("{place}/options");
    if !matches!(kind, FieldKind::Select | FieldKind::Multiselect) {
        if !options.is_empty() {
            findings.warning(
                "CON-013",
                &pointer,
                "Only select and multiselect have options.",
                "Remove them or change the type.",
            );
        }
        return;
    }
    if options.is_empty() {
        findings.error("CON-016", &pointer, "There is nothing to select from.", "Add options = [{ value, label }].");
    }
    for (index, option) in options.iter().enumerate() {
        let value = option.value.as_str();
        if value.is_empty() || value.trim() != value || option.label.trim().is_empty() {
            findings.error(
                "CON-016",
                &format!("{pointer}/{index}"),
                "The choice has an empty or padded value or label.",
                "Give it both.",
            );
        } else if kind == FieldKind::Multiselect && value.contains(',') {
            findings.error(
                "CON-016",
                &format!("{pointer}/{index}/value"),
                "Several choices are joined by commas, so a value cannot contain one.",
                "Use a value without a comma.",
            );
        }
    }
    for (index, first) in repeated(options.iter().map(|option| option.value.as_str())) {
        findings.error(
            "CON-016",
            &format!("{pointer}/{index}/value"),
            format!("Choice {} has the same value.", first + 1),
            "Remove one of them.",
        );
    }
}

/// Whether a number can meet the bounds at all.
fn bounds(place: &str, field: &FieldSpec, findings: &mut Findings) -> bool {
    if field.kind != FieldKind::Integer {
        for key in [field.min.map(|_| "min"), field.max.map(|_| "max")].into_iter().flatten() {
            findings.warning(
                "CON-013",
                &format!("{place}/{key}"),
                format!("Only integer has {}.", quote(key)),
                "Remove it or change the type.",
            );
        }
    } else if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        findings.error(
            "CON-016",
            &format!("{place}/min"),
            format!("The smallest number {min} is above the largest {max}."),
            "Exchange them.",
        );
        return false;
    }
    true
}

fn pattern(place: &str, field: &FieldSpec, findings: &mut Findings) -> Option<Regex> {
    let source = field.pattern.as_ref()?;
    let pointer = format!("{place}/pattern");
    if field.kind != FieldKind::String && field.kind != FieldKind::Secret {
        findings.warning(
            "CON-013",
            &pointer,
            "Only string and secret have a pattern.",
            "Remove it or change the type.",
        );
    }
    match Regex::new(&format!("^(?:{source})$")) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            findings.error(
                "CON-015",
                &pointer,
                format!("{} is not a regular expression: {error}.", quote(source)),
                "Mend it; look-around and back-references do not exist here.",
            );
            None
        }
    }
}

fn default(place: &str, field: &FieldSpec, pattern: Option<&Regex>, findings: &mut Findings) {
    let Some(default) = &field.default else { return };
    let pointer = format!("{place}/default");
    if field.kind == FieldKind::Secret {
        findings.error(
            "CON-017",
            &pointer,
            "A secret has a default value.",
            "Remove it: secrets do not belong in files.",
        );
        return;
    }
    match field.normalise(default) {
        Err(problem) => {
            let fix = "Give a default that the form would accept.";
            findings.error("CON-017", &pointer, format!("The default {} is not valid: {problem}", quote(default)), fix);
        }
        Ok(value) if !value.is_empty() && pattern.is_some_and(|pattern| !pattern.is_match(&value)) => {
            findings.error(
                "CON-017",
                &pointer,
                format!("The default {} does not match the pattern.", quote(default)),
                "Change one of them.",
            );
        }
        Ok(_) => {}
    }
}

//! The form of the Connect step, made from the manifest: the credential's fields, then the configuration's.

use super::secrets::Sealed;
use contract::field::{FieldKind, FieldSpec};
use contract::install::FormField;
use contract::manifest::{AuthKind, Manifest};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What was entered, by form key.
pub type ConnectInput = BTreeMap<String, String>;

/// Marks in the stored configuration that Connect was tried, so that the form shows what is wrong.
pub(super) const ATTEMPTED: &str = "$attempted";

fn credential(key: &str, label: &str, kind: FieldKind, manifest: &Manifest) -> FieldSpec {
    FieldSpec {
        key: format!("auth.{key}"),
        label: label.to_owned(),
        kind,
        required: !manifest.auth.optional,
        help: String::new(),
        default: None,
        placeholder: None,
        options: Vec::new(),
        pattern: None,
        min: None,
        max: None,
    }
}

/// All fields, configuration first: the address comes before the credential for it.
pub fn field_specs(manifest: &Manifest) -> Vec<FieldSpec> {
    let mut specs: Vec<FieldSpec> = manifest
        .config
        .iter()
        .map(|field| FieldSpec { key: format!("config.{}", field.key), ..field.clone() })
        .collect();
    let label = |default: &str| manifest.auth.password_label.clone().unwrap_or_else(|| default.to_owned());
    match manifest.auth.kind {
        AuthKind::None | AuthKind::WebhookSecret => {}
        AuthKind::ApiKey => specs.push(credential("api_key", &label("API key"), FieldKind::Secret, manifest)),
        AuthKind::Bearer => specs.push(credential("token", &label("Token"), FieldKind::Secret, manifest)),
        AuthKind::Basic => {
            let user = manifest.auth.username_label.clone().unwrap_or_else(|| "User name".to_owned());
            specs.push(credential("username", &user, FieldKind::String, manifest));
            specs.push(credential("password", &label("Password"), FieldKind::Secret, manifest));
        }
    }
    specs
}

/// Whether nothing at all needs to be entered.
pub(super) fn needs_no_input(manifest: &Manifest) -> bool {
    field_specs(manifest).iter().all(|field| !field.required || field.default.is_some())
}

fn pattern_error(spec: &FieldSpec, value: &str) -> Option<String> {
    let pattern = spec.pattern.as_ref().filter(|_| !value.is_empty())?;
    let whole = regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?;
    (!whole.is_match(value)).then(|| format!("“{}” does not have the expected form. {}", spec.label, spec.help))
}

/// Checks one value as the form does; gives the value as it is stored.
pub(super) fn checked(spec: &FieldSpec, raw: &str) -> Result<String, String> {
    let value = spec.normalise(raw)?;
    pattern_error(spec, &value).map_or(Ok(value), Err)
}

/// The form with present values; with errors once it was tried.
pub(super) fn form(manifest: &Manifest, config: &Map<String, Value>, sealed: &Sealed) -> Vec<FormField> {
    let attempted = config.contains_key(ATTEMPTED);
    field_specs(manifest)
        .into_iter()
        .map(|spec| {
            let secret = spec.kind == FieldKind::Secret;
            let stored = secret && sealed.values.contains_key(&spec.key);
            let entered = config.get(&spec.key).and_then(Value::as_str);
            let value = entered.map_or_else(|| spec.default.clone().unwrap_or_default(), ToOwned::to_owned);
            let error = (attempted && !stored).then(|| checked(&spec, &value).err()).flatten();
            FormField { value: if secret { String::new() } else { value }, stored, error, spec }
        })
        .collect()
}

/// `config.*` of templates: typed values, defaults filled in.
pub(super) fn for_templates(manifest: &Manifest, config: &Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    for field in &manifest.config {
        if field.kind == FieldKind::Secret {
            continue;
        }
        let entered = config.get(&format!("config.{}", field.key)).and_then(Value::as_str).unwrap_or_default();
        let text = if entered.is_empty() { field.default.as_deref().unwrap_or_default() } else { entered };
        let value = match field.kind {
            FieldKind::Boolean => Value::Bool(text == "true"),
            FieldKind::Integer => text.parse::<i64>().map_or(Value::Null, Value::from),
            FieldKind::Multiselect => text.split(',').filter(|part| !part.is_empty()).map(Value::from).collect(),
            _ => Value::from(text),
        };
        out.insert(field.key.clone(), value);
    }
    out
}

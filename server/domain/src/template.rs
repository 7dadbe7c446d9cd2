//! The one template and expression language of manifests: `minijinja` with a fuel limit and without files or network.

use base64::Engine as _;
use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;
use std::collections::HashSet;

/// Instructions one rendering may take. The largest mapping in the catalogue needs about 200.
const FUEL: u64 = 50_000;
/// Longest result, in bytes.
const MAX_OUTPUT: usize = 256 * 1024;

/// A template that does not compile or render.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TemplateError(pub String);

impl From<minijinja::Error> for TemplateError {
    fn from(error: minijinja::Error) -> Self {
        let text = match error.kind() {
            ErrorKind::OutOfFuel => "the template does too much work".to_owned(),
            _ => {
                error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()))
            }
        };
        Self(text)
    }
}

/// Compiles and renders. Cheap to clone the reference, so build it once.
#[derive(Debug)]
pub struct Engine {
    environment: Environment<'static>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine with the manifest language's filters.
    pub fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        environment.set_fuel(Some(FUEL));
        environment.set_keep_trailing_newline(true);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.add_filter("host", |address: String| host_of(&address).unwrap_or_default());
        environment.add_filter("b64encode", |text: String| base64::engine::general_purpose::STANDARD.encode(text));
        Self { environment }
    }

    /// Whether it compiles.
    pub fn check(&self, template: &str) -> Result<(), TemplateError> {
        self.environment.template_from_str(template)?;
        Ok(())
    }

    /// Whether an expression (with or without `{{ }}` around it) compiles.
    pub fn check_expression(&self, expression: &str) -> Result<(), TemplateError> {
        self.environment.compile_expression(bare(expression))?;
        Ok(())
    }

    /// Variables that a template reads from outside, as dotted paths such as `config.base_url`.
    pub fn variables(&self, template: &str) -> HashSet<String> {
        self.environment
            .template_from_str(template)
            .map(|template| template.undeclared_variables(true))
            .unwrap_or_default()
    }

    /// Renders.
    pub fn render(&self, template: &str, context: &impl Serialize) -> Result<String, TemplateError> {
        if !template.contains("{{") && !template.contains("{%") {
            return Ok(template.to_owned());
        }
        let text = self.environment.render_str(template, Value::from_serialize(context))?;
        if text.len() > MAX_OUTPUT {
            return Err(TemplateError("the template's result is longer than 256 KiB".to_owned()));
        }
        Ok(text)
    }

    /// Evaluates an expression (with or without `{{ }}` around it).
    pub fn evaluate(&self, expression: &str, context: &impl Serialize) -> Result<Value, TemplateError> {
        Ok(self.environment.compile_expression(bare(expression))?.eval(Value::from_serialize(context))?)
    }

    /// Evaluates an expression as a condition.
    pub fn holds(&self, expression: &str, context: &impl Serialize) -> Result<bool, TemplateError> {
        Ok(self.evaluate(expression, context)?.is_true())
    }
}

/// The expression without surrounding braces.
fn bare(expression: &str) -> &str {
    let text = expression.trim();
    text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map_or(text, str::trim)
}

/// Host and, where it is given, port of an address.
pub fn host_of(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn undefined_values_are_empty_and_chain() {
        let engine = Engine::new();
        let context = json!({ "item": { "labels": { "alertname": "Down" } } });
        let text = engine.render("{{ item.annotations.summary or item.labels.alertname }}", &context);
        assert_eq!(text.as_deref(), Ok("Down"));
        assert_eq!(
            engine
                .render("{{ config.base_url | host }}", &json!({"config": {"base_url": "https://a.example:9093/x"}}))
                .as_deref(),
            Ok("a.example:9093")
        );
        assert_eq!(engine.render("{{ 'user:pass' | b64encode }}", &json!({})).as_deref(), Ok("dXNlcjpwYXNz"));
    }

    #[test]
    fn endless_work_is_stopped() {
        let engine = Engine::new();
        let result =
            engine.render("{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}", &json!({}));
        assert_eq!(result, Err(TemplateError("the template does too much work".to_owned())));
    }

    #[test]
    fn files_and_includes_do_not_exist() {
        assert!(Engine::new().render("{% include '/etc/passwd' %}", &json!({})).is_err());
    }

    #[test]
    fn expressions_with_and_without_braces_are_the_same() {
        let engine = Engine::new();
        let context = json!({ "body": { "ok": true } });
        assert_eq!(engine.holds("body.ok", &context), Ok(true));
        assert_eq!(engine.holds("{{ body.ok }}", &context), Ok(true));
        assert_eq!(engine.holds("{{ body.missing.deep }}", &context), Ok(false));
    }
}

//! The variables that templates see. Which of them exist depends on where the template is used; see `docs/manifest.md`.

use contract::Timestamp;
use domain::ports::ConnectionContext;
use serde_json::{Map, Value, json};

/// For requests and for the secret of `verify`: with secrets.
pub(crate) fn with_secrets(context: &ConnectionContext, now: Timestamp, more: &Map<String, Value>) -> Value {
    let mut variables = shown(context, now, more);
    let secrets: Map<String, Value> =
        context.secrets.0.iter().map(|(key, secret)| (key.clone(), Value::from(secret.as_str()))).collect();
    variables.insert("secrets".to_owned(), Value::Object(secrets));
    let webhook = json!({ "url": context.webhook_url, "secret": context.webhook_secret.as_str() });
    variables.insert("webhook".to_owned(), webhook);
    Value::Object(variables)
}

/// For `where`, `identify` and `test.error`, which judge an answer: without secrets.
pub(crate) fn of_answer(
    context: &ConnectionContext,
    now: Timestamp,
    more: &Map<String, Value>,
    status: u16,
    body: &Value,
) -> Value {
    let mut variables = shown(context, now, more);
    variables.insert("webhook".to_owned(), json!({ "url": context.webhook_url }));
    variables.insert("status".to_owned(), Value::from(status));
    variables.insert("body".to_owned(), body.clone());
    Value::Object(variables)
}

fn shown(context: &ConnectionContext, now: Timestamp, more: &Map<String, Value>) -> Map<String, Value> {
    let mut variables = more.clone();
    variables.insert("config".to_owned(), Value::Object(context.config.clone()));
    variables.insert("now".to_owned(), Value::from(now.rfc3339()));
    variables
}

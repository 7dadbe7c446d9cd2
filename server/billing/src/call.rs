//! Calls whose parameters are written out: the answer is read as far as it is needed.

use miniserde::Deserialize;
use stripe::{Client, IdempotencyKey, RequestStrategy, StripeError};
use stripe_client_core::{CustomizableStripeRequest, RequestBuilder, StripeMethod};
use url::form_urlencoded::Serializer;

/// Parameters by the processor's names, such as `items[0][price]`.
#[derive(Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// With one more parameter.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.0.push((name.into(), value.to_string()));
        self
    }

    /// With one more parameter, where there is a value.
    #[must_use]
    pub fn maybe(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    fn encoded(&self) -> String {
        Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

/// Asks for something.
pub async fn get<T: Deserialize>(client: &Client, path: &str, query: &Form) -> Result<T, StripeError> {
    let mut request = RequestBuilder::new(StripeMethod::Get, path);
    request.query = (!query.0.is_empty()).then(|| query.encoded());
    request.customize().send(client).await
}

/// Does something; with a key it is done once, however often it is sent within a day.
pub async fn post<T: Deserialize>(
    client: &Client,
    path: &str,
    form: &Form,
    key: Option<&str>,
) -> Result<T, StripeError> {
    let mut request = RequestBuilder::new(StripeMethod::Post, path);
    request.body = Some(form.encoded());
    keyed(request.customize(), key)?.send(client).await
}

/// With this key, where there is one.
pub fn keyed<T>(
    call: CustomizableStripeRequest<T>,
    key: Option<&str>,
) -> Result<CustomizableStripeRequest<T>, StripeError> {
    let Some(key) = key else { return Ok(call) };
    let key = IdempotencyKey::new(key).map_err(|error| StripeError::ConfigError(error.to_string()))?;
    Ok(call.request_strategy(RequestStrategy::Idempotent(key)))
}

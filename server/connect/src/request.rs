//! From a manifest's request to one that can be sent.
//!
//! Every string is a template, and stays a string: `{ count = "{{ input.count }}" }` sends `"3"`, not `3`. Values that
//! people enter can so never change the shape of what is sent. Numbers, booleans, lists and tables of the manifest keep
//! their type. Names of headers, form fields and JSON keys are literal.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::manifest::{Auth, AuthKind, RequestSpec};
use domain::ports::Secrets;
use domain::template::{Engine, TemplateError};
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::fmt;
use url::Url;

/// Methods a manifest may use.
const METHODS: [Method; 6] = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
/// Headers that belong to the client: with them a manifest could reach another host behind the same address, or hide a
/// second request in the first.
const RESERVED: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-forwarded-for",
    "x-forwarded-host",
];

/// A request that is ready to be sent.
#[derive(Clone)]
pub struct Outgoing {
    /// Method.
    pub method: Method,
    /// Address, not yet checked against anything.
    pub url: Url,
    /// Headers, the credential's included.
    pub headers: HeaderMap,
    /// Body.
    pub body: Option<Vec<u8>>,
}

impl fmt::Debug for Outgoing {
    /// Without anything that may carry a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({} {})", self.method, self.url.host_str().unwrap_or_default())
    }
}

/// A request that can't be made from the manifest and these values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A template fails.
    #[error("{part}: {cause}")]
    Template {
        /// Part of the request.
        part: String,
        /// What is wrong.
        cause: TemplateError,
    },
    /// The method is none of those a manifest may use.
    #[error("“{0}” is not a method that can be used")]
    Method(String),
    /// The address does not parse.
    #[error("the address is not complete")]
    Url,
    /// The address or a header's value has line breaks or other control characters.
    #[error("{0} contains a line break or another control character")]
    ControlCharacter(String),
    /// A header that can't be set.
    #[error("the header “{0}” can't be set")]
    Header(String),
    /// The credential is empty and not optional.
    #[error("there is no credential")]
    NoCredential,
}

/// Renders a request and adds the credential.
pub fn render(
    engine: &Engine,
    spec: &RequestSpec,
    auth: &Auth,
    secrets: &Secrets,
    variables: &Value,
) -> Result<Outgoing, RequestError> {
    let fill = |part: &str, template: &str| {
        engine.render(template, variables).map_err(|cause| RequestError::Template { part: part.to_owned(), cause })
    };
    let method = method(&fill("method", &spec.method)?)?;
    let url = address(fill("url", &spec.url)?.trim())?;
    let mut headers = HeaderMap::new();
    for (name, template) in &spec.headers {
        let (name, value) = header(name, &fill(&format!("header {name}"), template)?)?;
        headers.insert(name, value);
    }
    let mut content_type = None;
    let body = if let Some(json) = &spec.json {
        content_type = Some("application/json");
        Some(fill_json(json, &|template| fill("json", template))?.to_string().into_bytes())
    } else if let Some(form) = &spec.form {
        content_type = Some("application/x-www-form-urlencoded");
        let mut encoded = url::form_urlencoded::Serializer::new(String::new());
        for (name, template) in form {
            encoded.append_pair(name, &fill(&format!("form field {name}"), template)?);
        }
        Some(encoded.finish().into_bytes())
    } else {
        spec.body.as_ref().map(|template| fill("body", template).map(String::into_bytes)).transpose()?
    };
    if let Some(content_type) = content_type {
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type));
    }
    let mut request = Outgoing { method, url, headers, body };
    authorise(&mut request, auth, secrets)?;
    Ok(request)
}

fn method(text: &str) -> Result<Method, RequestError> {
    METHODS
        .into_iter()
        .find(|method| method.as_str().eq_ignore_ascii_case(text))
        .ok_or_else(|| RequestError::Method(text.to_owned()))
}

fn address(text: &str) -> Result<Url, RequestError> {
    // The URL parser would drop tabs and line breaks silently.
    if text.chars().any(char::is_control) {
        return Err(RequestError::ControlCharacter("the address".to_owned()));
    }
    let mut url = Url::parse(text).map_err(|_| RequestError::Url)?;
    url.set_fragment(None);
    Ok(url)
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), RequestError> {
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| RequestError::Header(name.to_owned()))?;
    if RESERVED.contains(&parsed.as_str()) || parsed.as_str().starts_with("proxy-") {
        return Err(RequestError::Header(name.to_owned()));
    }
    if value.chars().any(char::is_control) {
        return Err(RequestError::ControlCharacter(format!("the header “{name}”")));
    }
    let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| RequestError::Header(name.to_owned()))?;
    // Keeps it out of anything that prints headers.
    value.set_sensitive(true);
    Ok((parsed, value))
}

fn fill_json<F>(json: &Value, fill: &F) -> Result<Value, RequestError>
where
    F: Fn(&str) -> Result<String, RequestError>,
{
    Ok(match json {
        Value::String(template) => Value::String(fill(template)?),
        Value::Array(items) => Value::Array(items.iter().map(|item| fill_json(item, fill)).collect::<Result<_, _>>()?),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| Ok((key.clone(), fill_json(value, fill)?)))
                .collect::<Result<_, RequestError>>()?,
        ),
        other => other.clone(),
    })
}

/// Adds the credential of `[auth]`, unless the manifest sets the same header itself.
fn authorise(request: &mut Outgoing, auth: &Auth, secrets: &Secrets) -> Result<(), RequestError> {
    let get = |key: &str| secrets.get(key).filter(|secret| !secret.is_empty());
    let sent = match auth.kind {
        AuthKind::None | AuthKind::WebhookSecret => return Ok(()),
        AuthKind::Bearer => get("token").map(|token| (AUTHORIZATION.as_str(), format!("Bearer {token}"))),
        AuthKind::Basic => {
            let (user, password) = (get("username"), get("password"));
            (user.is_some() || password.is_some()).then(|| {
                let pair = format!("{}:{}", user.unwrap_or_default(), password.unwrap_or_default());
                (AUTHORIZATION.as_str(), format!("Basic {}", STANDARD.encode(pair)))
            })
        }
        AuthKind::ApiKey => match (get("api_key"), &auth.header, &auth.query) {
            (None, _, _) => None,
            (Some(key), Some(name), _) => {
                Some((name.as_str(), format!("{}{key}", auth.prefix.as_deref().unwrap_or_default())))
            }
            (Some(key), None, Some(name)) => {
                request.url.query_pairs_mut().append_pair(name, key);
                return Ok(());
            }
            (Some(_), None, None) => return Ok(()),
        },
    };
    match sent {
        Some((name, value)) => {
            let (name, value) = header(name, &value)?;
            request.headers.entry(name).or_insert(value);
            Ok(())
        }
        None if auth.optional => Ok(()),
        None => Err(RequestError::NoCredential),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn secrets(pairs: &[(&str, &str)]) -> Secrets {
        let mut secrets = Secrets::default();
        for (key, value) in pairs {
            secrets.insert(key, (*value).to_owned());
        }
        secrets
    }

    fn outgoing(spec: Value, auth: Value, held: &[(&str, &str)], variables: Value) -> Result<Outgoing, RequestError> {
        let spec: RequestSpec = serde_json::from_value(spec).unwrap();
        let auth: Auth = serde_json::from_value(auth).unwrap();
        render(&Engine::new(), &spec, &auth, &secrets(held), &variables)
    }

    #[test]
    fn strings_are_filled_in_and_stay_strings() {
        let request = outgoing(
            json!({
                "method": "post", "url": "{{ config.base }}/a?q={{ input.n }}#top", "headers": { "X-Id": "{{ probe.id }}" },
                "json": { "n": "{{ input.n }}", "list": ["{{ input.text }}", 7, true, null], "{{ key }}": {} },
            }),
            json!({}),
            &[],
            json!({ "config": { "base": "https://a.example" }, "probe": { "id": "p1" }, "input": { "n": 3, "text": "\",{" } }),
        )
        .unwrap();
        assert_eq!(request.method, Method::POST);
        assert_eq!(request.url.as_str(), "https://a.example/a?q=3");
        assert_eq!(request.headers["x-id"], "p1");
        assert_eq!(request.headers["content-type"], "application/json");
        let body: Value = serde_json::from_slice(&request.body.unwrap()).unwrap();
        assert_eq!(body, json!({ "n": "3", "list": ["\",{", 7, true, null], "{{ key }}": {} }));
    }

    #[test]
    fn forms_and_plain_bodies() {
        let form = json!({ "url": "https://a.example", "form": { "To": "{{ input.to }}", "b": "x&y" } });
        let request = outgoing(form, json!({}), &[], json!({ "input": { "to": "+49 1" } })).unwrap();
        assert_eq!(request.body.unwrap(), b"To=%2B49+1&b=x%26y");
        let plain =
            json!({ "url": "https://a.example", "headers": { "Content-Type": "text/csv" }, "body": "a,{{ 1 }}" });
        let request = outgoing(plain, json!({}), &[], json!({})).unwrap();
        assert_eq!(
            (request.body.unwrap(), &request.headers["content-type"]),
            (b"a,1".to_vec(), &"text/csv".parse().unwrap())
        );
    }

    #[test]
    fn each_kind_of_credential_goes_where_it_belongs() {
        let sent = |auth: Value, held: &[(&str, &str)]| {
            let request = outgoing(json!({ "url": "https://a.example/?x=1" }), auth, held, json!({})).unwrap();
            let headers: Vec<_> =
                request.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
            (headers.join("\n"), request.url.query().unwrap_or_default().to_owned())
        };
        let header = |auth, held| sent(auth, held).0;
        assert_eq!(header(json!({ "type": "bearer" }), &[("token", "t0k")]), "authorization: Bearer t0k");
        assert_eq!(
            header(json!({ "type": "basic" }), &[("username", "user"), ("password", "pass")]),
            "authorization: Basic dXNlcjpwYXNz"
        );
        assert_eq!(
            header(json!({ "type": "basic" }), &[("username", "key"), ("password", "")]),
            "authorization: Basic a2V5Og=="
        );
        assert_eq!(
            header(json!({ "type": "api_key", "header": "Authorization", "prefix": "GenieKey " }), &[("api_key", "k")]),
            "authorization: GenieKey k"
        );
        assert_eq!(header(json!({ "type": "api_key", "header": "DD-API-KEY" }), &[("api_key", "k")]), "dd-api-key: k");
        assert_eq!(sent(json!({ "type": "api_key", "query": "key" }), &[("api_key", "a&b")]).1, "x=1&key=a%26b");
        for (kind, held) in [("api_key", "api_key"), ("webhook_secret", "token"), ("none", "token")] {
            assert_eq!(sent(json!({ "type": kind }), &[(held, "k")]), (String::new(), "x=1".to_owned()));
        }
    }

    #[test]
    fn an_empty_credential_is_an_error_unless_optional() {
        for kind in ["bearer", "basic", "api_key"] {
            let spec = json!({ "url": "https://a.example" });
            let empty = [("token", ""), ("username", ""), ("password", ""), ("api_key", "")];
            let required = outgoing(spec.clone(), json!({ "type": kind }), &empty, json!({}));
            assert_eq!(required.unwrap_err(), RequestError::NoCredential);
            let optional = outgoing(spec, json!({ "type": kind, "optional": true }), &empty, json!({})).unwrap();
            assert!(optional.headers.is_empty());
        }
    }

    #[test]
    fn the_manifests_own_header_wins() {
        let spec = json!({ "url": "https://a.example", "headers": { "authorization": "Custom {{ secrets.token }}" } });
        let request =
            outgoing(spec, json!({ "type": "bearer" }), &[("token", "t")], json!({ "secrets": { "token": "t" } }));
        assert_eq!(request.unwrap().headers["authorization"], "Custom t");
    }

    #[test]
    fn headers_cannot_be_injected() {
        for value in ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\u{85}b"] {
            let variables = json!({ "input": { "v": value } });
            let spec = json!({ "url": "https://a.example", "headers": { "X-A": "{{ input.v }}" } });
            let error = outgoing(spec, json!({}), &[], variables.clone()).unwrap_err();
            assert!(matches!(error, RequestError::ControlCharacter(_)), "{value:?}");
            let spec = json!({ "url": "https://a.example/{{ input.v }}" });
            let error = outgoing(spec, json!({}), &[], variables).unwrap_err();
            assert!(matches!(error, RequestError::ControlCharacter(_)), "{value:?}");
            let spec = json!({ "url": "https://a.example" });
            let error = outgoing(spec, json!({ "type": "bearer" }), &[("token", value)], json!({})).unwrap_err();
            assert!(matches!(error, RequestError::ControlCharacter(_)), "{value:?}");
        }
        for name in ["Host", "content-length", "Transfer-Encoding", "Proxy-Authorization", "a b", "a:b", ""] {
            let mut spec = json!({ "url": "https://a.example", "headers": {} });
            spec["headers"][name] = json!("x");
            assert_eq!(outgoing(spec, json!({}), &[], json!({})).unwrap_err(), RequestError::Header(name.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_sent_is_named() {
        let error = |spec: Value| outgoing(spec, json!({}), &[], json!({})).unwrap_err();
        assert_eq!(
            error(json!({ "method": "CONNECT", "url": "https://a" })),
            RequestError::Method("CONNECT".to_owned())
        );
        assert_eq!(error(json!({ "url": "{{ config.missing }}/x" })), RequestError::Url);
        assert!(matches!(error(json!({ "url": "{{ 1 +" })), RequestError::Template { part, .. } if part == "url"));
    }
}

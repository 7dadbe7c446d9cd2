//! The port `Webhooks`: messages signed as Standard Webhooks says, posted through the guarded client.
//!
//! The specification: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.

use crate::client::{GuardedClient, Limits};
use crate::egress::DeclaredHosts;
use crate::failure::Failure;
use crate::report;
use crate::request::Outgoing;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::Timestamp;
use domain::ports::{NotDelivered, WebhookMessage, Webhooks};
use hmac::{Hmac, Mac};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use url::Url;

/// Posts signed messages.
pub struct WebhookSender {
    client: GuardedClient,
}

impl WebhookSender {
    /// A sender that calls through `client`, which is made to follow no redirect: what is meant for one receiver must not
    /// reach another, and a redirected POST may arrive as a GET without its body, which would look like success.
    pub fn new(client: GuardedClient) -> Self {
        Self { client: client.limited_to(Limits { redirects: 0, ..Limits::default() }) }
    }
}

/// `v1,` and the base 64 of HMAC-SHA256 over `id.timestamp.body`. Empty when the key can't be used, which no length can
/// cause.
fn signature(message: &WebhookMessage, seconds: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&message.key) else { return String::new() };
    for part in [message.id.as_bytes(), b".", seconds.as_bytes(), b".", message.body.as_bytes()] {
        mac.update(part);
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn seconds(at: Timestamp) -> String {
    at.0.div_euclid(1000).to_string()
}

fn request(url: Url, message: &WebhookMessage) -> Option<Outgoing> {
    let seconds = seconds(message.at);
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in [
        ("webhook-id", message.id.as_str()),
        ("webhook-timestamp", &seconds),
        ("webhook-signature", &signature(message, &seconds)),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).ok()?);
    }
    Some(Outgoing { method: Method::POST, url, headers, body: Some(message.body.clone().into_bytes()) })
}

fn not_delivered(words: impl Into<String>) -> NotDelivered {
    NotDelivered { words: words.into(), gone: false }
}

/// What happened, and what to do about it.
fn explained(failure: &Failure, host: &str) -> String {
    // Where a redirect leads may name a system that only the receiver may know.
    if matches!(failure, Failure::Redirect { .. } | Failure::TooManyRedirects) {
        return format!("{host} answered with a redirect, which is not followed. Enter the final address.");
    }
    let words = report::failure(failure, host);
    format!("{} {}", words.message, words.fix)
}

fn judged(status: u16) -> Result<(), NotDelivered> {
    match status {
        200..=299 => Ok(()),
        410 => Err(NotDelivered {
            words: "The receiver says that it wants no events any more (status 410).".to_owned(),
            gone: true,
        }),
        401 | 403 => Err(not_delivered(format!(
            "The receiver refused the event (status {status}). Check that it knows the secret of this stream."
        ))),
        _ => Err(not_delivered(format!(
            "The receiver answered with status {status}; 2xx would mean that the event arrived."
        ))),
    }
}

#[async_trait]
impl Webhooks for WebhookSender {
    async fn admit(&self, url: &str) -> Result<(), String> {
        let url = Url::parse(url).map_err(|_| "This is no complete address.".to_owned())?;
        let host = url.host_str().unwrap_or_default();
        let admitted = self.client.may_call(&DeclaredHosts::of(&url), &url).await;
        admitted.map_err(|failure| explained(&failure, host))
    }

    async fn send(&self, message: &WebhookMessage) -> Result<(), NotDelivered> {
        let parsed = Url::parse(&message.url).ok();
        let Some(request) = parsed.and_then(|url| request(url, message)) else {
            return Err(not_delivered("The address can't be called any more. Enter it again."));
        };
        let hosts = DeclaredHosts::of(&request.url);
        let host = request.url.host_str().unwrap_or_default().to_owned();
        match self.client.call(&message.organization, &hosts, request).await {
            Ok(reply) => judged(reply.status),
            Err(failure) => Err(not_delivered(explained(&failure, &host))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::Zeroizing;

    /// The example of the specification's reference libraries.
    #[test]
    fn signs_as_the_reference_does() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message = WebhookMessage {
            organization: "org".into(),
            url: Zeroizing::new("https://a.example".to_owned()),
            key: Zeroizing::new(key),
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            at: Timestamp(1_614_265_330_999),
            body: r#"{"test": 2432232314}"#.to_owned(),
        };
        let request = request("https://a.example".parse().unwrap(), &message).unwrap();
        assert_eq!(request.headers["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(request.headers["webhook-timestamp"], "1614265330");
    }
}

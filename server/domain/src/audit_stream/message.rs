//! An audit event as a message: `{"type": …, "timestamp": …, "data": …}`, the shape that Standard Webhooks recommends.

use super::sealed::Sealed;
use crate::ports::WebhookMessage;
use crate::{Error, Result, Services};
use contract::audit::AuditEvent;
use contract::{OrganizationId, Timestamp};
use serde::Serialize;
use zeroize::Zeroizing;

/// Type of a message that only tries the address out.
const TEST: &str = "audit_stream.test";

#[derive(Serialize)]
struct Payload<'a, T> {
    r#type: &'a str,
    /// When it happened, not when it is sent.
    timestamp: String,
    data: T,
}

/// What a test message says.
#[derive(Serialize)]
struct Test<'a> {
    organization: &'a OrganizationId,
    text: &'static str,
}

fn body(kind: &str, at: Timestamp, data: impl Serialize) -> Result<String> {
    let payload = Payload { r#type: kind, timestamp: at.rfc3339(), data };
    serde_json::to_string(&payload).map_err(|error| Error::Corrupt(format!("message: {error}")))
}

fn message(
    services: &Services,
    to: &OrganizationId,
    sealed: &Sealed,
    id: String,
    body: String,
) -> Result<WebhookMessage> {
    let url = Zeroizing::new(sealed.url.clone());
    Ok(WebhookMessage { organization: to.clone(), url, key: sealed.key()?, id, at: services.clock.now(), body })
}

/// An event. Its id is the message's, so a repeated delivery is recognised.
pub(super) fn of_event(
    services: &Services,
    organization: &OrganizationId,
    sealed: &Sealed,
    event: &AuditEvent,
) -> Result<WebhookMessage> {
    message(services, organization, sealed, event.id.0.clone(), body(&event.action, event.at, event)?)
}

/// A message that tries the address out. It is no event and has no place in the chain.
pub(super) fn of_test(services: &Services, organization: &OrganizationId, sealed: &Sealed) -> Result<WebhookMessage> {
    let now = services.clock.now();
    let data = Test { organization, text: "This is a test. Events of the audit trail arrive like this." };
    message(services, organization, sealed, services.ids.id("tst", now), body(TEST, now, data)?)
}

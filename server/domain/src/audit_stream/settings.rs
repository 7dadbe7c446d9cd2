//! What administrators decide: where the trail goes, that it goes on, and that it ends.

use super::deliver::{STREAM_JOB, hurry, job};
use super::sealed::Sealed;
use super::state;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{AuditEntry, AuditStream, Effects};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::audit_stream::MAX_ADDRESS_CHARS;
use contract::{ErrorCode, PublicError};
use serde_json::json;
use url::Url;

/// Refuses an address, and says why.
fn refuse(detail: String) -> PublicError {
    PublicError::new(
        ErrorCode::Invalid,
        "Events can't be sent there",
        detail,
        "Enter the https address at which your system takes webhooks.",
    )
    .at("url")
}

/// The address, and the part of it that is shown.
fn parse(text: &str) -> Result<(Url, String)> {
    let text = text.trim();
    if text.chars().count() > MAX_ADDRESS_CHARS {
        return Err(refuse(format!("An address has {MAX_ADDRESS_CHARS} characters at most.")).into());
    }
    // The parser would drop line breaks and tabs silently.
    let parsed = if text.chars().any(char::is_control) { None } else { Url::parse(text).ok() };
    let mut url = parsed.ok_or_else(|| refuse("This is no complete address.".to_owned()))?;
    url.set_fragment(None);
    let shown = url.origin().ascii_serialization();
    Ok((url, shown))
}

fn event(services: &Services, actor: &Actor, person: &Person, address: &str, action: AuditAction) -> AuditEntry {
    entry(services, actor, person.organization(), action, Subject::new("audit_stream", person.organization(), address))
}

/// The organization's stream, or that there is none.
pub(super) async fn find(services: &Services, person: &Person) -> Result<AuditStream> {
    let found = services.audit_streams.stream(person.organization()).await?;
    found.ok_or_else(|| PublicError::not_found("stream of the audit trail").into())
}

/// Sends the trail to this address from now on; another one goes on where the one before stood. Gives the secret that
/// messages are signed with, which is shown this once.
pub async fn set_up(services: &Services, actor: &Actor, address: &str) -> Result<String> {
    let person = actor.require(Permission::StreamAudit)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let (url, shown) = parse(address)?;
    services.webhooks.admit(url.as_str()).await.map_err(refuse)?;
    let organization = person.organization();
    let before = services.audit_streams.stream(organization).await?.map(|it| it.address);
    let sealed = Sealed::new(services, url.into());
    let stream = AuditStream {
        organization: organization.clone(),
        address: shown.clone(),
        hint: sealed.hint(),
        sealed: sealed.seal(services, organization).await?,
        set_at: now,
        delivered: 0,
        delivered_at: None,
        failures: 0,
        failing_since: None,
        next_try_at: None,
        last_error: None,
        paused_at: None,
        revision: 0,
    };
    let event = event(services, actor, person, &shown, AuditAction::AuditStreamSet)
        .before(before.map_or(serde_json::Value::Null, |address| json!({ "address": address })))
        .after(json!({ "address": shown, "hint": stream.hint }));
    let effects = Effects::audited(event).job(job(services, organization));
    services.audit_streams.put_stream(&stream, &effects).await?;
    hurry(services, organization).await?;
    Ok(sealed.secret.clone())
}

/// Goes on after a pause, with the event that did not arrive; also tries at once when the next try is still to come.
pub async fn resume(services: &Services, actor: &Actor) -> Result<()> {
    let person = actor.require(Permission::StreamAudit)?;
    person.fresh(services.clock.now())?;
    let stream = find(services, person).await?;
    let event = event(services, actor, person, &stream.address, AuditAction::AuditStreamResumed)
        .before(json!({ "failures": stream.failures, "paused": stream.paused_at.is_some() }));
    let effects = Effects::audited(event).job(job(services, person.organization()));
    if !services.audit_streams.change_stream(&state::afresh(stream), &effects).await? {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "The stream changed in this moment",
            "It was changed by somebody else, or an event just went out.",
            "Reload the page to see how it stands.",
        )
        .into());
    }
    hurry(services, person.organization()).await
}

/// Ends the stream and forgets address and secret. What was not sent is still in the trail.
pub async fn turn_off(services: &Services, actor: &Actor) -> Result<()> {
    let person = actor.require(Permission::StreamAudit)?;
    person.fresh(services.clock.now())?;
    let stream = find(services, person).await?;
    let event = event(services, actor, person, &stream.address, AuditAction::AuditStreamOff)
        .before(json!({ "address": stream.address, "delivered": stream.delivered }));
    services.audit_streams.remove_stream(person.organization(), &Effects::audited(event)).await?;
    services.queue.cancel(STREAM_JOB, person.organization().as_str()).await
}

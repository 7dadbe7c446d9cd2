//! What the queue does: sends the events after the position, one after the other.

use super::sealed::Sealed;
use super::{message, state};
use crate::audit::{Subject, entry};
use crate::notice::{Message, tell};
use crate::ports::{AuditStream, Effects, NewJob, NotDelivered};
use crate::{Actor, Error, Result, Services};
use contract::OrganizationId;
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use serde_json::{Value, json};

/// Kind of the job. Its key is the organization: one stream is worked on by one worker at a time.
pub const STREAM_JOB: &str = "stream_audit";

/// Events are looked for this often.
const LOOK_EVERY_MS: i64 = 5_000;
/// Events read at a time.
const BATCH: u64 = 100;
/// No further event is begun after this long: a worker holds a job for a minute, and a call may take ten seconds.
const TURN_MS: i64 = 30_000;

pub(super) fn job(services: &Services, organization: &OrganizationId) -> NewJob {
    NewJob {
        kind: STREAM_JOB,
        key: organization.0.clone(),
        payload: json!({ "organization": organization }),
        run_at: services.clock.now(),
    }
}

/// Puts the stream into the queue at once, in the place of a try that waits.
pub(super) async fn hurry(services: &Services, organization: &OrganizationId) -> Result<()> {
    let job = job(services, organization);
    services.queue.cancel(job.kind, &job.key).await?;
    services.queue.enqueue(job.kind, &job.key, &job.payload, job.run_at).await
}

/// Puts every stream into the queue unless it is there.
pub async fn schedule_all(services: &Services) -> Result<()> {
    for organization in services.audit_streams.active_streams().await? {
        let job = job(services, &organization);
        services.queue.enqueue(job.kind, &job.key, &job.payload, job.run_at).await?;
    }
    Ok(())
}

/// Sends what was recorded since. Gives the milliseconds until the next time; nothing when the stream is off or paused.
pub async fn deliver(services: &Services, payload: &Value) -> Result<Option<i64>> {
    let organization = payload.get("organization").and_then(Value::as_str).map(OrganizationId::from);
    let organization = organization.ok_or_else(|| Error::Corrupt(format!("job without organization: {payload}")))?;
    let Some(mut stream) = services.audit_streams.stream(&organization).await? else { return Ok(None) };
    if stream.paused_at.is_some() {
        return Ok(None);
    }
    let begun = services.clock.now();
    let events = services.audit.audit_after(organization.as_str(), stream.delivered, BATCH).await?;
    if events.is_empty() {
        return Ok(Some(LOOK_EVERY_MS));
    }
    let sealed = match Sealed::open(services, &stream).await {
        // A lost master key must be seen on the page, not only in the log.
        Err(Error::Seal(cause)) => {
            tracing::error!(%organization, cause, "the stream of the audit trail can't be opened");
            let words = "Its address and secret can't be opened any more. Enter the address again.".to_owned();
            return failed(services, stream, NotDelivered { words, gone: false }).await;
        }
        opened => opened?,
    };
    for event in events {
        let message = message::of_event(services, &organization, &sealed, &event)?;
        let outcome = services.webhooks.send(&message).await;
        let now = services.clock.now();
        if let Err(why) = outcome {
            return failed(services, stream, why).await;
        }
        let next = state::arrived(stream, event.sequence, now);
        if !services.audit_streams.change_stream(&next, &Effects::default()).await? {
            // Set up anew or turned off meanwhile: what is true now is read at the next turn.
            return Ok(Some(0));
        }
        stream = AuditStream { revision: next.revision + 1, ..next };
        if now.since(begun) > TURN_MS {
            break;
        }
    }
    Ok(Some(0))
}

/// Remembers the failure; nothing behind this event is tried before it has arrived.
async fn failed(services: &Services, stream: AuditStream, why: NotDelivered) -> Result<Option<i64>> {
    let now = services.clock.now();
    let next = state::failed(stream, why, now);
    let effects = if next.paused_at.is_some() { paused(services, &next).await? } else { Effects::default() };
    if !services.audit_streams.change_stream(&next, &effects).await? {
        return Ok(Some(0));
    }
    Ok(next.next_try_at.map(|at| at.since(now)))
}

/// What pausing brings with it: an event, and a notice for every administrator.
async fn paused(services: &Services, stream: &AuditStream) -> Result<Effects> {
    let organization = &stream.organization;
    let why = stream.last_error.as_deref().unwrap_or_default();
    let subject = Subject::new("audit_stream", organization, &stream.address);
    let event = entry(services, &Actor::System, organization, AuditAction::AuditStreamPaused, subject)
        .after(json!({ "failures": stream.failures, "delivered": stream.delivered, "why": why }));
    let mut effects = Effects::audited(event);
    let admins = services.notices.recipients(organization, &[OrganizationRole::Admin.as_str()]).await?;
    let message = Message {
        kind: NoticeKind::AuditStream,
        title: "The stream of the audit trail is paused".to_owned(),
        body: format!(
            "{} did not take events any more. {why} Nothing is lost: resume it when this is repaired.",
            stream.address
        ),
        link: "/audit".to_owned(),
        mail_only: String::new(),
    };
    tell(services, &mut effects, organization, &admins, &message).await?;
    Ok(effects)
}

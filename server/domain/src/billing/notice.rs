//! Notices of the processor. One that is taken is on disk, together with the job that follows it up.

use crate::ports::{Effects, NewJob, NoticeRefusal, PaymentNotice};
use crate::{Result, Services};
use contract::{ErrorCode, PublicError};
use serde_json::{Value, json};

/// Kind of the job that follows a notice up. Key: the id of the event.
pub const NOTICE_JOB: &str = "payment_notice";

/// Takes a notice. A repeated one is taken too, and does nothing.
pub async fn take(services: &Services, body: &[u8], signature: &str) -> Result<()> {
    let now = services.clock.now();
    let notice = services.payments.notice(body, signature, now).map_err(refused)?;
    let new = keep(services, &notice).await?;
    tracing::info!(event = notice.id, kind = notice.kind, new, "payment notice");
    Ok(())
}

/// Kind of the job that asks for notices that never came. Key: `hourly`.
pub const RECONCILE_JOB: &str = "reconcile_payments";

/// The processor tries for three days to tell us something.
const LOOKED_BACK_MS: i64 = 3 * 86_400_000;

/// A notice that waits for so long was given up by the queue, because the processor was away.
const WAITED_MS: i64 = 3_600_000;
/// Most notices that are tried again at once.
const MOST_AGAIN: u64 = 1_000;

/// What was not as it should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Notices that never came.
    pub lost: u32,
    /// Notices that came and could not be followed up.
    pub again: u32,
}

/// Takes what the processor would have told and did not, and tries again what was given up.
pub async fn reconcile(services: &Services) -> Result<Reconciled> {
    let now = services.clock.now();
    let mut found = Reconciled::default();
    for notice in services.billing.waiting_notices(now.plus_ms(-WAITED_MS), MOST_AGAIN).await? {
        services.queue.enqueue(NOTICE_JOB, &notice.id, &payload(&notice), now).await?;
        found.again += 1;
    }
    for notice in services.payments.notices_since(now.plus_ms(-LOOKED_BACK_MS)).await? {
        found.lost += u32::from(keep(services, &notice).await?);
    }
    Ok(found)
}

fn payload(notice: &PaymentNotice) -> Value {
    json!({ "kind": notice.kind, "object": notice.object, "account": notice.account })
}

/// On disk with the job that follows it up; gives whether it is new.
async fn keep(services: &Services, notice: &PaymentNotice) -> Result<bool> {
    let now = services.clock.now();
    let job = NewJob { kind: NOTICE_JOB, key: notice.id.clone(), payload: payload(notice), run_at: now };
    services.billing.take_notice(notice, &Effects::default().job(job), now).await
}

fn refused(why: NoticeRefusal) -> PublicError {
    let (code, title, detail, next) = match why {
        NoticeRefusal::NotConfigured => (
            ErrorCode::NotFound,
            "Payments are not configured",
            "This marketplace takes no payments.",
            "Set the processor's key and the secret of its webhooks, and send it again.",
        ),
        NoticeRefusal::NotSigned => (
            ErrorCode::Malformed,
            "Not signed",
            "The signature does not belong to this body.",
            "Check that the secret is that of this webhook, and that nothing changes the body on its way.",
        ),
        NoticeRefusal::Stale => (
            ErrorCode::Malformed,
            "Too old",
            "It was signed more than five minutes ago, or in the future.",
            "Send it again with a new signature, and check the clocks.",
        ),
        NoticeRefusal::NotUnderstood => (
            ErrorCode::Malformed,
            "Not understood",
            "It is signed, but it is not an event.",
            "Check which address the webhook sends to.",
        ),
    };
    PublicError::new(code, title, detail, next)
}

//! Notices of the processor. One that is taken is on disk, together with the job that follows it up.

use crate::ports::{Effects, NewJob, NoticeRefusal};
use crate::{Result, Services};
use contract::{ErrorCode, PublicError};
use serde_json::json;

/// Kind of the job that follows a notice up. Key: the id of the event.
pub const NOTICE_JOB: &str = "payment_notice";

/// Takes a notice. A repeated one is taken too, and does nothing.
pub async fn take(services: &Services, body: &[u8], signature: &str) -> Result<()> {
    let now = services.clock.now();
    let notice = services.payments.notice(body, signature, now).map_err(refused)?;
    let job = NewJob {
        kind: NOTICE_JOB,
        key: notice.id.clone(),
        payload: json!({ "kind": notice.kind, "object": notice.object }),
        run_at: now,
    };
    let new = services.billing.take_notice(&notice, &Effects::default().job(job), now).await?;
    tracing::info!(event = notice.id, kind = notice.kind, new, "payment notice");
    Ok(())
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

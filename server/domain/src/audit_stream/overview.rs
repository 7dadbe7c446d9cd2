//! How it stands with the stream.

use super::state::state;
use crate::permission::Permission;
use crate::{Actor, Result, Services};
use contract::audit_stream::StreamView;

/// The organization's stream, unless it is off.
pub async fn overview(services: &Services, actor: &Actor) -> Result<Option<StreamView>> {
    let person = actor.require(Permission::StreamAudit)?;
    let organization = person.organization();
    let Some(it) = services.audit_streams.stream(organization).await? else { return Ok(None) };
    let end = services.audit.audit_end(organization).await?;
    Ok(Some(StreamView {
        state: state(&it),
        waiting: (end - it.delivered).max(0),
        address: it.address,
        hint: it.hint,
        set_at: it.set_at,
        delivered: it.delivered,
        delivered_at: it.delivered_at,
        failures: it.failures,
        failing_since: it.failing_since,
        next_try_at: it.next_try_at,
        last_error: it.last_error,
    }))
}

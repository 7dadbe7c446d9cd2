//! Taking a request back.

use super::load::Target;
use super::state::{self, present_state};
use crate::permission::Permission;
use crate::ports::Effects;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ApprovalId, ErrorCode, PublicError};

/// Withdraws one's own request while it is open. Administrators deny instead.
pub async fn withdraw(services: &Services, actor: &Actor, id: &ApprovalId) -> Result<()> {
    let person = actor.require(Permission::Install)?;
    let mut target = Target::seen_by(services, person, id).await?;
    if target.approval.requested_by != *person.user() {
        return Err(PublicError::new(
            ErrorCode::Forbidden,
            "Not your request",
            "Only the person who asked can take the request back.",
            "Deny it instead, and say why.",
        )
        .into());
    }
    let now = services.clock.now();
    let before = target.approval.clone();
    target.approval.state = state::withdrawn(present_state(&before, now))?;
    target.approval.ended_at = Some(now);
    let event = target.changed(services, actor, AuditAction::ApprovalWithdrawn, &before);
    target.store(services, &Effects::audited(event)).await
}

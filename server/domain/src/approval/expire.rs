//! Requests that nobody answers end by themselves.

use super::load::Target;
use super::{announce, state};
use crate::ports::{Approval, Effects};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;

/// Kind of the job that ends requests.
pub const EXPIRE_JOB: &str = "expire_approvals";

/// Requests read at a time.
const BATCH: u64 = 100;

/// Ends one request and tells who made it. An answer in the same moment wins.
pub(super) async fn expire(services: &Services, approval: Approval) -> Result<()> {
    let before = approval.clone();
    let mut target = Target::of(services, approval).await?;
    let next = state::expired(before.state)?;
    target.approval.state = next;
    target.approval.ended_at = Some(services.clock.now());
    let event = target.changed(services, &Actor::System, AuditAction::ApprovalExpired, &before);
    let mut effects = Effects::audited(event);
    let title = format!("Your request for {} ended without an answer", target.what());
    let body = "Nobody answered it in 30 days. Ask again if you still need it.".to_owned();
    announce::tell_requester(services, &mut effects, &target, title, body).await?;
    services.approvals.change_approval(&target.approval, &effects).await?;
    Ok(())
}

/// Ends all open requests whose time is over; gives how many there were.
pub async fn expire_lapsed(services: &Services) -> Result<u64> {
    let mut ended = 0;
    loop {
        let lapsed = services.approvals.lapsed_approvals(services.clock.now(), BATCH).await?;
        let number = u64::try_from(lapsed.len()).unwrap_or(u64::MAX);
        for approval in lapsed {
            expire(services, approval).await?;
        }
        ended += number;
        if number < BATCH {
            return Ok(ended);
        }
    }
}

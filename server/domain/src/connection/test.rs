//! The Test step: the manifest's connection test against the customer's real system.

use super::jobs;
use super::state;
use super::target::Target;
use crate::permission::Permission;
use crate::ports::NewCheck;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::install::CallReport;
use contract::{CheckId, InstallationId};

/// Runs the test, records it, and moves the state.
pub async fn test(services: &Services, actor: &Actor, id: &InstallationId) -> Result<CallReport> {
    let person = actor.require(Permission::Install)?;
    let organization = person.organization();
    let target = Target::load(services, organization, id).await?.managed_by(person)?;
    target.connected()?;
    let report = run(services, actor, target).await?;
    if report.ok {
        jobs::schedule(services, organization, id).await?;
    }
    Ok(report)
}

/// The part that the scheduled check shares.
pub(super) async fn run(services: &Services, actor: &Actor, mut target: Target) -> Result<CallReport> {
    let report = services.connector.test(&target.context(services)).await;
    record(services, &target, "test", "", &report).await?;
    let proven = target.installation.first_proof_at.is_some();
    let next = state::after_test(target.installation.state, report.ok, proven);
    if next != target.installation.state {
        target.installation.state = next;
        target.store(services, actor, AuditAction::InstallationState).await?;
    }
    Ok(report)
}

/// Records a check.
pub(super) async fn record(
    services: &Services,
    target: &Target,
    kind: &str,
    capability: &str,
    report: &CallReport,
) -> Result<()> {
    let now = services.clock.now();
    let check = NewCheck {
        id: CheckId(services.ids.id("chk", now)),
        kind: kind.to_owned(),
        capability: capability.to_owned(),
        report: report.clone(),
        at: now,
    };
    services.installations.record_check(&target.installation.id, &check).await
}

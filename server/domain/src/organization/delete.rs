//! The end of organizations whose time of grace is over.

use crate::audit::{Subject, entry};
use crate::connection;
use crate::ports::{Effects, Organization};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;

/// Kind of the job that deletes organizations.
pub const DELETE_JOB: &str = "delete_organizations";

/// Uninstalls everything first, which deletes credentials and ends inbound addresses and scheduled work; then the rest.
/// The audit trail stays.
async fn delete(services: &Services, organization: &Organization) -> Result<bool> {
    connection::uninstall_all(services, &organization.id).await?;
    let subject = Subject::new("organization", &organization.id, &organization.name);
    let event = entry(services, &Actor::System, &organization.id, AuditAction::OrganizationDeleted, subject);
    let effects = Effects::audited(event);
    services.organizations.delete_organization(&organization.id, &effects, services.clock.now()).await
}

/// Deletes what is due; gives how many organizations. One that can't be deleted does not keep the others: it is tried
/// again with the next run.
pub async fn delete_due(services: &Services) -> Result<u32> {
    let (mut deleted, mut failed) = (0, None);
    for organization in services.organizations.due_for_deletion(services.clock.now()).await? {
        match delete(services, &organization).await {
            Ok(true) => deleted += 1,
            Ok(false) => tracing::info!(organization = %organization.id, "not deleted: it was changed meanwhile"),
            Err(error) => {
                tracing::warn!(organization = %organization.id, %error, "an organization could not be deleted");
                failed = Some(error);
            }
        }
    }
    failed.map_or(Ok(deleted), Err)
}

//! The end: secrets are deleted at once, events and checks stay for the record.

use super::jobs;
use super::target::Target;
use crate::permission::Permission;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::install::ConnectionState;
use contract::{InstallationId, OrganizationId};
use serde_json::Map;

async fn remove(services: &Services, actor: &Actor, mut target: Target) -> Result<()> {
    target.installation.state = ConnectionState::Uninstalled;
    target.installation.sealed = Vec::new();
    target.installation.config = Map::new();
    target.installation.connected = false;
    target.store(services, actor, AuditAction::InstallationRemoved).await?;
    jobs::unschedule(services, &target).await
}

/// Uninstalls. The inbound address stops answering with the same transaction that deletes the secrets.
pub async fn uninstall(services: &Services, actor: &Actor, id: &InstallationId) -> Result<()> {
    let person = actor.require(Permission::Install)?;
    remove(services, actor, Target::load(services, person.organization(), id).await?.managed_by(person)?).await
}

/// Uninstalls everything of an organization, which is about to be deleted.
pub(crate) async fn uninstall_all(services: &Services, owner: &OrganizationId) -> Result<()> {
    for installation in services.installations.list(owner).await? {
        remove(services, &Actor::System, Target::of(services, installation).await?).await?;
    }
    Ok(())
}

//! The end: secrets are deleted at once, events and checks stay for the record.

use super::jobs;
use super::target::Target;
use crate::{Actor, Result, Services};
use contract::InstallationId;
use contract::install::ConnectionState;
use serde_json::Map;

/// Uninstalls. The inbound address stops answering with the same transaction that deletes the secrets.
pub async fn uninstall(services: &Services, actor: &Actor, id: &InstallationId) -> Result<()> {
    let (organization, _) = actor.admin("uninstall integrations")?;
    let mut target = Target::load(services, organization, id).await?;
    target.installation.state = ConnectionState::Uninstalled;
    target.installation.sealed = Vec::new();
    target.installation.config = Map::new();
    target.installation.connected = false;
    target.store(services).await?;
    jobs::unschedule(services, &target).await
}

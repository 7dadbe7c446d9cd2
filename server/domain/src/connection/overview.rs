//! What is installed: the list, one installation's page, and its events as they come.

use super::fields;
use super::target::Target;
use crate::permission::Permission;
use crate::ports::Installation;
use crate::{Actor, Error, Result, Services};
use contract::field::FieldKind;
use contract::install::{ConnectionState, EventView, InstallationCard, InstallationDetail};
use contract::{InstallationId, PublicError};

/// Events shown at first.
const EVENTS: u64 = 50;
/// Checks shown.
const CHECKS: u64 = 10;
/// Refused calls are counted over this many days.
const REJECTION_DAYS: i64 = 7;

async fn card(services: &Services, it: &Installation) -> Result<InstallationCard> {
    let listing = services.catalogue.listing(&it.listing).await?;
    let listing = listing.ok_or_else(|| Error::Corrupt(format!("listing {} is gone", it.listing)))?;
    Ok(InstallationCard {
        id: it.id.clone(),
        listing: listing.card(),
        version: it.version.clone(),
        state: it.state,
        installed_by: it.created_by_name.clone(),
        created_at: it.created_at,
        last_event_at: it.last_event_at,
        events: it.events,
    })
}

/// The organization's installations, newest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<InstallationCard>> {
    let organization = actor.require(Permission::SeeInstallations)?.organization();
    let mut cards = Vec::new();
    for it in services.installations.list(organization).await? {
        cards.push(card(services, &it).await?);
    }
    Ok(cards)
}

/// One installation's page; nothing when there is none in this organization.
pub async fn detail(services: &Services, actor: &Actor, id: &InstallationId) -> Result<Option<InstallationDetail>> {
    let person = actor.require(Permission::SeeInstallations)?;
    let organization = person.organization();
    let target = match Target::load(services, organization, id).await {
        Ok(target) => target,
        Err(Error::Public(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let it = &target.installation;
    let now = services.clock.now();
    let since = now.plus_ms(-REJECTION_DAYS * 86_400_000);
    let configuration = fields::form(&target.manifest, &it.config, &target.sealed)
        .into_iter()
        .map(|field| {
            let shown = match (field.spec.kind == FieldKind::Secret, field.stored) {
                (true, true) => "Stored, sealed".to_owned(),
                (true, false) => "Not set".to_owned(),
                (false, _) if field.value.is_empty() => "Not set".to_owned(),
                (false, _) => field.value,
            };
            (field.spec.label, shown)
        })
        .collect();
    Ok(Some(InstallationDetail {
        card: card(services, it).await?,
        can_manage: person.may(Permission::ManageConnections) || it.created_by == *person.user(),
        time_to_first_event_ms: it.first_proof_at.map(|at| at.since(it.created_at)),
        configuration,
        checks: services.installations.checks(organization, id, CHECKS).await?,
        events: services.installations.events(organization, id, EVENTS).await?,
        rejected: services.installations.rejections_since(id, since).await?,
        now,
    }))
}

/// Events that came after `sequence`, oldest first.
pub async fn events_after(
    services: &Services,
    actor: &Actor,
    id: &InstallationId,
    sequence: i64,
) -> Result<Vec<EventView>> {
    let organization = actor.require(Permission::SeeInstallations)?.organization();
    if services.installations.find(organization, id).await?.is_none() {
        return Err(PublicError::not_found("installation").into());
    }
    services.installations.events_after(organization, id, sequence, EVENTS).await
}

/// A page of events after `sequence`, oldest first.
pub async fn events_page(
    services: &Services,
    actor: &Actor,
    id: &InstallationId,
    sequence: i64,
    limit: u64,
) -> Result<Vec<EventView>> {
    let organization = actor.require(Permission::SeeInstallations)?.organization();
    services.installations.events_after(organization, id, sequence, limit).await
}

/// The present state of one of the organization's installations.
pub async fn state_of(services: &Services, actor: &Actor, id: &InstallationId) -> Result<ConnectionState> {
    let organization = actor.require(Permission::SeeInstallations)?.organization();
    let found = services.installations.find(organization, id).await?;
    Ok(found.ok_or_else(|| PublicError::not_found("installation"))?.state)
}

//! Asking for an integration that can't be installed yet, and seeing what is asked for.

use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::Effects;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::staff::RequestedListing;
use contract::{ErrorCode, ListingId, PublicError};

/// Stores that the viewer's organization wants this listing. Asking twice counts once.
pub async fn request(services: &Services, actor: &Actor, id: &ListingId) -> Result<()> {
    let person = actor.require(Permission::RequestIntegration)?;
    let listing = services.catalogue.listing(id).await?.ok_or_else(|| PublicError::not_found("integration"))?;
    if listing.manifest.connects() {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "This one is ready",
            format!("{} can be installed, so there is nothing to ask for.", listing.manifest.name),
            "Open its page and choose Install.",
        )
        .into());
    }
    let subject = Subject::new("listing", id, &listing.manifest.name);
    let event = entry(services, actor, person.organization(), AuditAction::IntegrationRequested, subject);
    let effects = Effects::audited(event);
    services.catalogue.request(id, person.organization(), person.user(), &effects, services.clock.now()).await?;
    Ok(())
}

/// What is asked for, most wanted first. For reviewers.
pub async fn demand(services: &Services, actor: &Actor) -> Result<Vec<RequestedListing>> {
    actor.require(Permission::SeeDemand)?;
    let mut wanted = Vec::new();
    for (id, requests, last_requested_at) in services.catalogue.demand().await? {
        if let Some(listing) = services.catalogue.listing(&id).await? {
            wanted.push(RequestedListing { card: listing.card(), requests, last_requested_at });
        }
    }
    Ok(wanted)
}

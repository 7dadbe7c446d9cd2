//! Asking for an integration that can't be installed yet, and seeing what is asked for.

use crate::{Actor, Result, Services};
use contract::staff::RequestedListing;
use contract::{ErrorCode, ListingId, PublicError};

/// Stores that the viewer's organization wants this listing. Asking twice counts once.
pub async fn request(services: &Services, actor: &Actor, id: &ListingId) -> Result<()> {
    let viewer = actor.person()?;
    let listing = services.catalogue.listing(id).await?.ok_or_else(|| PublicError::not_found("integration"))?;
    if listing.manifest.installable() {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "This one is ready",
            format!("{} can be installed, so there is nothing to ask for.", listing.manifest.name),
            "Open its page and choose Install.",
        )
        .into());
    }
    services.catalogue.request(id, &viewer.organization_id, &viewer.user_id, services.clock.now()).await?;
    Ok(())
}

/// What is asked for, most wanted first. For reviewers.
pub async fn demand(services: &Services, actor: &Actor) -> Result<Vec<RequestedListing>> {
    actor.reviewer()?;
    let mut wanted = Vec::new();
    for (id, requests, last_requested_at) in services.catalogue.demand().await? {
        if let Some(listing) = services.catalogue.listing(&id).await? {
            wanted.push(RequestedListing { card: listing.card(), requests, last_requested_at });
        }
    }
    Ok(wanted)
}

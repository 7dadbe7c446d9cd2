//! Review confirmed: an installation in `setup`, with its inbound address and secret.

use super::fields;
use super::secrets::Sealed;
use crate::identity::sha256_hex;
use crate::ports::Installation;
use crate::{Actor, Result, Services};
use contract::install::ConnectionState;
use contract::{ErrorCode, InstallationId, ListingId, PublicError};
use serde_json::Map;
use std::collections::BTreeMap;

/// Begins, or gives the draft that is there: pressing Install twice makes one installation.
pub async fn begin(services: &Services, actor: &Actor, listing: &ListingId) -> Result<InstallationId> {
    let (organization, user) = actor.admin("install integrations")?;
    let found = services.catalogue.listing(listing).await?.ok_or_else(|| PublicError::not_found("integration"))?;
    if !found.manifest.installable() {
        return Err(not_installable(&found.manifest.name).into());
    }
    for id in services.installations.of_listing(organization, listing).await? {
        let draft = services.installations.find(organization, &id).await?;
        if draft.is_some_and(|it| it.state == ConnectionState::Setup && it.version == found.manifest.version) {
            return Ok(id);
        }
    }
    let now = services.clock.now();
    let id = InstallationId(services.ids.id("ins", now));
    let sealed =
        Sealed { token: services.ids.secret(), webhook_secret: services.ids.secret(), values: BTreeMap::new() };
    let installation = Installation {
        id: id.clone(),
        organization: organization.clone(),
        listing: listing.clone(),
        version: found.manifest.version.clone(),
        state: ConnectionState::Setup,
        token_hash: sha256_hex(&sealed.token),
        config: Map::new(),
        sealed: sealed.seal(services, organization, &id).await?,
        connected: fields::needs_no_input(&found.manifest),
        created_by: user.clone(),
        created_by_name: String::new(),
        created_at: now,
        first_proof_at: None,
        last_event_at: None,
        events: 0,
        revision: 0,
    };
    services.installations.create(&installation).await?;
    Ok(id)
}

/// Why a catalogue entry can't be installed.
pub(super) fn not_installable(name: &str) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "Not installable yet",
        format!("{name} is in the catalogue, but nobody has published an installable release of it."),
        "Request this integration on its page; requests decide what is built next.",
    )
}

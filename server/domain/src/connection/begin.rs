//! Review confirmed: an installation in `setup`, with its inbound address and secret.

use super::fields;
use super::secrets::Sealed;
use crate::audit::{Subject, entry};
use crate::billing::access;
use crate::identity::sha256_hex;
use crate::permission::Permission;
use crate::policy::Standing;
use crate::ports::{Effects, Installation, Listing};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::install::ConnectionState;
use contract::{ErrorCode, InstallationId, ListingId, PublicError};
use serde_json::{Map, json};
use std::collections::BTreeMap;

/// The draft of the current release that this person can go on with: their own, for administrators anybody's.
pub(super) async fn draft(services: &Services, person: &Person, listing: &Listing) -> Result<Option<InstallationId>> {
    let organization = person.organization();
    for id in services.installations.of_listing(organization, &listing.id).await? {
        let Some(it) = services.installations.find(organization, &id).await? else { continue };
        let theirs = it.created_by == *person.user() || person.may(Permission::ManageConnections);
        if theirs && it.state == ConnectionState::Setup && it.version == listing.manifest.version {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Begins, or gives the draft that is there: pressing Install twice makes one installation. What the policy blocks nobody
/// begins; where it asks for approval, members need one, and administrators do not. What is sold needs a plan that works.
pub async fn begin(services: &Services, actor: &Actor, listing: &ListingId) -> Result<InstallationId> {
    let person = actor.require(Permission::Install)?;
    let (organization, user) = (person.organization(), person.user());
    let found = services.catalogue.listing(listing).await?.ok_or_else(|| PublicError::not_found("integration"))?;
    if !found.manifest.installable() {
        return Err(not_installable(&found.manifest.name).into());
    }
    let standing = Standing::load(services, person, &found).await?;
    if let Some(blocked) = standing.blocked() {
        return Err(blocked.into());
    }
    if let Some(refusal) = access(services, organization, &found).await?.refusal(&found.manifest.name) {
        return Err(refusal.into());
    }
    if let Some(draft) = draft(services, person, &found).await? {
        return Ok(draft);
    }
    if let Some(refusal) = standing.refusal() {
        return Err(refusal.into());
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
    let subject = Subject::new("installation", &id, &found.manifest.name);
    let event = entry(services, actor, organization, AuditAction::InstallationBegun, subject)
        .after(json!({ "listing": listing, "release": found.manifest.version }));
    services.installations.create(&installation, &Effects::audited(event)).await?;
    Ok(id)
}

/// Why a catalogue entry can't be installed.
pub(crate) fn not_installable(name: &str) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "Not installable yet",
        format!("{name} is in the catalogue, but nobody has published an installable release of it."),
        "Request this integration on its page; requests decide what is built next.",
    )
}

//! Requiring the organization's sign-in, and the way out when it fails.

use super::issuer;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::Effects;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, OrganizationId, PublicError};
use serde_json::json;

fn not_yet(detail: &str, next: &str) -> crate::Error {
    PublicError::new(ErrorCode::Conflict, "It can't be required yet", detail, next).into()
}

/// Requires it from everybody, or stops to. Only somebody who came in with it can require it: that proves that it works,
/// so nobody locks themselves out.
pub async fn require(services: &Services, actor: &Actor, required: bool) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    person.fresh(services.clock.now())?;
    let organization = person.organization();
    let stored = services.single_sign_on.issuer_of(organization).await?;
    let stored = stored.ok_or_else(|| not_yet("No issuer is connected.", "Connect your issuer first."))?;
    if required && !person.bound {
        return Err(not_yet(
            "You did not sign in with it yourself, so nobody knows whether it would let you in again.",
            "Sign in with it, then require it.",
        ));
    }
    let subject = Subject::new("issuer", &stored.issuer, &stored.issuer);
    let event = entry(services, actor, organization, AuditAction::SignInRequired, subject);
    let mut effects =
        Effects::audited(event.before(json!({ "required": !required })).after(json!({ "required": required })));
    let place = &person.viewer.organization_name;
    let title = if required {
        format!("{place} requires its own sign-in now")
    } else {
        format!("{place} does not require its own sign-in any more")
    };
    issuer::announce(services, person, &mut effects, title).await?;
    services.single_sign_on.require_issuer(organization, required, &effects).await?;
    Ok(())
}

/// Stops requiring it, for whoever runs the marketplace: an issuer that is gone must not lock everybody out. Gives whether
/// it was required.
pub async fn make_optional(services: &Services, organization: &OrganizationId) -> Result<bool> {
    let found = services.organizations.organization(organization).await?;
    let found = found.ok_or_else(|| PublicError::not_found("organization"))?;
    let subject = Subject::new("organization", &found.id, &found.name);
    let event = entry(services, &Actor::System, organization, AuditAction::SignInRequired, subject);
    let event = event.before(json!({ "required": true })).after(json!({ "required": false }));
    services.single_sign_on.require_issuer(organization, false, &Effects::audited(event)).await
}

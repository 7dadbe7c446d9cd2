//! Asking for approval.

use super::announce;
use super::expire::expire;
use super::load::Target;
use super::state::{good, present_state};
use super::{LASTS_MS, text};
use crate::permission::Permission;
use crate::policy::Standing;
use crate::ports::{Approval, Effects};
use crate::{Actor, Error, Person, Result, Services};
use contract::approval::ApprovalState;
use contract::audit::AuditAction;
use contract::policy::Outcome;
use contract::{ApprovalId, ErrorCode, ListingId, PublicError};
use serde_json::json;

/// The person's request for this release that is open or good; ends an open one whose time is over on the way.
async fn standing_request(
    services: &Services,
    person: &Person,
    listing: &ListingId,
    version: &str,
) -> Result<Option<ApprovalId>> {
    let now = services.clock.now();
    let requests = services.approvals.approvals_for(person.organization(), listing, person.user()).await?;
    for it in requests.into_iter().filter(|it| it.version == version) {
        match (it.state, present_state(&it, now)) {
            (ApprovalState::Open, ApprovalState::Expired) => expire(services, it).await?,
            (_, ApprovalState::Open) => return Ok(Some(it.id)),
            _ if good(&it, now) => return Ok(Some(it.id)),
            _ => {}
        }
    }
    Ok(None)
}

/// Why there is nothing to ask for.
fn needless(name: &str, outcome: Outcome) -> PublicError {
    let detail = match outcome {
        Outcome::Allow => format!("The policy of your organization allows {name}."),
        Outcome::Ask | Outcome::Block => format!("As an administrator you can install {name} yourself."),
    };
    PublicError::new(ErrorCode::Conflict, "No approval needed", detail, "Install it from its page.")
}

/// Asks for the current release of a listing. Asking again while a request is open, or good, gives that request.
pub async fn request(services: &Services, actor: &Actor, listing: &ListingId, reason: &str) -> Result<ApprovalId> {
    let person = actor.require(Permission::Install)?;
    let found = services.catalogue.listing(listing).await?.ok_or_else(|| PublicError::not_found("integration"))?;
    let (name, version) = (found.manifest.name.clone(), found.manifest.version.clone());
    if !found.manifest.installable() {
        return Err(crate::connection::not_installable(&name).into());
    }
    let standing = Standing::at_any_price(services, person, &found).await?;
    if let Some(blocked) = standing.blocked() {
        return Err(blocked.into());
    }
    let outcome = standing.verdict.outcome;
    if outcome == Outcome::Allow || person.may(Permission::ManageConnections) {
        return Err(needless(&name, outcome).into());
    }
    if let Some(id) = standing_request(services, person, listing, &version).await? {
        return Ok(id);
    }
    let reason = text::required(reason, "reason", "Write in a sentence what you need it for.")?;
    let now = services.clock.now();
    let approval = Approval {
        id: ApprovalId(services.ids.id("apr", now)),
        organization: person.organization().clone(),
        listing: listing.clone(),
        version: version.clone(),
        requested_by: person.user().clone(),
        requester: person.viewer.name.clone(),
        reason,
        why: standing.verdict.why,
        state: ApprovalState::Open,
        created_at: now,
        expires_at: now.plus_ms(LASTS_MS),
        answered_by: None,
        answerer: String::new(),
        ended_at: None,
        answer: None,
        revision: 0,
    };
    let target = Target { approval, manifest: found.manifest.clone(), listing: found };
    let event = target.event(services, actor, AuditAction::ApprovalRequested);
    let after = json!({ "listing": listing, "release": version, "reason": target.approval.reason });
    let mut effects = Effects::audited(event.after(after));
    announce::asked(services, &mut effects, &target).await?;
    if services.approvals.create_approval(&target.approval, &effects).await? {
        return Ok(target.approval.id);
    }
    // The same person asked in another window in this moment.
    let there = standing_request(services, person, listing, &version).await?;
    there.ok_or_else(|| Error::Corrupt(format!("a request for {listing} {version} is open, and can't be found")))
}

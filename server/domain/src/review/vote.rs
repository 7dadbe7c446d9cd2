//! Finding a review helpful.

use super::limit;
use super::load::Target;
use crate::permission::Permission;
use crate::ports::{Effects, Effort};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, ListingId, PublicError, ReviewId};
use serde_json::json;

/// Stores that the person finds a review helpful, or no longer. Once a person; not their own, and not what is said of the
/// integrations that they publish. Gives the listing.
pub async fn vote(services: &Services, actor: &Actor, id: &ReviewId, helpful: bool) -> Result<ListingId> {
    let person = actor.require(Permission::WriteReviews)?;
    let target = Target::shown(services, id).await?;
    target.of_others(person, "find helpful")?;
    if target.published_by(person) {
        return Err(PublicError::new(
            ErrorCode::Forbidden,
            "This is about your own integration",
            format!("Whoever publishes {} does not decide which of its reviews are read first.", target.name()),
            "Answer it instead.",
        )
        .into());
    }
    limit::spend(services, person, Effort::Vote).await?;
    let event = target.event(services, actor, person, AuditAction::ReviewVoted).after(json!({ "helpful": helpful }));
    let effects = Effects::audited(event);
    services.reviews.vote(&target.review, person.user(), helpful, &effects, services.clock.now()).await?;
    Ok(target.listing.id)
}

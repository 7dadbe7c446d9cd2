//! Deleting one's own review.

use super::load::{self, Target, faster, said};
use crate::permission::Permission;
use crate::ports::Effects;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, ListingId, PublicError};

/// Deletes the person's review of a listing with its earlier versions, votes, reports and answer. Also when they could not
/// write it any more. A review that is reported or hidden stays: deleting it and writing it anew would undo the decision.
pub async fn remove(services: &Services, actor: &Actor, id: &ListingId) -> Result<()> {
    let person = actor.require(Permission::WriteReviews)?;
    let listing = load::listing(services, id).await?;
    let review =
        services.reviews.review_by(id, person.user()).await?.ok_or_else(|| PublicError::not_found("review"))?;
    let reported = !services.reviews.open_reports(std::slice::from_ref(&review.id)).await?.is_empty();
    if review.hidden || reported {
        let (why, next) = if review.hidden {
            ("It is hidden, so nobody sees it.", "Change what is wrong with it; moderators then look at it again.")
        } else {
            ("It was reported, and moderators have not decided yet.", "Change it, or wait for their decision.")
        };
        return Err(PublicError::new(ErrorCode::Conflict, "It can't be deleted now", why, next).into());
    }
    let target = Target { review, listing };
    let event = target.event(services, actor, person, AuditAction::ReviewDeleted).before(said(&target.review));
    if services.reviews.delete_review(&target.review, &Effects::audited(event), services.clock.now()).await? {
        return Ok(());
    }
    Err(faster().into())
}

//! Reporting a review to the moderators.

use super::load::Target;
use super::{limit, text};
use crate::permission::Permission;
use crate::ports::{Effects, Effort, Report};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::review::ReportReason;
use contract::{ErrorCode, ListingId, PublicError, ReviewId};
use serde_json::json;

/// Puts a review into the moderators' queue. Once a person, until it is decided and edited again. Gives the listing.
pub async fn report(services: &Services, actor: &Actor, id: &ReviewId, reason: &str, note: &str) -> Result<ListingId> {
    let person = actor.require(Permission::WriteReviews)?;
    let target = Target::shown(services, id).await?;
    target.of_others(person, "report")?;
    let reason = ReportReason::parse(reason).ok_or_else(|| {
        let detail = "Moderators need to know what is wrong with the review.";
        PublicError::new(ErrorCode::Invalid, "A reason is missing", detail, "Choose one, then report it again.")
            .at("reason")
    })?;
    let note = text::optional(note, "note")?;
    limit::spend(services, person, Effort::Report).await?;
    let event = target.event(services, actor, person, AuditAction::ReviewReported);
    let effects = Effects::audited(event.after(json!({ "reason": reason, "note": note })));
    let report = Report {
        review: id.clone(),
        by: person.user().clone(),
        name: person.viewer.name.clone(),
        organization: person.organization().clone(),
        reason,
        note,
        at: services.clock.now(),
    };
    // What was decided stays decided while it is the same text.
    let decided = target.review.decision.as_ref().map(|it| it.at);
    let edited = target.review.edited_at.filter(|at| decided.is_none_or(|decided| *at > decided));
    if services.reviews.report_review(&report, edited, &effects).await? {
        return Ok(target.listing.id);
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "You have reported it already",
        "Your report waits for the moderators, or they have decided and the review was not edited since.",
        "You hear of their decision in your inbox.",
    )
    .into())
}

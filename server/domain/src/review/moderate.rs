//! Deciding about a review.

use super::announce::{reviews_of, tell_person};
use super::load::Target;
use super::text;
use crate::audit::system_entry;
use crate::permission::Permission;
use crate::ports::{Along, Decision, Effects};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::review::ModerationDecision;
use contract::{ErrorCode, PublicError, ReviewId};
use serde_json::json;

/// Keeps a review (or shows it again) or hides it, with a reason; closes its reports. Its author and whoever reported it are
/// told.
pub async fn decide(services: &Services, actor: &Actor, id: &ReviewId, decision: &str, reason: &str) -> Result<()> {
    let person = actor.require(Permission::ModerateReviews)?;
    let decision = ModerationDecision::parse(decision).ok_or_else(|| {
        let detail = "A review is kept or hidden.";
        PublicError::new(ErrorCode::Invalid, "Unknown decision", detail, "Reload the page and try again.")
            .at("decision")
    })?;
    let reason = text::required(reason, "reason")?;
    let mut target = Target::any(services, id).await?;
    target.of_others(person, "decide about")?;
    let reports = services.reviews.open_reports(std::slice::from_ref(id)).await?;
    if reports.is_empty() && !target.review.hidden {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "Nothing is left to decide",
            "Somebody else has decided, or the review was never reported.",
            "Reload the page to see what waits.",
        )
        .into());
    }
    let hide = decision == ModerationDecision::Hide;
    target.review.hidden = hide;
    target.review.decision =
        Some(Decision { by: person.user().clone(), at: services.clock.now(), reason: reason.clone() });
    let action = if hide { AuditAction::ReviewHidden } else { AuditAction::ReviewKept };
    let event = system_entry(services, actor, action, target.subject());
    let mut effects = Effects::audited(event.after(json!({ "hidden": hide, "reason": reason })));
    let name = target.name();
    let told = if hide {
        let body = format!("{reason}\nYou can change it; moderators then look at it again.");
        (format!("Your review of {name} was hidden"), body, format!("/integrations/{}/review", target.listing.id))
    } else {
        (format!("Your review of {name} is shown"), reason.clone(), reviews_of(&target.listing.id))
    };
    let review = &target.review;
    tell_person(services, &mut effects, (&review.author, &review.organization), told).await?;
    let outcome = if hide { "hidden" } else { "kept" };
    for it in &reports {
        let title = format!("The review of {name} that you reported was {outcome}");
        let told = (title, reason.clone(), reviews_of(&target.listing.id));
        tell_person(services, &mut effects, (&it.by, &it.organization), told).await?;
    }
    target.store(services, Along::CloseReports, &effects).await
}

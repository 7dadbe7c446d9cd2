//! The partner's answer: one, public, and theirs to edit.

use super::load::Target;
use super::{announce, limit, text};
use crate::permission::Permission;
use crate::ports::{Along, Effects, Effort, ReviewAnswer};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, ListingId, PublicError, ReviewId};
use serde_json::{Value, json};

/// Answers a review of a listing that the person's team publishes, or edits their answer. Gives the listing.
pub async fn answer(services: &Services, actor: &Actor, id: &ReviewId, words: &str) -> Result<ListingId> {
    let person = actor.require(Permission::AnswerReviews)?;
    let mut target = Target::shown(services, id).await?;
    if !target.published_by(person) {
        return Err(PublicError::new(
            ErrorCode::Forbidden,
            "Not your integration",
            format!("Only the team that publishes {} answers its reviews.", target.name()),
            "Write a review instead, if your organization uses it.",
        )
        .into());
    }
    let text = text::required(words, "text")?;
    let now = services.clock.now();
    let before = target.review.answer.take();
    if before.as_ref().is_some_and(|it| it.text == text) {
        return Ok(target.listing.id);
    }
    limit::spend(services, person, Effort::Answer).await?;
    let event = target.event(services, actor, person, AuditAction::ReviewAnswered).after(json!({ "answer": text }));
    let event = event.before(before.as_ref().map_or(Value::Null, |it| json!({ "answer": it.text })));
    let mut effects = Effects::audited(event);
    // Whoever was told once need not hear of every comma.
    if before.is_none() {
        announce::answered(services, &mut effects, &target, &text).await?;
    }
    target.review.answer = Some(ReviewAnswer {
        text,
        by: person.user().clone(),
        at: before.as_ref().map_or(now, |it| it.at),
        edited_at: before.map(|_| now),
    });
    target.store(services, Along::Nothing, &effects).await?;
    Ok(target.listing.id)
}

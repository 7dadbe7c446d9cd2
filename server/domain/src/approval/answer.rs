//! Answering a request.

use super::load::Target;
use super::state::{self, present_state};
use super::{LASTS_MS, announce, text};
use crate::permission::Permission;
use crate::policy::{Facts, blocked_by_policy, evaluate};
use crate::ports::Effects;
use crate::{Actor, Person, Result, Services};
use contract::approval::ApprovalAnswer;
use contract::audit::AuditAction;
use contract::policy::Outcome;
use contract::{ApprovalId, ErrorCode, PublicError};

/// Approves or denies, in the app. Administrators may answer their own requests, as they can install without one.
pub async fn answer(services: &Services, actor: &Actor, id: &ApprovalId, answer: &str, words: &str) -> Result<()> {
    let person = actor.require(Permission::AnswerApprovals)?;
    let answer = read(answer)?;
    let words = text::optional(words, "text")?;
    let target = Target::seen_by(services, person, id).await?;
    decide(services, actor, person, target, answer, words).await
}

/// Reads an answer's wire name.
pub(super) fn read(answer: &str) -> Result<ApprovalAnswer> {
    ApprovalAnswer::parse(answer).ok_or_else(|| {
        let detail = format!("A request can be answered with “approve” or “deny”, not with “{answer}”.");
        PublicError::new(ErrorCode::Invalid, "Unknown answer", detail, "Reload the page and try again.")
            .at("answer")
            .into()
    })
}

/// Refuses an approval that would be of no use: of a release that is not the current one, or that nobody may install.
async fn useful(services: &Services, target: &Target) -> Result<()> {
    if let Some(newer) = target.newer() {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "There is a newer release",
            format!("{} can't be installed any more, because {newer} has taken its place.", target.what()),
            "Deny this request, or leave it; whoever needs the newer release can ask for that one.",
        )
        .into());
    }
    let policy = crate::policy::in_force(services, &target.approval.organization).await?;
    let verdict = evaluate(&policy, &Facts::of_release(&target.listing, &target.manifest));
    match verdict.outcome {
        Outcome::Block => Err(blocked_by_policy(&target.manifest.name, &verdict).into()),
        Outcome::Allow | Outcome::Ask => Ok(()),
    }
}

/// Stores an answer, whichever way it came.
pub(super) async fn decide(
    services: &Services,
    actor: &Actor,
    person: &Person,
    mut target: Target,
    answer: ApprovalAnswer,
    words: String,
) -> Result<()> {
    let now = services.clock.now();
    let before = target.approval.clone();
    target.approval.state = state::answered(present_state(&before, now), answer)?;
    let (action, title) = match answer {
        ApprovalAnswer::Approve => {
            useful(services, &target).await?;
            target.approval.expires_at = now.plus_ms(LASTS_MS);
            (AuditAction::ApprovalApproved, format!("You may install {}", target.what()))
        }
        ApprovalAnswer::Deny => (AuditAction::ApprovalDenied, format!("Your request for {} was denied", target.what())),
    };
    target.approval.answered_by = Some(person.user().clone());
    target.approval.ended_at = Some(now);
    target.approval.answer = Some(words.clone());
    let mut effects = Effects::audited(target.changed(services, actor, action, &before));
    let good = match answer {
        ApprovalAnswer::Approve => {
            format!("; it is good until {}, for this release", target.approval.expires_at.date())
        }
        ApprovalAnswer::Deny => String::new(),
    };
    let body = format!("{} answered{good}. {words}", person.viewer.name);
    announce::tell_requester(services, &mut effects, &target, title, body.trim().to_owned()).await?;
    target.store(services, &effects).await
}

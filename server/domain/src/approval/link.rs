//! Answering from mail: links that are signed for one administrator, one request and one answer.
//!
//! A link alone changes nothing: mail programs open links by themselves. It leads to a page with one button, for whom it was
//! sent to, signed in.

use super::answer::{decide, read};
use super::load::Target;
use super::{LASTS_MS, state};
use crate::permission::Permission;
use crate::ports::Approval;
use crate::{Actor, Result, Services};
use contract::approval::{ApprovalAnswer, ApprovalState};
use contract::{ApprovalId, ErrorCode, PublicError, UserId};

/// What is signed. It ends with the request, so that the link does too.
fn claim(approval: &Approval, recipient: &UserId, answer: ApprovalAnswer) -> String {
    let ends = approval.created_at.plus_ms(LASTS_MS).0;
    format!("approval:{}:{recipient}:{}:{ends}", approval.id, answer.as_str())
}

fn link(services: &Services, approval: &Approval, recipient: &UserId, answer: ApprovalAnswer) -> String {
    let signature = services.signer.sign(&claim(approval, recipient, answer));
    let (url, id, answer) = (&services.settings.public_url, &approval.id, answer.as_str());
    format!("{url}/approvals/{id}?answer={answer}&for={recipient}&sig={signature}")
}

/// The part of the mail that answers.
pub(super) fn mail_text(services: &Services, approval: &Approval, recipient: &UserId) -> String {
    format!(
        "Approve: {}\nDeny: {}\nThese links are for you only. They ask you to sign in and to confirm; nothing happens \
         before.",
        link(services, approval, recipient, ApprovalAnswer::Approve),
        link(services, approval, recipient, ApprovalAnswer::Deny),
    )
}

/// Answers as a link from mail says: the signature is ours, whoever is signed in is whom it was sent to, and they may still
/// answer.
pub async fn answer_by_link(
    services: &Services,
    actor: &Actor,
    id: &ApprovalId,
    answer: &str,
    recipient: &UserId,
    signature: &str,
) -> Result<()> {
    let person = actor.require(Permission::AnswerApprovals)?;
    let answer = read(answer)?;
    if person.user() != recipient {
        return Err(PublicError::new(
            ErrorCode::Forbidden,
            "This link is for somebody else",
            "It was sent to another person than the one who is signed in, and works for them only.",
            "Sign in as the person it was sent to, or answer on the page of the request.",
        )
        .into());
    }
    let target = Target::seen_by(services, person, id).await?;
    if !services.signer.verify(&claim(&target.approval, recipient, answer), signature) {
        return Err(PublicError::new(
            ErrorCode::Invalid,
            "This link does not work",
            "It is not complete, or was not made by us for this answer.",
            "Copy the whole link from the mail, or answer on the page of the request.",
        )
        .at("sig")
        .into());
    }
    let present = state::present_state(&target.approval, services.clock.now());
    if present != ApprovalState::Open {
        return Err(state::Over(present).into());
    }
    decide(services, actor, person, target, answer, String::new()).await
}

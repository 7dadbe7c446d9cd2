//! Telling people about requests: administrators when somebody asks, the requester when something happens.

use super::link;
use super::load::Target;
use crate::notice::{Message, tell, tell_each};
use crate::ports::{Effects, Recipient};
use crate::{Result, Services};
use contract::UserId;
use contract::account::OrganizationRole;
use contract::notice::NoticeKind;

fn path(target: &Target) -> String {
    format!("/approvals/{}", target.approval.id)
}

async fn administrators(services: &Services, target: &Target) -> Result<Vec<Recipient>> {
    services.notices.recipients(&target.approval.organization, &[OrganizationRole::Admin.as_str()]).await
}

/// Adds notices for all administrators; their mail has links that answer, each for its reader alone.
pub(super) async fn asked(services: &Services, effects: &mut Effects, target: &Target) -> Result<()> {
    let approval = &target.approval;
    let message = Message {
        kind: NoticeKind::ApprovalRequested,
        title: format!("{} asks to install {}", approval.requester, target.what()),
        body: format!("{}\n{}", approval.reason, approval.why),
        link: path(target),
        mail_only: String::new(),
    };
    let people = administrators(services, target).await?;
    let links = |recipient: &Recipient| link::mail_text(services, approval, &recipient.person);
    tell_each(services, effects, &approval.organization, &people, &message, &links).await
}

/// Adds a notice for the requester, if they still belong to the organization.
pub(super) async fn tell_requester(
    services: &Services,
    effects: &mut Effects,
    target: &Target,
    title: String,
    body: String,
) -> Result<()> {
    let approval = &target.approval;
    let mut people = services.notices.recipients(&approval.organization, &[]).await?;
    people.retain(|it| it.person == approval.requested_by);
    let message =
        Message { kind: NoticeKind::ApprovalAnswered, title, body, link: path(target), mail_only: String::new() };
    tell(services, effects, &approval.organization, &people, &message).await
}

/// Adds notices of a comment: for the requester, or for the administrators when the requester wrote it.
pub(super) async fn commented(
    services: &Services,
    effects: &mut Effects,
    target: &Target,
    (author, name): (&UserId, &str),
    text: &str,
) -> Result<()> {
    let title = format!("{name} comments on the request for {}", target.what());
    if *author != target.approval.requested_by {
        return tell_requester(services, effects, target, title, text.to_owned()).await;
    }
    let mut people = administrators(services, target).await?;
    people.retain(|it| it.person != *author);
    let message = Message {
        kind: NoticeKind::ApprovalRequested,
        title,
        body: text.to_owned(),
        link: path(target),
        mail_only: String::new(),
    };
    tell(services, effects, &target.approval.organization, &people, &message).await
}

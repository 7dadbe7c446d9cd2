//! Discussing a request, also after it is over.

use super::load::Target;
use super::{announce, text};
use crate::permission::Permission;
use crate::ports::{Comment, Effects};
use crate::{Actor, Result, Services};
use contract::ApprovalId;
use contract::audit::AuditAction;
use serde_json::json;

/// Adds a comment: of the requester, or of somebody who answers requests.
pub async fn comment(services: &Services, actor: &Actor, id: &ApprovalId, words: &str) -> Result<()> {
    let person = actor.require(Permission::SeeApprovals)?;
    let words = text::required(words, "text", "Write something, then send it again.")?;
    let target = Target::seen_by(services, person, id).await?;
    let (author, name) = (person.user(), person.viewer.name.as_str());
    let event = target.event(services, actor, AuditAction::ApprovalCommented).after(json!({ "comment": words }));
    let mut effects = Effects::audited(event);
    announce::commented(services, &mut effects, &target, (author, name), &words).await?;
    let comment = Comment { author: author.clone(), name: name.to_owned(), text: words, at: services.clock.now() };
    services.approvals.comment_approval(person.organization(), id, &comment, &effects).await
}

//! Who hears of what happens to members.

use crate::notice::{self, Message};
use crate::ports::Effects;
use crate::{Result, Services};
use contract::account::OrganizationRole;
use contract::notice::NoticeKind;
use contract::{OrganizationId, UserId};

fn message(kind: NoticeKind, title: String, body: String, link: &str) -> Message {
    Message { kind, title, body, link: link.to_owned(), mail_only: String::new() }
}

/// Tells the admins, except whoever did it.
pub(super) async fn admins(
    services: &Services,
    effects: &mut Effects,
    organization: &OrganizationId,
    but: &UserId,
    (kind, title, body): (NoticeKind, String, String),
) -> Result<()> {
    let mut people = services.notices.recipients(organization, &[OrganizationRole::Admin.as_str()]).await?;
    people.retain(|it| it.person != *but);
    notice::tell(services, effects, organization, &people, &message(kind, title, body, "/settings/members")).await
}

/// Tells one person about their own membership.
pub(super) async fn member(
    services: &Services,
    effects: &mut Effects,
    organization: &OrganizationId,
    person: &UserId,
    (title, body): (String, String),
) -> Result<()> {
    let people: Vec<_> = services.notices.recipient(person).await?.into_iter().collect();
    let message = message(NoticeKind::Membership, title, body, "/settings/members");
    notice::tell(services, effects, organization, &people, &message).await
}

//! The inbox, and what somebody wants mail for.

use crate::permission::Permission;
use crate::{Actor, Person, Result, Services};
use contract::notice::{Inbox, MailChoice, NoticeKind};
use contract::{ErrorCode, NoticeId, OrganizationId, PublicError};

/// Notices shown.
const SHOWN: u64 = 100;

/// The organization whose notices alone are seen with a session that counts for it only.
fn within(it: &Person) -> Option<&OrganizationId> {
    it.bound.then(|| it.organization())
}

/// The inbox of whoever is signed in: of all their organizations.
pub async fn inbox(services: &Services, actor: &Actor) -> Result<Inbox> {
    let it = actor.require(Permission::OwnAccount)?;
    let person = it.user();
    let chosen = services.notices.preferences(person).await?;
    let choice = |kind: NoticeKind| {
        chosen.iter().find(|(it, _)| it == kind.as_str()).map_or(kind.usual(), |(_, choice)| *choice)
    };
    Ok(Inbox {
        notices: services.notices.inbox(person, within(it), SHOWN).await?,
        unread: services.notices.unread(person, within(it)).await?,
        preferences: NoticeKind::ALL
            .iter()
            .map(|kind| (kind.as_str().to_owned(), choice(*kind).as_str().to_owned()))
            .collect(),
        now: services.clock.now(),
    })
}

/// How many notices are not read; none for visitors.
pub async fn unread(services: &Services, actor: &Actor) -> Result<u32> {
    match actor {
        Actor::Person(person) => services.notices.unread(person.user(), within(person)).await,
        Actor::Visitor | Actor::System => Ok(0),
    }
}

/// Marks a notice, or all, as read.
pub async fn mark_read(services: &Services, actor: &Actor, notice: Option<&NoticeId>) -> Result<()> {
    let person = actor.require(Permission::OwnAccount)?;
    services.notices.mark_read(person.user(), within(person), notice, services.clock.now()).await
}

/// Chooses when notices of a kind are sent by mail.
pub async fn set_preference(services: &Services, actor: &Actor, kind: &str, choice: &str) -> Result<()> {
    let person = actor.require(Permission::OwnAccount)?.user();
    let (Some(kind), Some(choice)) = (NoticeKind::parse(kind), MailChoice::parse(choice)) else {
        let detail = format!("There is no kind of notice “{kind}” with the choice “{choice}”.");
        return Err(PublicError::new(ErrorCode::Invalid, "Unknown choice", detail, "Reload the page and try again.")
            .at("kind")
            .into());
    };
    services.notices.set_preference(person, kind.as_str(), choice).await
}
